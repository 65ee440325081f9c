import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionId } from '../../domain/case/id.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { recordedSteps } from '../../workflows/messages.ts';
import { resume, suspendPush } from '../support/push-terms.ts';
import { refusalOf } from '../support/refusal.ts';
import { actor, CaseWorld, DAY, OFFICER } from '../support/case-world.ts';
import { bundleOfShortRuns } from '../support/bundles.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const returnPush = updateOf(registrationPushBodies, 'return');

describe.skipIf(!inject('testServerPath'))('registration push (第七条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it('refuses a department that the push was not sent to', async () => {
    const { caseId } = await world.startPush();
    const other = actor('department-officer', 'health');
    const refusal = await refusalOf(world.command(caseId, claimPush, other, {}));
    expect(refusal).toMatchObject({ code: 'access.denied', article: '第七条第三款' });
  });

  it('refuses feedback before the claim, and says where it belongs', async () => {
    const { caseId } = await world.startPush();
    const refusal = await refusalOf(world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' }));
    expect(refusal).toMatchObject({ code: 'transition.refused', remedy: expect.stringContaining('已认领') });
  });

  it('refuses a return without a reason', async () => {
    const { caseId } = await world.startPush();
    const refusal = await refusalOf(world.command(caseId, returnPush, OFFICER, { reasonCode: 'other', reason: ' ' }));
    expect(refusal).toMatchObject({ code: 'input.invalid', message: '请填写回退理由' });
  });

  it('is closed by claim and feedback within the limit, without a breach', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    const result = await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied', permitNo: '湘农许1号' });
    expect(result).toMatchObject({ stage: 'fedBack', late: false });
    expect(await workflow.result()).toBe('fedBack');
    expect(await world.case(caseId)).toMatchObject({ status: 'closed', breachedAt: null, dueAt: null });
    expect((await world.audit(caseId)).map((row) => row.action)).toEqual(['open', 'claim', 'feedBack']);
    expect(await world.rungs(caseId)).toEqual([]);
  });

  it('left alone climbs both ladders in order, each rung once, and opens a supervision case for each', async () => {
    const { caseId } = await world.startPush();
    await world.env.sleep(40 * DAY);
    expect(await world.rungs(caseId)).toEqual([
      'registrationPush.claim due-1',
      'registrationPush.claim due',
      'registrationPush.feedback due-2',
      'registrationPush.feedback due-1',
      'registrationPush.claim due+3',
      'registrationPush.feedback due',
      'registrationPush.feedback due+3',
    ]);
    const feedback = await world.deadline(caseId, 'registrationPush.feedback');
    expect(feedback.breachedAt).toEqual(feedback.dueAt);
    for (const limitId of ['registrationPush.claim', 'registrationPush.feedback']) {
      expect(await world.case(supervisionId(caseId, limitId))).toMatchObject({
        caseType: 'supervision',
        status: 'open',
      });
    }
    const steps = (await world.audit(caseId)).map((row) => row.step);
    expect(steps).toEqual(steps.map((_, index) => index + 1));
  });

  it('accepts late feedback, and the breach stays on record', async () => {
    const { caseId } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await world.passes(caseId, 'registrationPush.feedback');
    const result = await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
    expect(result.late).toBe(true);
    const feedback = await world.deadline(caseId, 'registrationPush.feedback');
    expect(feedback.breachedAt).toEqual(feedback.dueAt);
    expect(feedback.settledAt!.getTime()).toBeGreaterThan(feedback.dueAt.getTime());
    expect(await world.case(caseId)).toMatchObject({ stage: 'fedBack', breachedAt: feedback.dueAt });
  });

  it('a claim in time silences the claim ladder, not the feedback ladder', async () => {
    const { caseId } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await world.env.sleep(40 * DAY);
    expect(await world.rungs(caseId)).toEqual([
      'registrationPush.feedback due-2',
      'registrationPush.feedback due-1',
      'registrationPush.feedback due',
      'registrationPush.feedback due+3',
    ]);
  });

  it('tells the department of the push, of what is due, and from the breach on the supervisor too', async () => {
    const { caseId } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await world.env.sleep(40 * DAY);
    const told = (await world.notices(caseId)).map(
      ({ topic, role, departmentCode }) => `${topic} ${role ?? departmentCode}`,
    );
    expect(told).toEqual([
      'push.received 430103-agriculture',
      'registrationPush.feedback:due-2 430103-agriculture',
      'registrationPush.feedback:due-1 430103-agriculture',
      'registrationPush.feedback:due 430103-agriculture',
      'registrationPush.feedback:due supervisor',
      'registrationPush.feedback:due+3 430103-agriculture',
      'registrationPush.feedback:due+3 supervisor',
    ]);
  });

  it('the same command sent again, also fifty times at once, is done once', async () => {
    const { caseId } = await world.startPush();
    const sent = Array.from({ length: 50 }, () => world.command(caseId, claimPush, OFFICER, {}, 'one-key'));
    const results = await Promise.all(sent);
    expect(new Set(results.map((result) => result.step))).toEqual(new Set([2]));
    expect((await world.audit(caseId)).filter((row) => row.action === 'claim')).toHaveLength(1);
  });

  it('stays within 150 events for a normal case', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
    await workflow.result();
    expect((await workflow.fetchHistory()).events!.length).toBeLessThan(60);
  });
});

describe.skipIf(!inject('testServerPath'))('a push that lives for years', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create({ bundled: bundleOfShortRuns() });
  });
  afterAll(() => world.close());

  it('continues as new, as every case does, and its limit runs on', async () => {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    const { runId: first } = await workflow.describe();
    for (let time = 0; time < 3; time += 1) {
      await suspendPush(world, caseId);
      await world.command(caseId, resume, OFFICER, {});
    }
    const later = world.env.client.workflow.getHandle(caseId);
    expect((await later.describe()).runId).not.toBe(first);
    await world.env.sleep(60 * DAY);
    expect(await world.rungs(caseId)).toContain('registrationPush.feedback due+3');
    // It still knows the steps of its earlier runs.
    const known = await later.query(recordedSteps);
    expect(known.isWhole).toBe(true);
    const tokens = (await world.audit(caseId)).map(({ token }) => token);
    expect(known.steps.map(({ token }) => token)).toEqual(tokens);
    const late = await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
    expect(late).toMatchObject({ stage: 'fedBack', late: true });
    const steps = (await world.audit(caseId)).map((row) => row.step);
    expect(steps).toEqual(steps.map((_, index) => index + 1));
  });
});
