/** 中止与延期, and dates that a new calendar moves. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { calendars } from '../../db/schema.ts';
import { addDays, isWeekend, isWorkingDay, legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { supervisionId } from '../../domain/case/id.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { calendarChanged } from '../../workflows/messages.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { actor, CaseWorld, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import {
  approveExtension,
  EXTENSION,
  OPINION,
  refuseExtension,
  requestExtension,
  refuseSuspension,
  requestSuspension,
  resume,
  suspend,
  SUSPENSION,
  suspendPush,
} from '../support/push-terms.ts';
import { refusalOf } from '../support/refusal.ts';

const claimPush = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');

const FEEDBACK = 'registrationPush.feedback';
const SECOND_LEAD = { ...LEAD, username: 'second-lead' };

describe.skipIf(!inject('testServerPath'))('a running limit', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function claimed() {
    const { caseId, workflow } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    return { caseId, workflow, due: await world.deadline(caseId, FEEDBACK) };
  }

  const feedbackRungs = async (caseId: string) =>
    (await world.rungs(caseId)).filter((rung) => rung.startsWith(FEEDBACK)).map((rung) => rung.split(' ')[1]);

  describe('that is suspended (中止)', () => {
    it('fires no rung however long it lasts, and goes on with the working days that were left', async () => {
      const { caseId, due } = await claimed();
      await suspendPush(world, caseId);
      await world.env.sleep(60 * DAY);
      expect(await feedbackRungs(caseId)).toEqual([]);
      expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toBeNull();

      await world.command(caseId, resume, OFFICER, {});
      const resumed = await world.deadline(caseId, FEEDBACK);
      expect(resumed.suspendedAt).toBeNull();
      expect(resumed.pauses).toHaveLength(1);
      expect(resumed.dueDate > due.dueDate).toBe(true);
      expect((await world.case(caseId)).dueAt).toEqual(resumed.dueAt);

      await world.env.sleep(60 * DAY);
      expect(await feedbackRungs(caseId)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
      expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(resumed.dueAt);
    });

    it('is not forgotten: who does not resume it in time is reminded, and supervised', async () => {
      const { caseId } = await claimed();
      await suspendPush(world, caseId);
      const resumption = await world.deadline(caseId, 'registrationPush.resumption');
      expect(resumption).toMatchObject({ kind: 'norm', workingDays: 20 });
      expect((await world.case(caseId)).dueAt).toEqual(resumption.dueAt);
      await world.env.sleep(60 * DAY);
      const fired = (await world.rungs(caseId)).filter((rung) => rung.startsWith('registrationPush.resumption'));
      expect(fired.map((rung) => rung.split(' ')[1])).toEqual(['due-1', 'due', 'due+3']);
      await world.begun(supervisionId(caseId, 'registrationPush.resumption'));
      // And again, after another suspension.
      await world.command(caseId, resume, OFFICER, {});
      await suspendPush(world, caseId);
      await world.env.sleep(60 * DAY);
      await world.begun(supervisionId(caseId, 'registrationPush.resumption', 2));
      // If it is resumed in time, nobody is told.
      const { caseId: other } = await claimed();
      await suspendPush(world, other);
      await world.command(other, resume, OFFICER, {});
      expect((await world.deadline(other, 'registrationPush.resumption')).settledAt).not.toBeNull();
    });

    it('goes on at the rung that it had reached, and fires none twice', async () => {
      const { caseId, due } = await claimed();
      const morningBeforeDue = due.dueAt.getTime() - 2 * DAY;
      await world.env.sleep(Math.max(morningBeforeDue - (await world.now()), 0));
      const before = await feedbackRungs(caseId);
      expect(before).toContain('due-2');
      await suspendPush(world, caseId);
      await world.env.sleep(20 * DAY);
      await world.command(caseId, resume, OFFICER, {});
      await world.env.sleep(40 * DAY);
      expect(await feedbackRungs(caseId)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
    });

    it('may be fulfilled all the same, in time', async () => {
      const { caseId } = await claimed();
      await suspendPush(world, caseId);
      await world.env.sleep(60 * DAY);
      const result = await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
      expect(result).toMatchObject({ stage: 'fedBack', late: false });
    });

    it('is not suspended twice, nor resumed while it runs, nor by another department, nor after it has passed', async () => {
      const { caseId } = await claimed();
      const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
      expect(await code(world.command(caseId, resume, OFFICER, {}))).toBe('limit.not-suspended');
      const other = actor('department-officer', 'health');
      expect(await code(world.command(caseId, requestSuspension, other, SUSPENSION))).toBe('access.denied');
      await suspendPush(world, caseId);
      expect(await code(world.command(caseId, requestSuspension, OFFICER, SUSPENSION))).toBe('limit.suspended');
      await world.command(caseId, resume, OFFICER, {});
      await world.command(caseId, requestSuspension, OFFICER, SUSPENSION);
      await world.env.sleep(40 * DAY);
      expect(await code(world.command(caseId, suspend, LEAD, OPINION))).toBe('limit.lapsed');
    });

    it('is suspended for a closed reason only, once a lead agrees who has not asked for it (第十七条：及时反馈)', async () => {
      const { caseId, due } = await claimed();
      const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
      expect(await code(world.command(caseId, suspend, LEAD, OPINION))).toBe('suspension.not-requested');
      const review = { reasonCode: 'expert-review' };
      expect(await code(world.command(caseId, requestSuspension, OFFICER, review))).toBe('input.invalid');
      await world.command(caseId, requestSuspension, LEAD, SUSPENSION);
      expect(await code(world.command(caseId, requestSuspension, OFFICER, SUSPENSION))).toBe(
        'suspension.already-requested',
      );
      expect((await world.deadline(caseId, FEEDBACK)).suspendedAt).toBeNull();
      expect(await code(world.command(caseId, suspend, LEAD, OPINION))).toBe('review.same-person');
      expect(await code(world.command(caseId, suspend, OFFICER, OPINION))).toBe('access.denied');
      await world.command(caseId, refuseSuspension, SECOND_LEAD, OPINION);
      expect(await code(world.command(caseId, suspend, SECOND_LEAD, OPINION))).toBe('suspension.not-requested');
      expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ dueDate: due.dueDate, suspendedAt: null });
      // Refused once, it may be asked for again.
      await world.command(caseId, requestSuspension, LEAD, SUSPENSION);
      await world.command(caseId, suspend, SECOND_LEAD, OPINION);
      expect((await world.deadline(caseId, FEEDBACK)).suspendedAt).not.toBeNull();
      const topics = (await world.notices(caseId)).map((notice) => notice.topic);
      expect(topics).toEqual(expect.arrayContaining(['suspension.requested', 'suspension.refused', 'limit.suspended']));
    });
  });

  describe('that is extended (延期)', () => {
    it('by a second person gets exactly the working days asked for, and reminders of its own', async () => {
      const { caseId, due } = await claimed();
      // After the first reminder of the old term.
      await world.env.sleep(due.dueAt.getTime() - 2 * DAY - (await world.now()));
      await world.command(caseId, requestExtension, OFFICER, EXTENSION);
      expect((await world.deadline(caseId, FEEDBACK)).dueDate).toBe(due.dueDate);
      await world.command(caseId, approveExtension, LEAD, OPINION);
      const extended = await world.deadline(caseId, FEEDBACK);
      expect(extended).toMatchObject({ workingDays: 12, ladder: 2 });
      await world.env.sleep(60 * DAY);
      const rungs = await feedbackRungs(caseId);
      expect(rungs.slice(-4)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
      expect(rungs.filter((rung) => rung === 'due')).toHaveLength(1);
      expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(extended.dueAt);
      const topics = (await world.notices(caseId)).map((notice) => notice.topic);
      expect(topics).toEqual(expect.arrayContaining(['extension.requested', 'extension.approved']));
    });

    it('by a day on its last day sends no reminder whose day lies behind, and is breached and supervised all the same', async () => {
      const { caseId, due } = await claimed();
      await world.env.sleep(due.dueAt.getTime() - 3_600_000 - (await world.now()));
      await world.command(caseId, requestExtension, OFFICER, { ...EXTENSION, workingDays: 1 });
      await world.command(caseId, approveExtension, LEAD, OPINION);
      expect(await feedbackRungs(caseId)).toEqual(['due-2', 'due-1']);
      await world.env.sleep(60 * DAY);
      expect(await feedbackRungs(caseId)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
      const told = (await world.notices(caseId)).map(({ topic }) => topic);
      expect(told.filter((topic) => topic === `${FEEDBACK}:due-1`)).toHaveLength(1);
      await world.begun(supervisionId(caseId, FEEDBACK, 2));
    });

    it('while it is suspended keeps the reminders that lie ahead once it is resumed', async () => {
      const { caseId } = await claimed();
      await world.command(caseId, requestExtension, OFFICER, EXTENSION);
      await suspendPush(world, caseId);
      await world.env.sleep(60 * DAY);
      await world.command(caseId, approveExtension, LEAD, OPINION);
      await world.command(caseId, resume, OFFICER, {});
      await world.env.sleep(60 * DAY);
      expect(await feedbackRungs(caseId)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
    });

    it('is not approved by whoever asked, nor by an officer, nor asked for twice, nor beyond its bound', async () => {
      const { caseId, due } = await claimed();
      const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
      expect(await code(world.command(caseId, approveExtension, LEAD, OPINION))).toBe('extension.not-requested');
      expect(await code(world.command(caseId, requestExtension, LEAD, { ...EXTENSION, workingDays: 11 }))).toBe(
        'input.invalid',
      );
      await world.command(caseId, requestExtension, LEAD, EXTENSION);
      expect(await code(world.command(caseId, requestExtension, LEAD, EXTENSION))).toBe('extension.already-requested');
      expect(await code(world.command(caseId, approveExtension, LEAD, OPINION))).toBe('review.same-person');
      expect(await code(world.command(caseId, approveExtension, OFFICER, OPINION))).toBe('access.denied');
      await world.command(caseId, refuseExtension, SECOND_LEAD, OPINION);
      expect(await code(world.command(caseId, approveExtension, SECOND_LEAD, OPINION))).toBe('extension.not-requested');
      expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ dueDate: due.dueDate, workingDays: 7 });
    });

    it('is not approved once the limit has passed: a breach is not undone', async () => {
      const { caseId, due } = await claimed();
      await world.command(caseId, requestExtension, OFFICER, EXTENSION);
      await world.env.sleep(due.dueAt.getTime() - (await world.now()) + SPREAD_MS + 60_000);
      expect((await refusalOf(world.command(caseId, approveExtension, LEAD, OPINION))).code).toBe('limit.lapsed');
      expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(due.dueAt);
    });
  });

  // Last, because a calendar affects every case.
  describe('when a new calendar is loaded', () => {
    /** Publishes the built-in calendar with a change. */
    async function load(version: string, day: string, change: (calendar: WorkCalendar) => Partial<WorkCalendar>) {
      const loaded = await world.handle.db.select().from(calendars);
      const calendar = workCalendarSchema.parse(loaded.find((row) => row.version === 'cn-2026.1')!.content);
      const last = [day, ...loaded.map((row) => row.validThrough)].sort().at(-1)!;
      const validThrough = addDays(last, 1);
      const content = { ...calendar, ...change(calendar), version, validThrough };
      await world.handle.db.insert(calendars).values({ version, validThrough, content });
    }

    const loadWithHoliday = (day: string, version: string) =>
      load(version, day, ({ holidays }) => ({ holidays: { ...holidays, [day]: '临时放假' } }));

    it('keeps a date that it would bring forward, and an extension adds to the date that was kept', async () => {
      // Far beyond the limit, so that its date is firm.
      const horizon = addDays(legalDateOf(await world.now()), 60);
      await load('test-firm', horizon, () => ({}));
      const { caseId, workflow, due } = await claimed();
      expect(due.provisional).toBe(false);
      const calendar = await currentCalendar(world.handle.db);
      let saturday = addDays(due.startDate, 1);
      // One that is not worked already.
      while (!isWeekend(saturday) || isWorkingDay(calendar, saturday)) saturday = addDays(saturday, 1);
      const version = `test-makeup-${saturday}`;
      await load(version, addDays(horizon, 1), ({ makeUpDays }) => ({ makeUpDays: [...makeUpDays, saturday] }));
      await workflow.signal(calendarChanged, version);
      await world.command(caseId, requestExtension, OFFICER, { ...EXTENSION, workingDays: 1 });
      expect((await world.deadline(caseId, FEEDBACK)).dueDate).toBe(due.dueDate);
      await world.command(caseId, approveExtension, LEAD, OPINION);
      expect((await world.deadline(caseId, FEEDBACK)).dueDate > due.dueDate).toBe(true);
    });

    it('moves by the signal, keeps both dates on record, tells the holder, and the timer waits for the new date', async () => {
      const { caseId, workflow, due } = await claimed();
      await loadWithHoliday(due.dueDate, `test-${due.dueDate}`);
      await workflow.signal(calendarChanged, `test-${due.dueDate}`);
      // The same signal again changes nothing.
      await workflow.signal(calendarChanged, `test-${due.dueDate}`);
      await suspendPush(world, caseId);
      await world.command(caseId, resume, OFFICER, {});

      const moved = await world.deadline(caseId, FEEDBACK);
      expect(moved.dueDate > due.dueDate).toBe(true);
      expect(moved.calendarVersion).toBe(`test-${due.dueDate}`);
      const entries = (await world.audit(caseId)).filter((entry) => entry.action === 'deadline.reprojected');
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        before: { [FEEDBACK]: { dueDate: due.dueDate } },
        after: { [FEEDBACK]: { calendarVersion: `test-${due.dueDate}` } },
      });
      expect((await world.notices(caseId)).filter((notice) => notice.topic === `${FEEDBACK}:moved`)).toHaveLength(1);

      await world.env.sleep(due.dueAt.getTime() - (await world.now()) + SPREAD_MS + 60_000);
      expect(await feedbackRungs(caseId)).not.toContain('due');
    });
  });
});
