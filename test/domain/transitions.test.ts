import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseType } from '../../domain/case/id.ts';
import { ERROR_CODES } from '../../domain/errors.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { openedPush, type RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';
import { createRegionTree, divisionsSchema } from '../../domain/organs/regions.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import {
  CASE_TYPES,
  isFinal,
  STAGES,
  TRANSITIONS,
  transitionOf,
  type Transition,
  type RequirementId,
} from '../../domain/case-types/case-types.ts';
import { refuseTransition, type CaseStanding } from '../../domain/case-types/transitions.ts';
import { openedPoolEntry } from '../../domain/case-types/pool-entry/opening.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { openedRollback } from '../../domain/case-types/rollback/opening.ts';
import { openedSupervision } from '../../domain/case-types/supervision/opening.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const file = new URL('../../data/divisions/430000.json', import.meta.url);
const { regions, formerCodes } = divisionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const tree = createRegionTree(regions, formerCodes);

const isCaseType = (id: string): id is CaseType => id in CASE_TYPES;
const isRole = (id: string): id is Role => id in ROLES;
const caseTypes = Object.keys(CASE_TYPES).filter(isCaseType);
const allRoles = Object.keys(ROLES).filter(isRole);
const rowsOf = (caseType: CaseType) => Object.entries<Transition>(TRANSITIONS[caseType]);
const allRows = caseTypes.flatMap((caseType) =>
  rowsOf(caseType).map(([action, transition]) => ({ caseType, action, transition })),
);
/** What people do; the system's own actions are refused to everyone (see below). */
const rows = allRows.filter(({ transition }) => transition.performer !== 'system');

const COUNTY = '430103';
const HOLDER = `${COUNTY}-agriculture`;
const actor = (role: Role, regionCode = COUNTY, departmentCode: string | null = HOLDER): Actor => ({
  username: 'u',
  role,
  regionCode,
  departmentCode,
});
const standing = (caseType: CaseType, stage: string, facts?: Record<string, unknown>): CaseStanding => ({
  caseType,
  stage,
  departmentCode: caseType === 'poolEntry' ? null : HOLDER,
  regionCode: COUNTY,
  ...(facts && { facts }),
});
/** Facts that meet a requirement, by the requirement's name. */
const MEETING: Partial<Record<RequirementId, Record<string, unknown>>> = {
  suspended: { suspended: 'registrationPush.feedback' },
  'hearing-open': { criticism: { state: 'proposed' } },
  heard: { criticism: { state: 'heard' } },
  'not-the-applicant': { appliedBy: 'another' },
  'internal-review': { internalReview: true },
  'is-event': { event: 'change' },
  'of-court': { list: 'court-debtor' },
  'appeal-pending': { appeal: { state: 'pending' } },
  'question-pending': { question: { state: 'pending' } },
  'suspension-requested': { suspension: { state: 'requested', requestedBy: 'another' } },
  'extension-requested': { extension: { state: 'requested', workingDays: 3, requestedBy: 'another' } },
};
const meeting = (on: CaseStanding, action: string) =>
  Object.assign({}, ...(transitionOf(on.caseType, action)?.requires ?? []).map((id) => MEETING[id])) as object;
const refusal = (on: CaseStanding, action: string, by: Actor) =>
  refuseTransition({ ...on, facts: on.facts ?? { ...meeting(on, action) } }, action, by);

/** The stages in which a case can open. */
const openings: Record<CaseType, string[]> = (() => {
  const place = { uscc: 'U', chain: HOLDER, round: 1, regionCode: COUNTY };
  const key = { ...place, registrationNo: 'REG-1', itemIds: [], returnedBy: [] };
  const push: RegistrationPushInput = {
    ...key,
    departmentCode: HOLDER,
    pushedAt: 0,
    claimedFromPool: false,
    finalRuling: false,
    parentCaseId: null,
  };
  const rollback = { push, pushCaseId: 'p', returnedAt: 0 };
  const supervision = {
    ...key,
    caseNo: 'REG-1',
    originCaseId: 'o',
    limitId: 'registrationPush.claim' as const,
    ladder: 1,
    departmentCode: HOLDER,
    openedAt: 0,
  };
  const published: PublicationInput = {
    recordId: '0'.repeat(32),
    kind: 'permit',
    section: 'permits',
    documentNo: '1',
    uscc: 'U',
    departmentCode: HOLDER,
    regionCode: COUNTY,
    generatedOn: '2026-03-02',
    receivedAt: 0,
    late: false,
  };
  return {
    registrationPush: [openedPush(push).stage, openedPush({ ...push, claimedFromPool: true }).stage],
    rollback: [false, true].map((arbitration) => openedRollback({ ...rollback, arbitration }).stage),
    poolEntry: [openedPoolEntry({ ...key, publishedAt: 0, parentCaseId: null }).stage],
    supervision: [openedSupervision(supervision).stage],
    listing: ['listed'],
    sanctionNotice: ['sent'],
    sanctionLifting: ['ordered'],
    publication: [openedPublication(published).stage, openedPublication({ ...published, reviewOf: 'u' }).stage],
    correction: ['reported', 'confirmed'],
    complaint: ['received'],
    supportMeasure: ['entered'],
    creditRepair: ['applied'],
  };
})();

