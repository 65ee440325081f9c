import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chainCaseId } from '../../domain/case/id.ts';
import { poolEntryBodies } from '../../domain/case-types/pool-entry/commands.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, AUTHORITY, CaseWorld, COUNTY, DAY, OFFICER } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { openedPoolEntry, type PoolEntryInput } from '../../domain/case-types/pool-entry/opening.ts';

const claimPoolEntry = updateOf(poolEntryBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const withdrawPoolEntry = updateOf(poolEntryBodies, 'withdraw');

describe.skipIf(!inject('testServerPath'))('claim pool (第七条第二款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function published() {
    const input: PoolEntryInput = {
      registrationNo: `REG-${randomUUID().slice(0, 8)}`,
      uscc: '91350100M000100Y43',
      chain: 'pool',
      round: 1,
      regionCode: COUNTY,
      itemIds: [],
      returnedBy: [],
      publishedAt: await world.now(),
      parentCaseId: null,
    };
    await world.start('poolEntry', openedPoolEntry(input), input);
    return { input, caseId: chainCaseId('poolEntry', input) };
  }

  it('no department of another county claims', async () => {
    const { caseId } = await published();
    const stranger = actor('department-officer', 'agriculture', '430102');
    expect((await refusalOf(world.command(caseId, claimPoolEntry, stranger, {}))).code).toBe('access.denied');
  });

  it('unclaimed, it reminds the registering authority and stays published', async () => {
    const { caseId } = await published();
    await world.env.sleep(30 * DAY);
    expect(await world.rungs(caseId)).toEqual(['poolEntry.claim due-1', 'poolEntry.claim due']);
    expect(await world.case(caseId)).toMatchObject({ stage: 'published', status: 'open' });
    const reminded = (await world.notices(caseId)).map((notice) => notice.role);
    expect(reminded).toContain('registering-authority');
    expect(await world.command(caseId, claimPoolEntry, OFFICER, {})).toMatchObject({ late: true });
  });

  it('the registering authority may find that no approval is touched; then nobody claims', async () => {
    const { caseId } = await published();
    const reason = { reason: '经营范围均为一般项目' };
    expect((await refusalOf(world.command(caseId, withdrawPoolEntry, OFFICER, reason))).code).toBe('access.denied');
    expect(await world.command(caseId, withdrawPoolEntry, AUTHORITY, reason)).toMatchObject({ stage: 'withdrawn' });
    expect(await world.case(caseId)).toMatchObject({ status: 'closed' });
  });

  it('of fifty claims at once exactly one wins, and the others are told so', async () => {
    const { input, caseId } = await published();
    const sectors = ['agriculture', 'health', 'commerce', 'water', 'housing'];
    const claims = Array.from({ length: 50 }, (_, i) => {
      const claimant = actor('department-officer', sectors[i % sectors.length]!);
      return world.command(caseId, claimPoolEntry, { ...claimant, username: `officer-${i}` }, {});
    });
    const outcomes = await Promise.allSettled(claims.map(async (claim, i) => ({ i, result: await claim })));
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const lost = claims.filter((_, i) => i !== won[0]!.value.i);
    for (const claim of lost) expect(await refusalOf(claim)).toMatchObject({ code: 'pool.already-claimed' });
    const push = chainCaseId('registrationPush', input);
    await world.begun(push);
    const winner = sectors[won[0]!.value.i % sectors.length];
    expect(await world.case(push)).toMatchObject({ departmentCode: `${COUNTY}-${winner}`, stage: 'claimed' });
    expect((await world.audit(caseId)).filter((row) => row.action === 'claim')).toHaveLength(1);
  });

  // Last: after a child outlives its parent and ends, the time-skipping server no longer skips time.
  it('the claimant owes feedback within seven working days of the claim', async () => {
    const { caseId } = await published();
    const { nextCaseId } = await world.command(caseId, claimPoolEntry, OFFICER, { itemIds: ['PA047'] });
    await world.begun(nextCaseId!);
    expect(await world.deadline(nextCaseId!, 'registrationPush.feedback')).toMatchObject({ workingDays: 7 });
    expect(await world.deadline(nextCaseId!, 'registrationPush.claim')).toBeUndefined();
    const result = await world.command(nextCaseId!, feedBack, OFFICER, { outcome: 'not-applied' });
    expect(result).toMatchObject({ stage: 'fedBack', late: false });
  });
});
