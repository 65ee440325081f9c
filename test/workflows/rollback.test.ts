import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chainCaseId } from '../../domain/case/id.ts';
import { rollbackBodies, type Ruling } from '../../domain/case-types/rollback/commands.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, AUTHORITY, CaseWorld, COUNTY, DAY, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const arbitrate = updateOf(rollbackBodies, 'arbitrate');
const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const returnPush = updateOf(registrationPushBodies, 'return');
const rule = updateOf(rollbackBodies, 'rule');

const WRONG = { reasonCode: 'wrong-department', reason: '农药经营由其他部门审批' } as const;

describe.skipIf(!inject('testServerPath'))('rollback (第七条第二款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** Returns the push of a round and waits for the rollback that follows. */
  async function returnRound(registrationNo: string, chain: string, round: number, who: Actor = OFFICER) {
    const key = { registrationNo, chain, round };
    const push = chainCaseId('registrationPush', key);
    await world.begun(push);
    const { nextCaseId } = await world.command(push, returnPush, who, WRONG);
    expect(nextCaseId).toBe(chainCaseId('rollback', key));
    await world.begun(nextCaseId!);
    return nextCaseId!;
  }

  async function returned() {
    const { input } = await world.startPush();
    return { input, rollbackId: await returnRound(input.registrationNo, input.chain, 1) };
  }

  async function ruleAndBegin(rollbackId: string, ruling: Ruling) {
    const { nextCaseId } = await world.command(rollbackId, rule, AUTHORITY, ruling);
    await world.begun(nextCaseId!);
    return nextCaseId!;
  }

  it('only the registering authority of the region rules', async () => {
    const { rollbackId } = await returned();
    const elsewhere = actor('registering-authority', 'registration', '430102');
    for (const who of [OFFICER, SUPERVISOR, elsewhere]) {
      const refusal = await refusalOf(world.command(rollbackId, rule, who, { decision: 'same', reason: '职责明确' }));
      expect(refusal.code).toBe('access.denied');
    }
  });

  it('a ruling needs its reason', async () => {
    const { rollbackId } = await returned();
    const refusal = await refusalOf(world.command(rollbackId, rule, AUTHORITY, { decision: 'same', reason: '' }));
    expect(refusal).toMatchObject({ code: 'input.invalid', message: '请填写确认理由' });
  });

  it('closes the returned push, and no limit runs against the department that returned it', async () => {
    const { input, rollbackId } = await returned();
    const push = chainCaseId('registrationPush', input);
    await world.env.sleep(30 * DAY);
    expect(await world.case(push)).toMatchObject({ stage: 'returned', status: 'closed', breachedAt: null });
    expect(await world.rungs(push)).toEqual([]);
    expect(await world.rungs(rollbackId)).toEqual(['rollback.ruling due-1', 'rollback.ruling due']);
  });

  it('a rolled-back push restarts the seven-day clock at the new department', async () => {
    const { input, rollbackId } = await returned();
    await world.env.sleep(3 * DAY);
    const health = `${COUNTY}-health`;
    const next = await ruleAndBegin(rollbackId, {
      decision: 'other',
      departmentCode: health,
      reason: '属卫生健康职责',
    });
    expect(next).toBe(chainCaseId('registrationPush', { ...input, round: 2 }));
    const first = await world.deadline(chainCaseId('registrationPush', input), 'registrationPush.feedback');
    const second = await world.deadline(next, 'registrationPush.feedback');
    expect(second.startDate > first.startDate).toBe(true);
    expect(second.workingDays).toBe(7);
    const officer = actor('department-officer', 'health');
    await world.command(next, claimPush, officer, {});
    expect(await world.command(next, feedBack, officer, { outcome: 'not-applied' })).toMatchObject({
      stage: 'fedBack',
    });
  });

  it('the same department may be confirmed', async () => {
    const { rollbackId } = await returned();
    const next = await ruleAndBegin(rollbackId, { decision: 'same', reason: '三定方案明确' });
    expect(await world.case(next)).toMatchObject({ departmentCode: OFFICER.departmentCode, round: 2, stage: 'pushed' });
  });

  it('an unclear department sends the registration to the pool', async () => {
    const { input, rollbackId } = await returned();
    const next = await ruleAndBegin(rollbackId, { decision: 'pool', reason: '审批部门不明确' });
    expect(next).toBe(chainCaseId('poolEntry', { ...input, round: 2 }));
    expect(await world.case(next)).toMatchObject({ stage: 'published', departmentCode: null });
  });

  it('a department that returns the same chain again meets an arbitration, whose ruling is final', async () => {
    const { input, rollbackId } = await returned();
    await ruleAndBegin(rollbackId, { decision: 'same', reason: '职责明确' });
    const second = await returnRound(input.registrationNo, input.chain, 2);
    expect(await world.case(second)).toMatchObject({ stage: 'awaitingArbitration' });
    const same: Ruling = { decision: 'same', reason: '依职责清单裁定' };
    expect((await refusalOf(world.command(second, rule, AUTHORITY, same))).code).toBe('transition.refused');
    const { nextCaseId } = await world.command(second, arbitrate, SUPERVISOR, same);
    await world.begun(nextCaseId!);
    const refusal = await refusalOf(world.command(nextCaseId!, returnPush, OFFICER, WRONG));
    expect(refusal).toMatchObject({ code: 'push.ruling-is-final', article: '第七条第二款' });
    expect(await world.command(nextCaseId!, claimPush, OFFICER, {})).toMatchObject({ stage: 'claimed' });
  });

  it('two different departments may each return it once before the third round is arbitrated', async () => {
    const { input, rollbackId } = await returned();
    const { registrationNo, chain } = input;
    const rulings = ['health', 'commerce'];
    let rollback = rollbackId;
    for (const [index, sector] of rulings.entries()) {
      await ruleAndBegin(rollback, { decision: 'other', departmentCode: `${COUNTY}-${sector}`, reason: '改推' });
      rollback = await returnRound(registrationNo, chain, index + 2, actor('department-officer', sector));
      const stage = index === 0 ? 'awaitingRuling' : 'awaitingArbitration';
      expect(await world.case(rollback)).toMatchObject({ stage });
    }
  });
});