describe('refusals', () => {
  test.each(rows)(
    '$caseType/$action: a role that the row does not name is refused',
    ({ caseType, transition, action }) => {
      const stage = transition.from[0]!;
      for (const role of allRoles) {
        const refused = refusal(standing(caseType, stage), action, actor(role));
        const denied = transition.roles.includes(role) ? undefined : ['access.denied', transition.article];
        expect([role, refused && [refused.code, refused.article]]).toEqual([role, denied]);
      }
    },
  );

  test.each(rows.filter(({ transition }) => transition.performer === 'holder'))(
    '$caseType/$action: another department, even of the same region or the province, is refused',
    ({ caseType, transition, action }) => {
      const on = standing(caseType, transition.from[0]!);
      for (const role of transition.roles) {
        for (const other of [`${COUNTY}-forestry`, '430000-agriculture', '430104-agriculture', null]) {
          const by = actor(role, other?.slice(0, 6) ?? COUNTY, other);
          expect(refusal(on, action, by)).toMatchObject({ code: 'access.denied' });
        }
      }
    },
  );

  test('an account without a department holds no case, not even one without a holder', () => {
    const on = { ...standing('registrationPush', 'pushed'), departmentCode: null };
    expect(refusal(on, 'claim', actor('department-officer', COUNTY, null))).toMatchObject({ code: 'access.denied' });
  });

  test.each(rows)('$caseType/$action: from any other stage it is refused, and told where it belongs', (row) => {
    const { caseType, transition, action } = row;
    const by = actor(transition.roles[0]!);
    const code = (stage: string) => {
      if (caseType === 'poolEntry' && action === 'claim' && stage === 'claimed') return 'pool.already-claimed';
      return isFinal(caseType, stage) ? 'case.closed' : 'transition.refused';
    };
    for (const [stage, name] of Object.entries(STAGES[caseType])) {
      const refused = refusal(standing(caseType, stage), action, by);
      const expected = transition.from.includes(stage) ? undefined : [code(stage), transition.article];
      expect([stage, refused && [refused.code, refused.article]]).toEqual([stage, expected]);
      const namesStage = refused?.message.includes(`“${name}”`) ?? false;
      expect([stage, namesStage]).toEqual([stage, expected !== undefined && expected[0] !== 'pool.already-claimed']);
    }
  });

  test('a closed case stays closed: no deed leads out of it', () => {
    expect(refusal(standing('registrationPush', 'fedBack'), 'return', actor('department-lead'))).toMatchObject({
      code: 'case.closed',
      message: '当前环节为“已反馈”，不能“回退”',
      named: { code: 'case.closed', names: { title: '回退', stage: '已反馈', roles: ['部门经办人', '部门负责人'] } },
      remedy: '“回退”须在“待认领”或“已认领”环节办理，请刷新后查看最新环节',
    });
  });

  test('the second to claim a published registration is told that the first one has it', () => {
    expect(refusal(standing('poolEntry', 'claimed'), 'claim', actor('department-officer'))).toMatchObject({
      code: 'pool.already-claimed',
      message: expect.stringContaining('先认领者承办'),
      remedy: expect.stringContaining('由承办部门回退'),
    });
  });

  test('a push made by a final ruling cannot be returned; it can be claimed and fed back', () => {
    for (const stage of ['pushed', 'claimed']) {
      const final = standing('registrationPush', stage, { finalRuling: true });
      expect(refusal(final, 'return', actor('department-officer'))).toMatchObject({ code: 'push.ruling-is-final' });
      const other = standing('registrationPush', stage, { finalRuling: false });
      expect(refusal(other, 'return', actor('department-officer'))).toBeUndefined();
    }
    const claimed = standing('registrationPush', 'claimed', { finalRuling: true });
    expect(refusal(claimed, 'feedBack', actor('department-officer'))).toBeUndefined();
  });

  test.each(allRows.filter(({ transition }) => transition.performer === 'system'))(
    '$caseType/$action is the system’s own: nobody may give it',
    ({ caseType, transition, action }) => {
      expect(transition.roles).toEqual([]);
      for (const role of allRoles) {
        const refused = refusal(standing(caseType, transition.from[0]!), action, actor(role));
        expect(refused).toMatchObject({ code: 'access.denied', article: transition.article });
        expect(refused?.message).toBe(`“${transition.title}”由系统自动办理`);
      }
    },
  );

  test('an account that may not act learns nothing of the stage', () => {
    const by = actor('department-officer', COUNTY, `${COUNTY}-forestry`);
    expect(refusal(standing('registrationPush', 'fedBack'), 'return', by)).toMatchObject({ code: 'access.denied' });
  });

  test.each(['', 'rule', 'constructor', 'toString', '__proto__', 'Claim'])('“%s” is no deed of a push', (action) => {
    expect(transitionOf('registrationPush', action)).toBeUndefined();
    expect(refusal(standing('registrationPush', 'pushed'), action, actor('department-officer'))).toMatchObject({
      code: 'transition.refused',
      message: `登记信息推送没有“${action}”这一操作`,
    });
  });
});

