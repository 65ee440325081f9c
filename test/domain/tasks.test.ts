/** Whose turn it is, derived from the table of transitions; and what is begun by hand, from a table of its own. */
import { describe, expect, it } from 'vitest';
import type { CaseType } from '../../domain/case/id.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import { BEGINNINGS, beginningOf } from '../../domain/worklist/beginnings.ts';
import { isTaskOf, leadsOn, offersTo, turnsOf } from '../../domain/worklist/tasks.ts';
import { CASE_TYPE_IDS, CASE_TYPES, isFinal, STAGES, TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const HOLDER = '430103-agriculture';
const actor = (role: Role, more: Partial<Actor> = {}): Actor => {
  const isDepartment = role === 'department-officer' || role === 'department-lead';
  return { username: role, role, regionCode: '430103', departmentCode: isDepartment ? HOLDER : null, ...more };
};
const standing = (caseType: CaseType, stage: string, facts: Record<string, unknown> = {}) => ({
  caseType,
  stage,
  departmentCode: HOLDER,
  regionCode: '430103',
  facts,
});
const ROLE_IDS = Object.keys(ROLES) as Role[];
const whose = (caseType: CaseType, stage: string, facts: Record<string, unknown> = {}) =>
  ROLE_IDS.filter((role) => isTaskOf(standing(caseType, stage, facts), actor(role)));

const BOTH = ['department-officer', 'department-lead'];

describe('a case is the task of', () => {
  it.each<[CaseType, string, Record<string, unknown>, string[]]>([
    ['registrationPush', 'pushed', {}, BOTH],
    ['registrationPush', 'pushed', { finalRuling: true }, BOTH],
    ['registrationPush', 'claimed', { suspended: 'registrationPush.feedback' }, BOTH],
    ['registrationPush', 'fedBack', {}, []],
    ['rollback', 'awaitingRuling', {}, ['registering-authority']],
    ['rollback', 'awaitingArbitration', {}, ['supervisor']],
    ['supervision', 'opened', {}, ['department-lead']],
    ['supervision', 'accepted', {}, ['department-lead']],
    ['supervision', 'replied', {}, ['supervisor']],
    ['supervision', 'rectifying', {}, ['department-lead']],
    ['sanctionNotice', 'executed', {}, BOTH],
    ['sanctionLifting', 'ordered', {}, BOTH],
    ['publication', 'received', {}, ['registering-authority']],
    ['publication', 'returned', {}, BOTH],
    ['publication', 'returned', { internalReview: true }, BOTH],
    // 第十九条第一款: a second person, not the one who entered it.
    ['publication', 'internalReview', { internalReview: true, appliedBy: 'department-officer' }, ['department-lead']],
    ['publication', 'internalReview', { internalReview: true, appliedBy: 'department-lead' }, ['department-officer']],
    ['publication', 'sentBack', { internalReview: true }, BOTH],
    ['correction', 'reported', {}, BOTH],
    ['correction', 'reviewed', {}, ['platform-administrator']],
    ['complaint', 'received', {}, BOTH],
    ['complaint', 'accepted', {}, BOTH],
    ['complaint', 'transferred', {}, []],
    ['listing', 'lifting', {}, []],
    ['supportMeasure', 'entered', {}, ['department-lead']],
    ['supportMeasure', 'published', {}, []],
  ])('%s in %s, %j: %j', (caseType, stage, facts, roles) => {
    expect(whose(caseType, stage, facts)).toEqual(roles);
  });

  it('the supervisor while more time for a reply is asked for, and not after the answer', () => {
    const asked = (state: string) => ({ extension: { state, workingDays: 3, requestedBy: 'department-lead' } });
    expect(whose('supervision', 'accepted', asked('requested'))).toEqual(['department-lead', 'supervisor']);
    expect(whose('supervision', 'accepted', asked('approved'))).toEqual(['department-lead']);
  });

  it('the lead while it may speak about a proposed criticism, then the government of the same level (第十六条)', () => {
    const criticism = (state: string) => ({ criticism: { state } });
    expect(whose('supervision', 'opened', criticism('proposed'))).toEqual(['department-lead']);
    expect(whose('supervision', 'replied', criticism('proposed'))).toEqual(['department-lead', 'supervisor']);
    expect(whose('supervision', 'replied', criticism('heard'))).toEqual(['supervisor', 'government']);
    expect(whose('supervision', 'replied', criticism('given'))).toEqual(['supervisor']);
    const waiting = standing('supervision', 'replied', criticism('heard'));
    for (const regionCode of ['430100', '430000', '430104']) {
      expect(isTaskOf(waiting, actor('government', { regionCode }))).toBe(false);
    }
  });

  it('the other lead, where one applied for the correction; never of the applicant', () => {
    const applied = standing('correction', 'applied', { appliedBy: 'one' });
    expect(isTaskOf(applied, actor('department-lead', { username: 'one' }))).toBe(false);
    expect(isTaskOf(applied, actor('department-lead', { username: 'two' }))).toBe(true);
  });

  it('the organ that decided where an appeal waits, not because an entry may be removed at any time', () => {
    expect(whose('listing', 'listed')).toEqual([]);
    expect(whose('listing', 'listed', { appeal: { state: 'rejected' } })).toEqual([]);
    expect(whose('listing', 'listed', { appeal: { state: 'pending' } })).toEqual(BOTH);
    const own = actor('registering-authority', { departmentCode: HOLDER });
    expect(isTaskOf(standing('listing', 'listed', { appeal: { state: 'pending' } }), own)).toBe(true);
    const above = actor('registering-authority', { departmentCode: '430000-registration', regionCode: '430000' });
    expect(isTaskOf(standing('listing', 'listed', { appeal: { state: 'pending' } }), above)).toBe(false);
  });

  it('nobody else: another department, another region', () => {
    const push = standing('registrationPush', 'pushed');
    expect(isTaskOf(push, actor('department-officer', { departmentCode: '430103-health' }))).toBe(false);
    const ruling = standing('rollback', 'awaitingRuling');
    expect(isTaskOf(ruling, actor('registering-authority', { regionCode: '430104' }))).toBe(false);
    expect(isTaskOf(ruling, actor('registering-authority', { regionCode: '430000' }))).toBe(true);
  });
});

it('the pool is offered, and nobody’s task', () => {
  expect(whose('poolEntry', 'published')).toEqual([]);
  const offered = ROLE_IDS.filter((role) => offersTo(role).length > 0);
  expect(offered).toEqual(['registering-authority', ...BOTH]);
  for (const role of offered) {
    expect(offersTo(role).map(({ caseType, stage }) => [caseType, stage])).toEqual([['poolEntry', 'published']]);
  }
});

it('what the system does by itself is nobody’s task', () => {
  const deeds = Object.values(TRANSITIONS).flatMap((rows) => Object.values(rows));
  const ofTheSystem = deeds.filter(({ performer }) => performer === 'system');
  expect(ofTheSystem.length).toBeGreaterThan(5);
  expect(ofTheSystem.filter(leadsOn)).toEqual([]);
});

it('who only reads has no task', () => {
  expect(turnsOf('auditor')).toEqual([]);
  expect(offersTo('auditor')).toEqual([]);
});

describe('for every case type and stage', () => {
  const types = Object.keys(CASE_TYPES) as CaseType[];
  const stages = types.flatMap((caseType) => Object.keys(STAGES[caseType]).map((stage) => [caseType, stage] as const));

  it.each(stages)('%s in %s: a task can be acted on by whom it is shown to', (caseType, stage) => {
    const facts = { extension: { state: 'requested', workingDays: 1, requestedBy: 'x' }, appeal: { state: 'pending' } };
    for (const role of whose(caseType, stage, facts)) {
      const possible = Object.keys(TRANSITIONS[caseType]).filter(
        (action) => !refuseTransition(standing(caseType, stage, facts), action, actor(role)),
      );
      expect([role, possible.length > 0]).toEqual([role, true]);
    }
  });

  it.each(stages)('%s in %s: a stage that is not final waits for somebody', (caseType, stage) => {
    const isReviewed = stage === 'internalReview' || stage === 'sentBack';
    const facts = { appeal: { state: 'pending' }, internalReview: isReviewed };
    const isOffered = offersTo('department-officer').some((o) => o.caseType === caseType && o.stage === stage);
    // 解除中 waits for the liftings, which are separate cases.
    const waitsForCases = caseType === 'listing' && stage === 'lifting';
    // A published support measure waits for the end of its term.
    const waitsForItsTerm = caseType === 'supportMeasure' && stage === 'published';
    const isWaiting = waitsForCases || waitsForItsTerm;
    const isSomebodys = whose(caseType, stage, facts).length > 0 || isOffered || isWaiting;
    expect(isSomebodys).toBe(!isFinal(caseType, stage));
  });
});

describe('what is begun by hand', () => {
  it('each is begun by those on whom its article lays it, at its own route', () => {
    const table = Object.values(BEGINNINGS).map(({ path, roles, article }) => [path, article, roles]);
    expect(table).toEqual([
      ['/registrations', '第七条第一款', ['registering-authority']],
      ['/publications', '第五条第一款', [...BOTH, 'platform-administrator']],
      ['/listings', '第九条', ['registering-authority']],
      ['/corrections', '第十八条第一款', BOTH],
      ['/support-measures', '第十条', BOTH],
      ['/credit-repairs', '第九条第一款', ['registering-authority', ...BOTH]],
      ['/supervisions', '第十七条', ['supervisor']],
    ]);
  });

  it('a list offers its own beginning, to whom it is open; what follows from another case is begun in no list', () => {
    const offered = CASE_TYPE_IDS.flatMap((caseType) => {
      const of = ROLE_IDS.map((role) => [role, beginningOf(caseType, role)] as const);
      const open = of.filter(([, beginning]) => beginning !== undefined);
      return open.map(([role, beginning]) => [caseType, role, beginning!.to, beginning!.title]);
    });
    const to = (caseType: string, id: keyof typeof BEGINNINGS) =>
      ROLE_IDS.filter((role) => BEGINNINGS[id].roles.some((one) => one === role)).map((role) => [
        caseType,
        role,
        `/new/${id}`,
        BEGINNINGS[id].title,
      ]);
    expect(offered).toEqual([
      ...to('registrationPush', 'registration'),
      ...to('supervision', 'supervision'),
      ...to('listing', 'listing'),
      ...to('publication', 'publication'),
      ...to('correction', 'correction'),
      ...to('supportMeasure', 'supportMeasure'),
      ...to('creditRepair', 'creditRepair'),
    ]);
    expect(offered).toHaveLength(13);
  });
});
