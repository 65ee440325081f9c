/** The console's tables against the rules and the API that they must match. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SYSTEM_ACTIONS } from '../../api/cases/detail.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { explainDeadline } from '../../domain/clock/deadlines.ts';
import { ERROR_CODES } from '../../domain/errors.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import { NOUNS, REQUIREMENTS, STAGES, TRANSITIONS, verbOf, type Action } from '../../domain/case-types/case-types.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import { whyBarred } from '../../web/src/cases/commands/barred.ts';
import { commandsOf, schemaOf } from '../../domain/case-types/commands.ts';
import { COMMAND_FORMS } from '../../web/src/cases/commands/commands.ts';
import { fieldsOf } from '../../web/src/forms/schema-fields.ts';
import { articleInEnglish } from '../../web/src/i18n/article.ts';
import { EN, PARTS } from '../../web/src/i18n/en.ts';
import { beginningOf } from '../../domain/worklist/beginnings.ts';
import { SUBMISSIONS } from '../../web/src/pages/submission/submissions.ts';
import { FILES, json, text } from '../support/repository.ts';

type CaseType = keyof typeof TRANSITIONS;
const CASE_TYPES = Object.keys(TRANSITIONS) as CaseType[];
const { paths } = json('docs/openapi.json') as { paths: Record<string, object> };

describe.each(CASE_TYPES)('%s', (caseType) => {
  const ours = Object.entries(TRANSITIONS[caseType]).filter(([, { performer }]) => performer !== 'system');

  it('every action of a person has a command, and no other action has one', () => {
    expect(commandsOf(caseType).sort()).toEqual(ours.map(([action]) => action).sort());
  });

  it('every command asks for something', () => {
    expect(commandsOf(caseType).filter((command) => !schemaOf(caseType, command))).toEqual([]);
    expect(schemaOf(caseType, 'constructor')).toBeUndefined();
  });

  it('every special form belongs to a command', () => {
    expect(
      Object.keys(COMMAND_FORMS[caseType] ?? {}).filter((name) => !commandsOf(caseType).includes(name as Action)),
    ).toEqual([]);
  });

  it.each(ours.map(([action]) => action))('%s goes where the API takes it', (action) => {
    expect(paths).toHaveProperty([`/api/v1/${NOUNS[caseType]}/{caseId}/${verbOf(action)}`]);
  });
});

it('every case type has its list in the menu', () => {
  const menu = text('web/src/layout/navigation.ts');
  expect(CASE_TYPES.filter((caseType) => !menu.includes(`caseList('${caseType}'`))).toEqual([]);
});

describe('what is begun by hand', () => {
  const ROLE_IDS = Object.keys(ROLES) as Role[];

  it('is offered on its list to exactly the roles that may use its form', () => {
    const offered = CASE_TYPES.flatMap((caseType) =>
      ROLE_IDS.flatMap((role) => {
        const to = beginningOf(caseType, role)?.to;
        return to ? [`${to.slice('/new/'.length)} ${role}`] : [];
      }),
    );
    const possible = Object.entries(SUBMISSIONS).flatMap(([id, { roles }]) => roles.map((role) => `${id} ${role}`));
    expect(offered.sort()).toEqual(possible.sort());
  });

  it('departments and administrators hand over records, registering authorities do not', () => {
    expect(ROLE_IDS.filter((role) => beginningOf('publication', role))).toEqual([
      'department-officer',
      'department-lead',
      'platform-administrator',
    ]);
  });
});

describe('fields of a schema', () => {
  it('a union becomes a choice, and fields of one kind are asked for with that kind only', () => {
    expect(fieldsOf(schemaOf('rollback', 'rule')!)).toMatchObject([
      { name: 'decision', control: 'choice', options: [{ value: 'same' }, { value: 'other' }, { value: 'pool' }] },
      { name: 'departmentCode', required: true, when: { field: 'decision', is: 'other' } },
      { name: 'reason', control: 'paragraph', required: true },
    ]);
  });

  it('schemas without messages of their own answer in Chinese, as on the server', async () => {
    await import('../../web/src/forms/zod-language.ts');
    expect(z.string().safeParse(1).error!.issues[0]!.message).toMatch(/^无效输入/);
  });

  it('labels, bounds and lengths come from the schema', () => {
    const schema = z.object({
      days: z.number().int().min(1).max(5).describe('工作日数：不含当日'),
      remark: z.string().max(100).optional().describe('说明'),
    });
    expect(fieldsOf(schema)).toMatchObject([
      { name: 'days', label: '工作日数', control: 'number', least: 1, most: 5, required: true, whole: true },
      { name: 'remark', label: '说明', control: 'line', most: 100, required: false },
    ]);
  });
});

/** Every action of a person, tried at every stage by every role. */
function everyAttempt(caseType: CaseType): [stage: string, action: string, role: Role][] {
  const actions = Object.entries(TRANSITIONS[caseType]).filter(([, { performer }]) => performer !== 'system');
  return Object.keys(STAGES[caseType]).flatMap((stage) =>
    actions.flatMap(([action]) =>
      (Object.keys(ROLES) as Role[]).map((role): [string, string, Role] => [stage, action, role]),
    ),
  );
}