describe('regions', () => {
  const anyRegion = fc.constantFrom(...regions.map((region) => region.code));
  const regional = rows.filter(({ transition }) => transition.performer !== 'holder');
  const may = (row: (typeof rows)[number], caseRegion: string, actorRegion: string) => {
    const on = { ...standing(row.caseType, row.transition.from[0]!), regionCode: caseRegion };
    const by = actor(row.transition.roles[0]!, actorRegion, `${actorRegion}-registration`);
    return refusal(on, row.action, by) === undefined;
  };

  const ofLevel = regional.filter(({ transition }) => transition.performer === 'sameLevel');
  const ofRegion = regional.filter((row) => !ofLevel.includes(row));

  test.each(ofLevel)('$caseType/$action: 同级 (第十六条): an organ acts for its own region only', (row) => {
    fc.assert(
      fc.property(anyRegion, anyRegion, (caseRegion, actorRegion) => {
        expect(may(row, caseRegion, actorRegion)).toBe(actorRegion === caseRegion);
      }),
    );
  });

  test.each(ofRegion)(
    '$caseType/$action: an organ acts for its region and all inside it, and for nothing else',
    (row) => {
      fc.assert(
        fc.property(anyRegion, anyRegion, (caseRegion, actorRegion) => {
          expect(may(row, caseRegion, actorRegion)).toBe(tree.contains(actorRegion, caseRegion));
        }),
      );
    },
  );

  test.each(regional)('$caseType/$action: a county official never acts for another county', (row) => {
    const counties = regions.filter((region) => region.level === 'county').map((region) => region.code);
    for (const county of counties) {
      expect(counties.filter((other) => may(row, other, county))).toEqual([county]);
      expect(may(row, '430000', county)).toBe(false);
    }
  });

  test('a province’s registering authority covers its counties and prefectures, and no other province', () => {
    const rule = rows.find(({ action }) => action === 'rule')!;
    expect(regions.filter((region) => !may(rule, region.code, '430000'))).toEqual([]);
    expect(may(rule, '440103', '430000')).toBe(false);
    expect(may(rule, '430104', '430100')).toBe(true);
    expect(may(rule, '430202', '430100')).toBe(false);
  });
});

describe('the table', () => {
  test.each(rows)('$caseType/$action cites an article, names roles and goes between named stages', (row) => {
    const { from, to, article, roles, title } = row.transition;
    const stages = Object.keys(STAGES[row.caseType]);
    expect(article).toMatch(/^(行政许可法|行政复议法)?第[一二三四五六七八九十]+条(第[一二三四五六七八九十]款)?$/);
    expect(title).not.toBe('');
    expect(roles.filter((role) => !(role in ROLES))).toEqual([]);
    expect(roles).not.toEqual([]);
    expect([...from, to ?? from[0]!].filter((stage) => !stages.includes(stage))).toEqual([]);
    expect(from).not.toContain(to);
    expect(row.transition.settles.filter((limitId) => !(limitId in LIMITS))).toEqual([]);
  });

  test.each(caseTypes)('%s: every stage is reached from an opening, and every path ends', (caseType) => {
    const reached = new Set(openings[caseType]);
    // The set grows while it is iterated: each stage is continued from once.
    for (const stage of reached) {
      for (const [, { from, to }] of rowsOf(caseType)) if (from.includes(stage) && to !== null) reached.add(to);
    }
    expect([...reached].sort()).toEqual(Object.keys(STAGES[caseType]).sort());
    expect(openings[caseType].filter((stage) => isFinal(caseType, stage))).toEqual([]);
    expect([...reached].some((stage) => isFinal(caseType, stage))).toBe(true);
  });

  test('every refusal has a code of the closed union, a Chinese message and a remedy', () => {
    const stages = rows
      .map(({ caseType }) => caseType)
      .flatMap((caseType) =>
        Object.keys(STAGES[caseType]).map((stage) => standing(caseType, stage, { finalRuling: true })),
      );
    const anyActor = fc.constantFrom(...allRoles).map((role) => actor(role));
    fc.assert(
      fc.property(fc.constantFrom(...stages), fc.constantFrom(...rows), anyActor, (on, { action }, by) => {
        const refused = refusal(on, action, by);
        if (!refused) return;
        expect(Object.keys(ERROR_CODES)).toContain(refused.code);
        expect(refused.message).toMatch(/[\u4e00-\u9fff]/);
        expect(refused.remedy).toMatch(/^[“请]|认领/);
        expect(`${refused.message}${refused.remedy}`).not.toContain('undefined');
      }),
    );
  });
});
