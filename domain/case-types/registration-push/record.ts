/** The record that an answer to a push brings onto the platform (第七条第三款): the permit or the filing itself. */
import { invalidInput, Refusal } from '../../errors.ts';
import { recordInputSchema, type RecordInput } from '../../publicity/record.ts';
import type { SentFeedback } from './commands.ts';

const ARTICLE = '第七条第三款';

/** What the record takes from the platform's own data. */
interface About {
  uscc: string;
  name: string;
  departmentCode: string;
  departmentName: string;
}

/** What must be written where the decision is not on the platform yet. A filing has no term. */
const REQUIRED = {
  'permit-granted': { decidedOn: '决定日期', validUntil: '有效期至（长期的填“长期”）', content: '许可内容' },
  'commitment-accepted': { decidedOn: '决定日期', validUntil: '有效期至（长期的填“长期”）', content: '许可内容' },
  'filing-made': { decidedOn: '备案日期', content: '备案内容' },
} as const;

export const kindOfAnswer = (outcome: SentFeedback['outcome']) => (outcome === 'filing-made' ? 'other' : 'permit');

/** @throws Refusal input.invalid, naming each field that is missing or wrong. */
export function recordOfAnswer(stated: SentFeedback & { documentNo: string }, about: About): RecordInput {
  const { outcome, documentNo, decidedOn, content, permitNo, validFrom, validUntil } = stated;
  const given = new Map<string, unknown>(Object.entries(stated));
  const required = Object.entries<string>(isRecorded(outcome) ? REQUIRED[outcome] : {});
  const missing = required.filter(([field]) => !given.get(field));
  if (missing.length > 0) {
    const details = missing.map(([field, title]) => ({ path: `/body/${field}`, message: `请填写${title}` }));
    const message = `文书号${documentNo}尚未归集，请填写${missing.map(([, title]) => title).join('、')}`;
    throw new Refusal('input.invalid', message, {
      remedy: '请补全后一并归集；已另行归集的，请核对文书号和归集部门',
      article: ARTICLE,
      details,
    });
  }
  const { departmentName: authority, ...identity } = about;
  const common = { ...identity, documentNo, generatedOn: decidedOn, content, authority, validFrom, validUntil };
  const parsed = recordInputSchema.safeParse(
    kindOfAnswer(outcome) === 'permit'
      ? { kind: 'permit', ...common, certificateNo: permitNo }
      : { kind: 'other', ...common, section: 'others', title: '备案' },
  );
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues, { remedy: '请更正后重新反馈', article: ARTICLE });
}

const isRecorded = (outcome: string): outcome is keyof typeof REQUIRED => Object.hasOwn(REQUIRED, outcome);
