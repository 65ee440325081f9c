import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCaseId } from '../../domain/case/id.ts';
import { rollbackBodies, type Ruling } from '../../domain/case-types/rollback/commands.ts';
import {
  openedRollback,
  needsArbitration,
  ROUNDS_BEFORE_ARBITRATION,
} from '../../domain/case-types/rollback/opening.ts';
import { registeringAuthorityOf } from '../../domain/organs/registering-authority.ts';
import type { RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';

const push: RegistrationPushInput = {
  registrationNo: 'REG-1',
  uscc: '91350100M000100Y43',
  chain: '430103-agriculture',
  round: 1,
  departmentCode: '430103-agriculture',
  regionCode: '430103',
  itemIds: ['A01'],
  pushedAt: 0,
  claimedFromPool: false,
  returnedBy: [],
  finalRuling: false,
  parentCaseId: null,
};

describe('the loop guard', () => {
  test('a first return is the registering authority’s to settle', () => {
    expect(needsArbitration(push)).toBe(false);
    expect(needsArbitration({ ...push, round: 2, returnedBy: ['430103-forestry'] })).toBe(false);
  });

  test('a department that returns the same registration again brings it to arbitration', () => {
    expect(needsArbitration({ ...push, round: 2, returnedBy: ['430103-agriculture'] })).toBe(true);
  });

  test('the third round brings it to arbitration, whoever returned before', () => {
    expect(needsArbitration({ ...push, round: 3, returnedBy: ['430103-forestry', '430103-transport'] })).toBe(true);
  });

  test('no loop of returns is endless: the rounds settled below are bounded', () => {
    const department = fc.constantFrom('430103-a', '430103-b', '430103-c', '430103-d');
    fc.assert(
      fc.property(fc.array(department, { minLength: ROUNDS_BEFORE_ARBITRATION, maxLength: 20 }), (departments) => {
        const settledBelow = departments.findIndex((departmentCode, i) =>
          needsArbitration({ departmentCode, round: i + 1, returnedBy: departments.slice(0, i) }),
        );
        expect(settledBelow).toBeGreaterThan(0);
        expect(settledBelow).toBeLessThan(ROUNDS_BEFORE_ARBITRATION);
      }),
    );
  });
});

describe('a returned push', () => {
  const input = { push, pushCaseId: 'push~REG-1~430103-agriculture~1', returnedAt: 1000, arbitration: false };

  test('waits for the authority that registered it, in the same chain and round', () => {
    const opened = openedRollback(input);
    expect(opened).toMatchObject({
      stage: 'awaitingRuling',
      departmentCode: registeringAuthorityOf('430103'),
      regionCode: '430103',
      parentCaseId: input.pushCaseId,
      openedAt: 1000,
      facts: { returnedBy: '430103-agriculture' },
    });
    expect(parseCaseId(opened.caseId)).toEqual({
      type: 'rollback',
      registrationNo: 'REG-1',
      chain: '430103-agriculture',
      round: 1,
    });
  });

  test('in arbitration is held by no department: the supervisors rule', () => {
    expect(openedRollback({ ...input, arbitration: true })).toMatchObject({
      stage: 'awaitingArbitration',
      departmentCode: null,
    });
  });
});

describe('a ruling', () => {
  const messages = (ruling: unknown) =>
    rollbackBodies.rule.safeParse(ruling).error?.issues.map((issue) => issue.message);

  test.each([
    { decision: 'same', reason: '经核实属该部门职责' },
    { decision: 'other', departmentCode: '430103-forestry', reason: '属林业部门职责' },
    { decision: 'pool', reason: '审批部门不明确' },
  ] satisfies Ruling[])('may be “$decision”', (ruling) => {
    expect(rollbackBodies.rule.parse(ruling)).toEqual(ruling);
  });

  test('without a reason is refused', () => {
    expect(messages({ decision: 'same', reason: '  ' })).toEqual(['请填写确认理由']);
    expect(messages({ decision: 'pool' })).toHaveLength(1);
  });

  test('for another department must name it', () => {
    expect(messages({ decision: 'other', departmentCode: ' ', reason: '理由' })).toEqual(['请填写改推的部门代码']);
  });

  test('of another kind does not exist', () => {
    expect(messages({ decision: 'close', reason: '理由' })).toHaveLength(1);
  });

  test('keeps a reason of up to 2000 characters', () => {
    expect(messages({ decision: 'same', reason: '理'.repeat(2000) })).toBeUndefined();
    expect(messages({ decision: 'same', reason: '理'.repeat(2001) })).toEqual(['确认理由不得超过2000字']);
  });
});