describe('English', () => {
  const written = FILES.filter((file) => file.startsWith('web/src/') && file.endsWith('.tsx')).flatMap((file) =>
    [...text(file).matchAll(/\bt\(\s*'([^'\n]*[\u4e00-\u9fff][^'\n]*)'/g)].map((match) => match[1]!),
  );

  it('every text of a page has its English', () => {
    expect(written.length).toBeGreaterThan(100);
    expect([...new Set(written)].filter((chinese) => !(chinese in EN))).toEqual([]);
  });

  it('every stage, deed and limit of the rules has its English', () => {
    const titles = CASE_TYPES.flatMap((caseType) => Object.values(TRANSITIONS[caseType]).map(({ title }) => title));
    expect([...new Set(titles)].filter((title) => !(title in EN))).toEqual([]);
  });

  it('no text has two translations', () => {
    const keys = PARTS.flatMap((part) => Object.keys(part));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('every refusal has its English: what kind it is, and why a deed is barred at any stage, for any role', () => {
    expect(Object.values(ERROR_CODES).filter(({ title }) => !(title in EN))).toEqual([]);
    const inChinese = (words: string, names: Record<string, string> = {}) =>
      words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => names[name] ?? '');
    const inEnglish = (words: string, names?: Record<string, string>) => inChinese(EN[words] ?? words, names);
    for (const caseType of CASE_TYPES) {
      for (const [stage, action, role] of everyAttempt(caseType)) {
        const about = { caseType, stage, departmentCode: '430103-health', regionCode: '430103' };
        const refusal = refuseTransition(about, action, { username: 'a', role, ...about });
        if (!refusal) continue;
        const barred = { reason: refusal.message, refusal: refusal.named };
        expect(whyBarred(barred, inChinese)).toBe(refusal.message);
        expect(whyBarred(barred, inEnglish)).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it('what a requirement says, and what the steps of a case and its days are called, has its English', () => {
    const said = Object.values(REQUIREMENTS).flatMap(({ message, remedy }) => [message, remedy]);
    const { holidays } = json('data/calendar/cn-2026.1.json') as { holidays: Record<string, string> };
    const start = Object.keys(holidays).find((date) => date.startsWith('2026-10'))!;
    const days = explainDeadline(json('data/calendar/cn-2026.1.json') as WorkCalendar, start, 30);
    const words = [
      ...said,
      ...Object.values(SYSTEM_ACTIONS),
      ...Object.values(holidays),
      ...days.map(({ reason }) => reason),
    ];
    expect([...new Set(words)].filter((word) => !(word in EN))).toEqual([]);
  });

  it('every article that a limit rests on is cited in English, with the words it rests on', () => {
    const cited = Object.values(LIMITS).map(({ article }) => articleInEnglish(article));
    expect(cited.filter((article) => /\p{Script=Han}|[（）]/u.test(article))).toEqual([]);
    expect(articleInEnglish('第十七条（及时查询认领）')).toBe('art. 17 (query and claim promptly)');
    expect(articleInEnglish('行政许可法第四十二条')).toBe('Administrative Licensing Law, art. 42');
    expect(articleInEnglish('第五条、第七条第三款')).toBe('art. 5, art. 7(3)');
  });

  it('translations keep the placeholders for figures and names', () => {
    const places = (words: string) => [...words.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();
    for (const [chinese, english] of Object.entries(EN)) expect(places(english), chinese).toEqual(places(chinese));
  });
});
