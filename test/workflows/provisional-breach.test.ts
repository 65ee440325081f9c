/** A breach of a provisional date, and the calendar that is announced after it. */
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createCaseRecords } from '../../activities/case-records.ts';
import { forgiveSettled } from '../../activities/forgiving.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { calendars } from '../../db/schema.ts';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import { addDays, endOfDay, isWeekend, type LegalDate } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { supervisionId } from '../../domain/case/id.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { calendarChanged } from '../../workflows/messages.ts';
import { CaseWorld, DAY, OFFICER } from '../support/case-world.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');

const FEEDBACK = 'registrationPush.feedback';
const MINUTE = 60_000;
const ANSWER = { outcome: 'not-applied' } as const;

describe.skipIf(!inject('testServerPath'))('a breach by a provisional date', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const until = (instant: number) => world.until(instant + SPREAD_MS + MINUTE);

  /** A push whose last day no calendar has announced, a minute after that day ended without any action. */
  async function breached() {
    const { validThrough } = await currentCalendar(world.handle.db);
    await until(endOfDay(validThrough));
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    const limit = await world.deadline(caseId, FEEDBACK);
    expect(limit.provisional).toBe(true);
    await until(endOfDay(limit.dueDate));
    expect(await world.rungs(caseId)).toContain(`${FEEDBACK} due`);
    expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(limit.dueAt);
    return { caseId, workflow, limit };
  }

  /** The last day turns out to be a holiday, and so do the days after it. */
  async function announce(dueDate: LegalDate): Promise<string> {
    const before = await currentCalendar(world.handle.db);
    const rest = [0, 1, 2, 3].map((n) => addDays(dueDate, n)).filter((day) => !isWeekend(day));
    const holidays = { ...before.holidays, ...Object.fromEntries(rest.map((day) => [day, '放假'])) };
    const [version, validThrough] = [`announced-${dueDate}`, addDays(dueDate, 30)];
    const content = { ...before, version, validThrough, holidays };
    await world.handle.db.insert(calendars).values({ version, validThrough, content });
    return version;
  }

  async function withdrawn() {
    const { caseId, workflow, limit } = await breached();
    await tell(workflow, caseId, await announce(limit.dueDate));
    const moved = await world.deadline(caseId, FEEDBACK);
    expect(moved.dueDate > limit.dueDate).toBe(true);
    return { caseId, limit, moved };
  }

  async function tell(workflow: WorkflowHandle, caseId: string, version: string): Promise<void> {
    await workflow.signal(calendarChanged, version);
    await world.begun(caseId, (await world.case(caseId)).step + 1);
  }

  const assessed = async (caseId: string) =>
    factsOfCase((await world.audit(caseId)).map(({ at, ...row }) => ({ ...row, at: at.getTime() }))).filter(
      (fact) => fact.fact === 'duty' && fact.limitId === FEEDBACK,
    );

  it('is taken back where the day turns out to lie ahead, and what is done by it is in time', async () => {
    const { caseId, limit, moved } = await withdrawn();
    expect(moved).toMatchObject({ breachedAt: null, provisional: false, ladder: 2 });
    expect((await world.case(caseId)).breachedAt).toBeNull();
    const [entry] = (await world.audit(caseId)).filter(({ action }) => action === 'breach.withdrawn');
    expect(entry).toMatchObject({ after: { limitId: FEEDBACK, dueAt: limit.dueAt.toISOString() } });
    const told = (await world.notices(caseId)).filter(({ topic }) => topic === `${FEEDBACK}:moved`);
    expect(told.map(({ departmentCode, role }) => departmentCode ?? role)).toEqual([
      OFFICER.departmentCode,
      'supervisor',
    ]);
    for (const { body } of told) expect(body).toContain('逾期已撤销');
    expect(await assessed(caseId)).toEqual([]);

    expect(await world.command(caseId, feedBack, OFFICER, ANSWER)).toMatchObject({ late: false });
    expect(await assessed(caseId)).toMatchObject([{ late: false }]);
  });

  it('is recorded anew at the end of the new day, and supervised three working days after it', async () => {
    const { caseId, limit, moved } = await withdrawn();
    await until(endOfDay(addDays(moved.dueDate, 7)));
    const again = await world.deadline(caseId, FEEDBACK);
    expect(again.breachedAt).toEqual(new Date(endOfDay(moved.dueDate)));
    expect(again.breachedAt).not.toEqual(limit.dueAt);
    expect((await world.rungs(caseId)).filter((one) => one === `${FEEDBACK} due`)).toHaveLength(2);
    // The working day before both is the same: its reminder is not given again.
    expect((await world.rungs(caseId)).filter((one) => one === `${FEEDBACK} due-1`)).toHaveLength(1);
    await world.begun(supervisionId(caseId, FEEDBACK, again.ladder));
    expect(await assessed(caseId)).toMatchObject([{ late: true }]);
    expect(await world.command(caseId, feedBack, OFFICER, ANSWER)).toMatchObject({ late: true });
  });

  /** Counts settled limits again, as the rollout does when all running cases have been told. */
  const forgive = async ({ dueDate }: { dueDate: LegalDate }) =>
    forgiveSettled({ db: world.handle.db, clock: realClock }, dueDate, new Date(await world.now()));

  it('is taken back where the limit was settled a minute late, in record and assessment, once', async () => {
    const { caseId, limit } = await breached();
    expect(await world.command(caseId, feedBack, OFFICER, ANSWER)).toMatchObject({ late: true });
    expect(await assessed(caseId)).toMatchObject([{ late: true }]);
    await announce(limit.dueDate);
    expect(await forgive(limit)).toBe(1);
    expect(await forgive(limit)).toBe(0);
    const settled = await world.deadline(caseId, FEEDBACK);
    expect(settled).toMatchObject({ breachedAt: null, ladder: limit.ladder });
    expect(settled.dueDate > limit.dueDate).toBe(true);
    expect(await world.case(caseId)).toMatchObject({ status: 'closed', breachedAt: null });
    expect(await assessed(caseId)).toMatchObject([{ late: false, usedDays: 6 }]);
    const told = (await world.notices(caseId)).filter(({ topic }) => topic === `${FEEDBACK}:moved`);
    expect(told.map(({ body }) => body)).toEqual([
      expect.stringContaining('逾期已撤销'),
      expect.stringContaining('逾期已撤销'),
    ]);
  });

  it('stays where the limit was settled after the new last day, too', async () => {
    const { caseId, limit } = await breached();
    await world.env.sleep(12 * DAY);
    await world.command(caseId, feedBack, OFFICER, ANSWER);
    await announce(limit.dueDate);
    expect(await forgive(limit)).toBe(0);
    expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(limit.dueAt);
    expect(await assessed(caseId)).toMatchObject([{ late: true }]);
  });

  it('of a term before which the limit began again is taken back, and the present term is left alone', async () => {
    const { caseId, limit } = await breached();
    await world.command(caseId, feedBack, OFFICER, ANSWER);
    const at = await world.now();
    const step = { caseId, token: 'again', action: 'again', actor: OFFICER, article: '第七条', at, facts: {} };
    const stage = { before: 'fedBack', after: 'fedBack' };
    const limits = [{ limitId: FEEDBACK, change: 'arm', startedAt: at } as const];
    const records = createCaseRecords({ db: world.handle.db, clock: realClock });
    await records.recordStep({ ...step, stage, limits, notify: [], effects: [], followUps: [] });
    const again = await world.deadline(caseId, FEEDBACK);
    await announce(limit.dueDate);
    expect(await forgive(limit)).toBe(1);
    expect(await world.deadline(caseId, FEEDBACK)).toEqual({ ...again, breachedAt: null });
    expect(await assessed(caseId)).toMatchObject([{ late: false }]);
  });

  it('is taken back by the next timer, where no signal told of the calendar', async () => {
    const { caseId, limit } = await breached();
    await announce(limit.dueDate);
    await world.env.sleep(3 * DAY);
    const late = async () => (await world.audit(caseId)).filter(({ action }) => action === 'breach.withdrawn');
    while ((await late()).length === 0) await world.env.sleep(DAY);
    expect((await world.case(caseId)).breachedAt).toBeNull();
    expect(await world.command(caseId, feedBack, OFFICER, ANSWER)).toMatchObject({ late: false });
  });
});
