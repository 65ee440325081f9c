/**
 * Failures that happened once or could happen: workers that die after a step is committed, people who act at the same
 * instant, Cancel.
 */
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { createCaseRecords } from '../../activities/case-records.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { cases } from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { restoreCases } from '../../outbox/restore-cases.ts';
import { CaseWorld, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import {
  approveExtension,
  EXTENSION,
  OPINION,
  refuseExtension,
  requestExtension,
  requestSuspension,
  resume,
  SUSPENSION,
  suspendPush,
} from '../support/push-terms.ts';
import { refusalOf } from '../support/refusal.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const returnPush = updateOf(registrationPushBodies, 'return');

const HOUR = 3_600_000;
const FEEDBACK = 'registrationPush.feedback';
const RETURN = { reasonCode: 'wrong-department', reason: '不属于本部门职责' } as const;

describe.skipIf(!inject('testServerPath'))('a case', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function claimed() {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    return { caseId, workflow };
  }

  it('loses no command to a step that a dead worker had committed', async () => {
    const { caseId } = await claimed();
    const { dueAt, rungDates } = await world.deadline(caseId, FEEDBACK);
    // A worker that dies after its transaction and before its answer leaves the database ahead of the workflow.
    const records = createCaseRecords({ db: world.handle.db, clock: realClock });
    const plannedAt = startOfDay(rungDates['due-2']!) + 9 * HOUR;
    const rung = { limitId: FEEDBACK, rung: 'due-2', ladder: 1, plannedAt } as const;
    const token = `rung:${FEEDBACK}:1:due-2`;
    await records.recordRung({ ...rung, caseId, token, at: plannedAt });

    const result = await world.command(caseId, requestExtension, OFFICER, EXTENSION);
    const audit = await world.audit(caseId);
    expect(audit.map(({ step, action }) => `${step} ${action}`)).toEqual([
      '1 open',
      '2 claim',
      '3 rung:due-2',
      '4 requestExtension',
    ]);
    expect(result.step).toBe(4);
    expect((await world.case(caseId)).facts).toMatchObject({ extension: { state: 'requested' } });
    // The workflow fires the rung too when its time comes, and finds it fired.
    await world.env.sleep(dueAt.getTime() - (await world.now()) + SPREAD_MS + 60_000);
    expect((await world.rungs(caseId)).filter((one) => one === `${FEEDBACK} due-2`)).toHaveLength(1);
  });

  it('is not written over by a step that does not follow from its stage in the database', async () => {
    const { caseId } = await claimed();
    const records = createCaseRecords({ db: world.handle.db, clock: realClock });
    const step = { caseId, token: 'x', action: 'claim', actor: OFFICER, article: '第七条', at: Date.now(), limits: [] };
    const more = { stage: { before: 'pushed', after: 'claimed' }, facts: {}, notify: [], effects: [], followUps: [] };
    await expect(records.recordStep({ ...step, ...more })).rejects.toThrow('at claimed in the database');
    expect(await world.audit(caseId)).toHaveLength(2);
  });

  it('fails when the database has another step under the token of one of its own, instead of going on without it', async () => {
    const { caseId } = await claimed();
    const records = createCaseRecords({ db: world.handle.db, clock: realClock });
    const rung = { limitId: FEEDBACK, rung: 'due-2', ladder: 1, plannedAt: await world.now() } as const;
    await records.recordRung({ ...rung, caseId, token: 'cmd:clash', at: startOfDay('2099-01-01') });
    const before = (await world.audit(caseId)).length;
    const clashing = world.command(caseId, requestExtension, OFFICER, EXTENSION, 'clash');
    await expect(clashing).rejects.toThrow('Workflow Update failed');
    expect(await world.ended(caseId)).toBe('FAILED');
    expect(await world.audit(caseId)).toHaveLength(before);
  });

  it('goes on under its law after Cancel in the Temporal UI: commands are recorded, a closing one with what follows', async () => {
    const { caseId, workflow } = await world.startPush();
    await workflow.cancel();
    await world.command(caseId, claimPush, OFFICER, {});
    expect(await world.case(caseId)).toMatchObject({ stage: 'claimed' });
    const { nextCaseId } = await world.command(caseId, returnPush, OFFICER, RETURN);
    await world.begun(nextCaseId!);
    expect(await world.case(caseId)).toMatchObject({ stage: 'returned', status: 'closed' });
    expect(await workflow.result()).toBe('returned');
  });

  it('stays suspended when an extension is approved meanwhile', async () => {
    const { caseId } = await claimed();
    await world.command(caseId, requestExtension, OFFICER, EXTENSION);
    await suspendPush(world, caseId);
    await world.command(caseId, approveExtension, LEAD, OPINION);
    await world.env.sleep(90 * DAY);
    expect((await world.rungs(caseId)).filter((rung) => rung.startsWith(FEEDBACK))).toEqual([]);
    expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ breachedAt: null, workingDays: 12 });
  });

  it('grows no history while PostgreSQL is away, and fires when it is back', async () => {
    const { caseId, workflow } = await claimed();
    const { rungDates } = await world.deadline(caseId, FEEDBACK);
    const reminder = startOfDay(rungDates['due-2']!) + 9 * HOUR;
    const before = (await workflow.fetchHistory()).events!.length;
    await world.withoutDatabase(async () => {
      await world.env.sleep(reminder + HOUR - (await world.now()));
      expect((await workflow.describe()).raw.pendingActivities).toHaveLength(1);
      expect((await workflow.fetchHistory()).events!.length - before).toBeLessThan(12);
    });
    await world.env.sleep(120_000);
    expect(await world.rungs(caseId)).toContain(`${FEEDBACK} due-2`);
    expect((await world.audit(caseId)).map(({ step, action }) => `${step} ${action}`)).toEqual([
      '1 open',
      '2 claim',
      '3 rung:due-2',
    ]);
  });

  it('of two leads who decide one extension at the same instant, hears one', async () => {
    const { caseId } = await claimed();
    await world.command(caseId, requestExtension, OFFICER, EXTENSION);
    const second = { ...LEAD, username: 'second-lead' };
    const answers = await Promise.allSettled([
      world.command(caseId, approveExtension, LEAD, OPINION),
      world.command(caseId, approveExtension, second, OPINION),
      world.command(caseId, refuseExtension, { ...LEAD, username: 'third-lead' }, OPINION),
    ]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    const { extension } = (await world.case(caseId)).facts as { extension: { state: string } };
    const days = extension.state === 'approved' ? 12 : 7;
    expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ workingDays: days });
  });

  it('claimed and answered in one breath, long after the due day, says that it is late', async () => {
    const { caseId } = await world.startPush();
    await world.env.sleep(60 * DAY);
    const [claim, answer] = await Promise.all([
      world.command(caseId, claimPush, OFFICER, {}),
      world
        .command(caseId, feedBack, OFFICER, { outcome: 'not-applied' })
        .catch(async () => world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' })),
    ]);
    expect([claim.late, answer.late]).toEqual([true, true]);
    expect((await world.deadline(caseId, FEEDBACK)).breachedAt).not.toBeNull();
  });

  it('is suspended three times at most: a limit cannot be kept from ending', async () => {
    const { caseId } = await claimed();
    const before = await world.deadline(caseId, FEEDBACK);
    for (let time = 0; time < 3; time += 1) {
      await suspendPush(world, caseId);
      await world.command(caseId, resume, OFFICER, {});
    }
    const again = world.command(caseId, requestSuspension, OFFICER, SUSPENSION);
    expect((await refusalOf(again)).code).toBe('limit.suspended-too-often');
    // Each suspension ended on the day on which it began: no day was gained.
    expect((await world.deadline(caseId, FEEDBACK)).dueDate).toBe(before.dueDate);
    const suspension = (await world.audit(caseId)).find(({ action }) => action === 'suspend')!;
    expect(suspension.before).toMatchObject({ limits: [{ limitId: FEEDBACK, dueDate: before.dueDate }] });
  });
});

