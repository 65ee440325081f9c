/**
 * What a new calendar does to a running limit: to its supervision, to a date that is kept, and to a case that it does not
 * reach.
 */
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { publishCalendar } from '../../db/reference/calendar-publication.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { calendars, rungs } from '../../db/schema.ts';
import { addDays, endOfDay, isWeekend, isWorkingDay, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { withClosure } from '../../domain/clock/calendar-publication.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays, workingDaysBetween } from '../../domain/clock/deadlines.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { calendarChanged } from '../../workflows/messages.ts';
import { CaseWorld, LEAD, OFFICER } from '../support/case-world.ts';
import { approveExtension, EXTENSION, OPINION, requestExtension } from '../support/push-terms.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');

const { EventType } = proto.temporal.api.enums.v1;
const FEEDBACK = 'registrationPush.feedback';
const MINUTE = 60_000;

describe.skipIf(!inject('testServerPath'))('a new calendar', () => {
  let world: CaseWorld;
  let published = 0;
  beforeAll(async () => {
    world = await CaseWorld.create();
    // Announced so far ahead that every date here is firm, whenever the tests run.
    const { db } = world.handle;
    const announced = await currentCalendar(db);
    const validThrough = `${Number(announced.validThrough.slice(0, 4)) + 9}-12-31`;
    const content = { ...announced, version: 'long', validThrough };
    await db.insert(calendars).values({ version: 'long', validThrough, content });
  });
  afterAll(() => world.close());

  async function claimed() {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    return { caseId, workflow, limit: await world.deadline(caseId, FEEDBACK) };
  }

  function publish(restDays: LegalDate[], makeUpDays: LegalDate[] = []) {
    const declared = { restDays, makeUpDays, title: '临时放假', reason: '湘政办函' };
    const version = `test-${(published += 1)}`;
    const deps = { db: world.handle.db, clock: realClock };
    return publishCalendar(
      deps,
      { username: 'admin' },
      (one) => withClosure(one, declared, version),
      '湘政办函',
      false,
    );
  }

  const inForce = () => currentCalendar(world.handle.db);
  const until = (instant: number) => world.until(instant + SPREAD_MS + MINUTE);

  async function fired(caseId: string) {
    const rows = await world.handle.db.select().from(rungs).where(eq(rungs.caseId, caseId));
    return Object.fromEntries(rows.filter((row) => row.limitId === FEEDBACK).map((row) => [row.rung, row.dueAt]));
  }

  async function withoutTwoDaysAfterDue({ published: when }: { published: 'at once' | 'after the breach' }) {
    const { caseId, workflow, limit } = await claimed();
    if (when === 'after the breach') await until(endOfDay(limit.dueDate));
    const calendar = await inForce();
    const days = [1, 2].map((n) => addWorkingDays(calendar, limit.dueDate, n).due);
    const found = await publish(days);
    const supervision = addWorkingDays(await inForce(), limit.dueDate, 3).due;
    expect(supervision > limit.rungDates['due+3']!).toBe(true);
    return { caseId, workflow, limit, found, from: days[0]!, supervision };
  }

  /** What the case fired when its supervision was to open by the old calendar, and when by the new one. */
  async function supervisionOf(caseId: string, before: LegalDate, supervision: LegalDate) {
    await until(endOfDay(before));
    const early = await fired(caseId);
    await until(endOfDay(supervision));
    const audit = await world.audit(caseId);
    const times = audit.filter(({ action }) => action === 'rung:due+3').length;
    return { early: Object.keys(early).toSorted(), opened: (await fired(caseId))['due+3'], times };
  }
  const onTime = (supervision: LegalDate) => ({
    early: ['due', 'due-1', 'due-2'],
    opened: new Date(endOfDay(supervision)),
    times: 1,
  });

  it('puts supervision off where it takes working days after a due date that stays', async () => {
    const { caseId, workflow, limit, found, from, supervision } = await withoutTwoDaysAfterDue({
      published: 'at once',
    });
    const dates = { dueDate: limit.dueDate, provisional: false };
    expect(found.examples.filter((one) => one.caseId === caseId)).toEqual([
      {
        caseId,
        caseNo: expect.stringMatching(/^REG-/),
        // Started without an intake, so the database does not know the enterprise.
        enterpriseName: null,
        limitId: FEEDBACK,
        before: { ...dates, rungs: limit.rungDates },
        after: { ...dates, rungs: { ...limit.rungDates, 'due+3': supervision } },
      },
    ]);
    await workflow.signal(calendarChanged, found.version, from);
    expect(await supervisionOf(caseId, limit.rungDates['due+3']!, supervision)).toEqual(onTime(supervision));

    const moved = (await world.audit(caseId)).filter(({ action }) => action === 'deadline.reprojected');
    expect(moved).toHaveLength(1);
    expect(moved[0]).toMatchObject({
      before: { [FEEDBACK]: { dueDate: limit.dueDate, rungs: { 'due+3': limit.rungDates['due+3'] } } },
      after: {
        calendarVersion: found.version,
        [FEEDBACK]: { dueDate: limit.dueDate, rungs: { 'due+3': supervision } },
      },
    });
    // The last day did not move, so nobody is told that it did.
    expect((await world.notices(caseId)).map(({ topic }) => topic)).not.toContain(`${FEEDBACK}:moved`);
  });

  it.each(['at once', 'after the breach'] as const)(
    '%s puts supervision off though no signal told of it',
    async (when) => {
      const { caseId, limit, supervision } = await withoutTwoDaysAfterDue({ published: when });
      expect(await supervisionOf(caseId, limit.rungDates['due+3']!, supervision)).toEqual(onTime(supervision));
    },
  );

  it('declared on the very day moves what is due on it: nobody is in breach at its end', async () => {
    const { caseId, workflow, limit } = await claimed();
    await until(startOfDay(limit.dueDate) + 12 * 60 * MINUTE);
    const { version } = await publish([limit.dueDate]);
    await workflow.signal(calendarChanged, version, limit.dueDate);
    await until(endOfDay(limit.dueDate));
    expect(await fired(caseId)).not.toHaveProperty('due');
    const { dueDate, breachedAt } = await world.deadline(caseId, FEEDBACK);
    const next = addWorkingDays(await inForce(), limit.dueDate, 1).due;
    expect({ dueDate, breachedAt }).toEqual({ dueDate: next, breachedAt: null });
    await until(endOfDay(next));
    expect(await fired(caseId)).toMatchObject({ due: new Date(endOfDay(next)) });
  });

  async function keptDate() {
    const { caseId, workflow, limit } = await claimed();
    const calendar = await inForce();
    let weekend = addDays(limit.startDate, 1);
    // Neither a holiday, which cannot be declared worked, nor a weekend day that is worked already.
    while (isWorkingDay(calendar, weekend) || !isWeekend(weekend)) weekend = addDays(weekend, 1);
    expect(weekend < limit.dueDate).toBe(true);
    const { version } = await publish([], [weekend]);
    expect(addWorkingDays(await inForce(), limit.startDate, 7).due < limit.dueDate).toBe(true);
    await workflow.signal(calendarChanged, version, weekend);
    return { caseId, limit };
  }

  it('never brings a firm date forward: breach at its end, supervision three working days after it', async () => {
    const { caseId, limit } = await keptDate();
    await until(endOfDay(addWorkingDays(await inForce(), limit.dueDate, -1).due));
    expect(await fired(caseId)).not.toHaveProperty('due');
    const supervision = addWorkingDays(await inForce(), limit.dueDate, 3).due;
    await until(endOfDay(supervision));
    expect(await fired(caseId)).toMatchObject({
      due: new Date(endOfDay(limit.dueDate)),
      'due+3': new Date(endOfDay(supervision)),
    });
    const { dueDate, calendarVersion, breachedAt } = await world.deadline(caseId, FEEDBACK);
    expect({ dueDate, calendarVersion }).toEqual({ dueDate: limit.dueDate, calendarVersion: limit.calendarVersion });
    expect(breachedAt).toEqual(limit.dueAt);
  });

  it('leaves an extension of a date that was kept exactly its days', async () => {
    const { caseId, limit } = await keptDate();
    await world.command(caseId, requestExtension, OFFICER, EXTENSION);
    await world.command(caseId, approveExtension, LEAD, OPINION);
    const { dueDate } = await world.deadline(caseId, FEEDBACK);
    expect(workingDaysBetween(await inForce(), limit.dueDate, dueDate)).toBe(5);
  });

  /** What a signal left behind in history, once the case has handled it. */
  async function traceOf(workflow: WorkflowHandle, version: string, from?: LegalDate): Promise<(string | undefined)[]> {
    await workflow.signal(calendarChanged, version, from);
    for (;;) {
      const { events } = await workflow.fetchHistory();
      const types = (events ?? []).map(({ eventType }) => EventType[eventType!]);
      const after = types.slice(types.lastIndexOf('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') + 1);
      if (after.includes('EVENT_TYPE_WORKFLOW_TASK_COMPLETED')) return after;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const TASK = ['SCHEDULED', 'STARTED', 'COMPLETED'].map((one) => `EVENT_TYPE_WORKFLOW_TASK_${one}`);

  it('leaves nothing but its signal in a case whose ladder ends before its first day', async () => {
    const { workflow, limit } = await claimed();
    expect(await traceOf(workflow, 'far', addDays(limit.rungDates['due+3']!, 1))).toEqual(TASK);
  });

  it('leaves one query of the database in history if it reaches the ladder and moves nothing', async () => {
    const { workflow, limit } = await claimed();
    const trace = await traceOf(workflow, 'near', limit.rungDates['due+3']);
    expect(trace).toEqual([...TASK, 'EVENT_TYPE_MARKER_RECORDED']);
  });
});
