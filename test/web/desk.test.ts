/** What workbench and case pages show of a case: which limits press, which button is the main one, what has changed. */
import { describe, expect, it } from 'vitest';
import type { CaseView, DeadlineView } from '../../api/cases/view.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { CASE_TYPE_IDS, TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { typesShown } from '../../web/src/api/types-shown.ts';
import { actsOn, mainAction, rowActions } from '../../web/src/cases/commands/acts.ts';
import { COMMAND_FORMS, type CommandForm } from '../../web/src/cases/commands/commands.ts';
import { compare } from '../../web/src/cases/page/compare.ts';
import { pressing } from '../../web/src/cases/list/deadline.ts';
import { noticeNumber } from '../../web/src/cases/notice/notice-words.ts';
import { inPlace } from '../../web/src/cases/list/in-place.ts';
import { lowestFirst } from '../../web/src/forms/levels.ts';

type Name = 'feedback' | 'claim' | 'resumption';
const limit = (name: Name, left: number, more: Partial<DeadlineView> = {}): DeadlineView => ({
  limitId: `registrationPush.${name}`,
  title: name,
  kind: 'norm',
  workingDays: 3,
  article: '第七条',
  startedAt: '2026-11-16T02:00:00Z',
  startDate: '2026-11-16',
  dueDate: '2026-11-19',
  dueAt: new Date(Date.UTC(2026, 10, 20 + left)).toISOString(),
  calendarVersion: 'cn-2026.1',
  provisional: false,
  remainingWorkingDays: left,
  suspendedAt: null,
  settledAt: null,
  breachedAt: left < 0 ? '2026-11-19T16:00:00Z' : null,
  ...more,
});
const pressed = (...deadlines: DeadlineView[]) => pressing({ deadlines }).map(({ title }) => title);

describe('the limits that press', () => {
  it('are one limit: the running one that ends first, and suspended ones last', () => {
    expect(pressed(limit('feedback', 6, { kind: 'statutory' }), limit('claim', 2))).toEqual(['claim']);
    expect(pressed(limit('claim', 2, { suspendedAt: '2026-11-17T02:00:00Z' }), limit('feedback', 6))).toEqual([
      'feedback',
    ]);
    expect(pressed(limit('claim', 2, { settledAt: '2026-11-17T02:00:00Z' }))).toEqual([]);
  });

  it('include, behind a breached norm, the next statutory limit that can still be kept', () => {
    const feedback = limit('feedback', 2, { kind: 'statutory' });
    expect(pressed(limit('claim', -2), feedback)).toEqual(['claim', 'feedback']);
    expect(pressed(limit('claim', -2), limit('feedback', -1, { kind: 'statutory' }))).toEqual(['claim']);
    expect(pressed(limit('claim', -2), limit('resumption', 2))).toEqual(['claim']);
  });
});

describe('buttons', () => {
  const about = (caseType: string, allowed: string[]) =>
    ({
      caseType,
      actions: Object.entries(TRANSITIONS[caseType as keyof typeof TRANSITIONS]).map(
        ([action, { title, article }]) => ({ action, title, article, allowed: allowed.includes(action) }),
      ),
    }) as unknown as CaseView;

  it('the main button moves the case forward; it is never a way out or an exception', () => {
    expect(mainAction(about('registrationPush', ['claim', 'return']))?.action).toBe('claim');
    const listed = about('listing', ['appeal', 'remove']);
    expect(mainAction(listed)).toBeUndefined();
    expect(rowActions(listed).map(({ action }) => action)).toEqual(['remove']);
    expect(mainAction(about('listing', ['rejectAppeal', 'upholdAppeal', 'remove']))?.action).toBe('rejectAppeal');
  });

  it('a role that only reads a case type has no buttons for it', () => {
    expect(CASE_TYPE_IDS.filter((caseType) => actsOn('auditor', caseType))).toEqual([]);
    expect(CASE_TYPE_IDS.filter((caseType) => actsOn('supervisor', caseType))).toEqual(['rollback', 'supervision']);
  });

  it('a second person’s review, a ruling and a correction are never offered for a whole selection', () => {
    const oneByOne = CASE_TYPE_IDS.flatMap((caseType) =>
      Object.entries<CommandForm>(COMMAND_FORMS[caseType] ?? {}).flatMap(([action, { oneByOne: alone }]) =>
        alone ? [action] : [],
      ),
    );
    expect(oneByOne.sort()).toEqual([
      'approve',
      'arbitrate',
      'criticise',
      'declineCriticism',
      'execute',
      'recordCriticism',
      'rule',
    ]);
  });
});

it('two versions of a record are compared field by field: changed, added, removed', () => {
  const field = (name: string, value: string | number) => ({ field: name, label: name, value });
  const before = [field('content', '农药零售'), field('fine', 1), field('remark', '无')];
  const after = [field('content', '农药零售'), field('fine', 2), field('basis', '条例')];
  const say = (word: string) => word;
  expect(compare(before, after, say).map(({ field: name, changed }) => [name, changed])).toEqual([
    ['content', false],
    ['fine', true],
    ['remark', true],
    ['basis', true],
  ]);
  expect(compare(before, after, say)[3]).toMatchObject({ before: undefined, after: '条例' });
});

it('a row that was acted on keeps its place, wherever it would sort to', () => {
  const rows = ['a', 'b', 'c'].map((caseId) => ({ caseId }));
  const order = (index: number) => inPlace(rows, { caseId: 'c' }, index).map(({ caseId }) => caseId);
  expect([order(0), order(1), order(9)]).toEqual([
    ['c', 'a', 'b'],
    ['a', 'c', 'b'],
    ['a', 'b', 'c'],
  ]);
});

it('departments of the same level come first, those of the province last', () => {
  const of = (regionCode: string) => ({ regionCode });
  const sorted = [of('430000'), of('430100'), of('430103'), of('430000')].toSorted(lowestFirst);
  expect(sorted.map(({ regionCode }) => regionCode)).toEqual(['430103', '430100', '430000', '430000']);
});

it('a notice’s number ends in 号 once', () => {
  expect(noticeNumber('联合惩戒通知', '2026', '天心市监列字〔2026〕17号')).toBe(
    '联合惩戒通知〔2026〕天心市监列字〔2026〕17号',
  );
  expect(noticeNumber('登记信息推送', '2026', 'DEMO-0001-2')).toBe('登记信息推送〔2026〕DEMO-0001-2号');
});

it('a change of cases refetches the queries that show their types, and no others', () => {
  const keys = [
    ['tasks', '/tasks'],
    ['cases', '/cases'],
    ['cases', '/pushes'],
    ['cases', '/listings'],
    ['case', 'push~REG-1~430103-agriculture~1'],
    ['case', 'publication~00000000000000000000000000000000', 'attachments'],
    ['enterprise', '92430103MA41079199', 'restrictions'],
    ['record', '0000000000000000'],
    ['inbox', 'unread'],
    ['session'],
  ];
  const refetched = (type: CaseType) =>
    keys.filter((key) => typesShown(key).includes(type)).map(([first, second]) => `${first} ${second}`);
  expect(refetched('registrationPush')).toEqual([
    'tasks /tasks',
    'cases /cases',
    'cases /pushes',
    'case push~REG-1~430103-agriculture~1',
  ]);
});
