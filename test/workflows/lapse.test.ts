/** 终止 (第七条第一款): the system ends open cases about earlier registrations of a cancelled enterprise. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { rollbackBodies } from '../../domain/case-types/rollback/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { enterpriseCancelled } from '../../workflows/messages.ts';
import { AUTHORITY, CaseWorld, COUNTY, DAY, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { suspendPush } from '../support/push-terms.ts';
import { openedPoolEntry, type PoolEntryInput } from '../../domain/case-types/pool-entry/opening.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const returnPush = updateOf(registrationPushBodies, 'return');
const rule = updateOf(rollbackBodies, 'rule');

const RETURN = { reasonCode: 'wrong-department', reason: '不属于本部门职责' } as const;

describe.skipIf(!inject('testServerPath'))('a case whose enterprise was cancelled', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const cancel = (caseId: string) => world.env.client.workflow.getHandle(caseId).signal(enterpriseCancelled, 'REG-END');
  const lastNotice = async (caseId: string) => (await world.notices(caseId)).at(-1);

  it('a push that was fed back stays so', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    const fedBack = world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
    await Promise.all([fedBack, fedBack.then(() => cancel(caseId)).catch(() => undefined)]);
    expect(await workflow.result()).toBe('fedBack');
    expect((await world.audit(caseId)).map(({ action }) => action)).toEqual(['open', 'claim', 'feedBack']);
  });

  it.each([
    ['not yet claimed', async () => undefined],
    ['claimed', async (caseId: string) => world.command(caseId, claimPush, OFFICER, {})],
  ])('a push, %s: ends once, its limits at rest, its holder told', async (_, before) => {
    const { caseId, workflow } = await world.startPush();
    await before(caseId);
    await Promise.all([cancel(caseId), cancel(caseId)]);
    expect(await workflow.result()).toBe('lapsed');
    expect(await world.case(caseId)).toMatchObject({
      stage: 'lapsed',
      status: 'closed',
      dueAt: null,
      breachedAt: null,
      facts: { cancelledBy: 'REG-END' },
    });
    const lapses = (await world.audit(caseId)).filter(({ action }) => action === 'lapse');
    expect(lapses).toMatchObject([{ actor: 'system', article: '第七条第一款', after: { cancelledBy: 'REG-END' } }]);
    expect((await world.deadline(caseId, 'registrationPush.feedback')).settledAt).not.toBeNull();
    expect(await lastNotice(caseId)).toMatchObject({
      topic: 'registration.lapsed',
      departmentCode: OFFICER.departmentCode,
      article: '第七条第一款',
    });
    await world.env.sleep(40 * DAY);
    expect(await world.rungs(caseId)).toEqual([]);
  });

  it('a push that is late by then keeps its breach', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.passes(caseId, 'registrationPush.feedback');
    await cancel(caseId);
    await workflow.result();
    const { dueAt, breachedAt } = await world.deadline(caseId, 'registrationPush.feedback');
    expect(breachedAt).toEqual(dueAt);
    expect((await world.case(caseId)).breachedAt).not.toBeNull();
  });

  it('a push whose limit is suspended ends as well', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await suspendPush(world, caseId);
    await cancel(caseId);
    expect(await workflow.result()).toBe('lapsed');
  });

  it('a rollback: the registering authority, or who would arbitrate, is told', async () => {
    const { caseId } = await world.startPush();
    const { nextCaseId } = await world.command(caseId, returnPush, OFFICER, RETURN);
    await world.begun(nextCaseId!);
    await cancel(nextCaseId!);
    await world.comesTo(nextCaseId!, 'lapsed');
    expect(await lastNotice(nextCaseId!)).toMatchObject({ departmentCode: AUTHORITY.departmentCode });

    const again = await world.startPush({ returnedBy: [OFFICER.departmentCode!] });
    const disputed = await world.command(again.caseId, returnPush, OFFICER, RETURN);
    await world.begun(disputed.nextCaseId!);
    await cancel(disputed.nextCaseId!);
    await world.comesTo(disputed.nextCaseId!, 'lapsed');
    expect(await lastNotice(disputed.nextCaseId!)).toMatchObject({
      topic: 'registration.lapsed',
      role: SUPERVISOR.role,
    });
  });

  it('an entry of the pool: nobody claims it any more, and the registering authority is told', async () => {
    const input: PoolEntryInput = {
      registrationNo: `REG-POOL-${Date.now()}`,
      uscc: '91350100M000100Y43',
      chain: 'pool',
      round: 1,
      regionCode: COUNTY,
      itemIds: [],
      returnedBy: [],
      publishedAt: await world.now(),
      parentCaseId: null,
    };
    const workflow = await world.start('poolEntry', openedPoolEntry(input), input);
    await cancel(workflow.workflowId);
    expect(await workflow.result()).toBe('lapsed');
    expect(await lastNotice(workflow.workflowId)).toMatchObject({ role: 'registering-authority' });
  });
});

describe.skipIf(!inject('testServerPath'))('a push of a change or a cancellation', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it.each([
    ['change', 'push.changed', /登记变更/, 'permit-unaffected'],
    ['cancel', 'push.cancelled', /已注销登记/, 'no-permit-held'],
  ] as const)(
    '%s tells its holder so, may be answered truthfully, and says so in Temporal',
    async (event, topic, words, outcome) => {
      const { caseId, workflow } = await world.startPush({ event, addedItemIds: [], removedItemIds: ['PA047'] });
      await world.command(caseId, claimPush, OFFICER, {});
      const [notice] = await world.notices(caseId);
      expect(notice).toMatchObject({ topic, departmentCode: OFFICER.departmentCode });
      expect(`${notice!.title}${notice!.body}`).toMatch(words);
      expect((await world.case(caseId)).facts).toMatchObject({ event, removedItemIds: ['PA047'] });
      await world.command(caseId, feedBack, OFFICER, { outcome });
      expect(await workflow.result()).toBe('fedBack');
    },
  );

  it('keeps its occasion through rollback and the next round', async () => {
    const { caseId } = await world.startPush({ event: 'change', addedItemIds: ['PA047'], removedItemIds: [] });
    const { nextCaseId: rollback } = await world.command(caseId, returnPush, OFFICER, RETURN);
    await world.begun(rollback!);
    const { nextCaseId: next } = await world.command(rollback!, rule, AUTHORITY, {
      decision: 'pool',
      reason: '不明确',
    });
    await world.begun(next!);
    expect((await world.case(next!)).facts).toMatchObject({ event: 'change', addedItemIds: ['PA047'] });
  });
});
