/** What is begun by hand: by whom, by which article, and from which list. */
import { expect, test } from 'vitest';
import { CASE_TYPE_IDS } from '../../domain/case-types/case-types.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import { keysOf } from '../../domain/keys.ts';
import { BEGINNINGS, beginningOf } from '../../domain/worklist/beginnings.ts';

const BOTH = ['department-officer', 'department-lead'];

test('each is begun by those on whom its article lays it, at its own route', () => {
  const table = Object.values(BEGINNINGS).map(({ path, roles, article }) => [path, article, roles]);
  expect(table).toEqual([
    ['/registrations', '第七条第一款', ['registering-authority']],
    ['/publications', '第五条第一款', [...BOTH, 'platform-administrator']],
    ['/listings', '第九条', ['registering-authority']],
    ['/corrections', '第十八条第一款', BOTH],
    ['/support-measures', '第十条', BOTH],
    ['/supervisions', '第十七条', ['supervisor']],
  ]);
});

test('a list offers its own beginning, to whom it is open; what follows from another case is begun in no list', () => {
  const offered = CASE_TYPE_IDS.flatMap((caseType) => {
    const of = keysOf(ROLES).map((role) => [role, beginningOf(caseType, role)] as const);
    const open = of.filter(([, beginning]) => beginning !== undefined);
    return open.map(([role, beginning]) => [caseType, role, beginning!.to, beginning!.title]);
  });
  const to = (caseType: string, id: keyof typeof BEGINNINGS) =>
    keysOf(ROLES)
      .filter((role) => BEGINNINGS[id].roles.some((one) => one === role))
      .map((role) => [caseType, role, `/new/${id}`, BEGINNINGS[id].title]);
  expect(offered).toEqual([
    ...to('registrationPush', 'registration'),
    ...to('supervision', 'supervision'),
    ...to('listing', 'listing'),
    ...to('publication', 'publication'),
    ...to('correction', 'correction'),
    ...to('supportMeasure', 'supportMeasure'),
  ]);
  expect(offered).toHaveLength(10);
});