describe.skipIf(!inject('testServerPath'))('a case one of whose steps can never be recorded', () => {
  let world: CaseWorld;
  let isBroken = true;
  beforeAll(async () => {
    world = await CaseWorld.create({
      disturb: (own) => ({
        ...own,
        recordStep: (record) => {
          if (isBroken && record.action === 'claim') throw ApplicationFailure.nonRetryable('broken', 'InvalidRecord');
          return own.recordStep(record);
        },
      }),
    });
  });
  afterAll(() => world.close());

  it('fails visibly instead of running ahead of the database, from which it is restored', async () => {
    const { caseId, input } = await world.startPush();
    await expect(world.command(caseId, claimPush, OFFICER, {})).rejects.toThrow('Workflow Update failed');
    expect(await world.ended(caseId)).toBe('FAILED');
    expect(await world.case(caseId)).toMatchObject({ stage: 'pushed', status: 'open' });

    isBroken = false;
    // Started without an intake, so the database has no input for it.
    await world.handle.db.update(cases).set({ input }).where(eq(cases.caseId, caseId));
    const deps = { db: world.handle.db, client: world.env.client, clock: realClock, taskQueue: 'cases' };
    const found = [];
    for await (const one of restoreCases({ ...deps, settleMs: -DAY })) found.push(one);
    expect(found).toEqual([{ caseId, result: 'restored' }]);
    await world.begun(caseId);
    expect(await world.command(caseId, claimPush, OFFICER, {})).toMatchObject({ stage: 'claimed' });
  });
});
