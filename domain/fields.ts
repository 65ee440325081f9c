/** Fields that submitted registrations, records and listings share, as people and spreadsheets write them. */
import { z } from 'zod';
import { keysOf } from './keys.ts';
import { withoutCitizenId } from './publicity/citizen-id.ts';
import { checkUscc, normaliseUscc } from './uscc.ts';

/** A code or its Chinese label: systems send codes, files carry labels. @param former labels that were replaced. */
export function labelled<K extends string>(
  labels: Record<K, string>,
  field: string,
  remedy = '请更正或留空',
  former: Readonly<Record<string, K>> = {},
) {
  const keys = keysOf(labels);
  const byLabel = new Map<unknown, K>([
    ...Object.entries(former),
    ...keys.map((key): [string, K] => [labels[key], key]),
  ]);
  const allowed = keys.map((key) => `${labels[key]}（${key}）`).join('、');
  return z.preprocess(
    (value) => (typeof value === 'string' ? (byLabel.get(value.trim()) ?? value.trim()) : value),
    z.enum(keys, `${field}应为${allowed}，${remedy}`),
  );
}

// Exported files have an empty cell or null for an absent value.
const blankAsAbsent = (value: unknown) =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

// Refused: NUL, which PostgreSQL cannot store; half surrogate pairs, which UTF-8 cannot carry; others, which break exports.
// oxlint-disable-next-line no-control-regex -- matching them is the point
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/u;
const LINE_BREAK = /[\t\r\n]/;

/** For numbers and codes, which may look like a citizen's number. */
export const plainText = (field: string, missing = `缺少${field}，请填写`) =>
  z
    .string({ error: (issue) => (issue.input == null ? missing : `${field}应为文字，请更正`) })
    .refine((value) => !CONTROL.test(value), `${field}含有控制字符，请删除后重新提交`)
    .trim();

/** No citizen's number may stand in any text. @param because what is not done with one: 不得公示. */
export const text = (field: string, missing?: string, because?: string) =>
  plainText(field, missing).refine(...withoutCitizenId(field, because));

/** What a person must write in a form. An absent and a blank text get the same message. */
export const requiredText = (field: string, max: number, because?: string) =>
  text(field, `请填写${field}`, because).min(1, `请填写${field}`).max(max, `${field}不得超过${max}字`).describe(field);

/** What a person may write in a form. */
export const optionalText = (field: string, max: number) =>
  text(field, `${field}应为文字，请更正`).max(max, `${field}不得超过${max}字`).optional().describe(field);

/** A day as people write it, also with the midnight (00:00:00) that databases append. */
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;

const isoOf = (_: string, year: string, month: string, date: string) =>
  `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;

/** A real day as YYYY-MM-DD, from what spreadsheets, databases and courts make of it (2026/2/3, 2026年02月03日, 20260203). */
export const day = (field: string) =>
  z
    .string(`${field}应为文字，格式为 YYYY-MM-DD`)
    .transform((value) => value.trim().replace(DAY, isoOf).replace(DIGITS, isoOf))
    .pipe(z.iso.date({ error: `${field}应为真实存在的日期，格式为 YYYY-MM-DD，请更正`, abort: true }))
    // Not a rule of law: it catches 0026 for 2026 before the database does.
    .refine((value) => value >= '1900-01-01', `${field}的年份有误，请更正`);

/** 行政区划代码 (GB/T 2260), of a province, prefecture or county. */
export const regionCodeField = (missing?: string) =>
  text('行政区划代码', missing).regex(/^\d{6}$/, '行政区划代码为6位数字（GB/T 2260），请更正');

/** An issue whose `params.code` is `uscc.invalid` is about the credit code. */
export const usccField = () =>
  plainText('统一社会信用代码')
    .max(100, '统一社会信用代码应为18位，请核对')
    .transform(normaliseUscc)
    .superRefine((value, context) => {
      const check = checkUscc(value);
      if (check.ok) return;
      context.addIssue({ code: 'custom', message: check.message, params: { code: 'uscc.invalid' } });
    })
    .describe('统一社会信用代码（GB 32100-2015）：校验末位；全角、小写和空格自动规范');

export const nameField = () =>
  text('名称')
    .min(1, '缺少名称，请填写')
    .max(200, '名称不得超过200字，请更正')
    .refine((value) => !LINE_BREAK.test(value), '名称不得含有换行或制表符，请删除')
    .describe('经营主体（市场主体）名称');

/** Attachments by their ids. @param missing what is said where the field is left out. */
export const attachmentIdsField = (missing?: string) =>
  z.array(z.uuid('附件编号有误'), missing).max(10, '附件不得超过10个');

/** A content as text, by which a repeated one is told from a conflicting one, in whatever order its fields stand. */
export const canonicalText = (content: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.keys(content)
      .filter((field) => content[field] !== undefined)
      .sort()
      .map((field) => [field, content[field]]),
  );

/** One of a closed list; forms and the API's document show the labels beside the codes. */
export function choice<K extends string>(field: string, labels: Record<K, string>) {
  const keys = keysOf(labels);
  return z.enum(keys, `请选择${field}`).meta({ description: field, 'x-labels': labels });
}
