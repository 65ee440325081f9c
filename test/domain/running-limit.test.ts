import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, endOfDay, isWeekend, isWorkingDay, startOfDay } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import type { LegalDate, WorkCalendar } from '../../domain/clock/calendar.ts';
import { acceleratedClock, realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays, explainTerm, planLimit, workingDaysBetween } from '../../domain/clock/deadlines.ts';
import type { DeadlinePlan } from '../../domain/clock/deadlines.ts';
import { LIMITS, RUNGS, type LimitId } from '../../domain/clock/limits.ts';
import {
  extended,
  isMoved,
  isRecounted,
  planRunning,
  resumed,
  rungDatesOf,
  suspended,
  type RunningLimit,
} from '../../domain/clock/running-limit.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const announced = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
/** As if 2027 were announced, without holidays except those that a test declares. */
const calendar: WorkCalendar = { ...announced, version: 'cn-2027.1', validThrough: '2027-12-31' };
const FEEDBACK = LIMITS['registrationPush.feedback'];

interface Days {
  rest?: readonly LegalDate[];
  worked?: readonly LegalDate[];
}

/** The calendar with some days changed. A weekday declared as worked is no longer a holiday. */
function declare(before: WorkCalendar, version: string, { rest = [], worked = [] }: Days): WorkCalendar {
  const kept = Object.entries(before.holidays).filter(([day]) => !worked.includes(day));
  const added = rest.filter((day) => !isWeekend(day)).map((day) => [day, '放假']);
  const makeUpDays = new Set([...before.makeUpDays, ...worked.filter((day) => isWeekend(day))]);
  return workCalendarSchema.parse({
    ...before,
    version,
    holidays: Object.fromEntries([...kept, ...added]),
    makeUpDays: [...makeUpDays].filter((day) => !rest.includes(day)),
  });
}

const onRecord = (limit: Omit<RunningLimit, 'rungDates' | keyof ReturnType<typeof dated>>, plan: DeadlinePlan) => ({
  ...limit,
  ...dated(plan),
});
const dated = (plan: DeadlinePlan) => ({
  dueDate: plan.dueDate,
  provisional: plan.provisional,
  calendarVersion: plan.calendarVersion,
  rungDates: rungDatesOf(plan),
});

function begun(by: WorkCalendar, startDate: LegalDate, limit = FEEDBACK as (typeof LIMITS)[LimitId]): RunningLimit {
  const plan = planLimit(by, limit, startOfDay(startDate) + 36_000_000, realClock);
  return onRecord({ startDate, workingDays: limit.workingDays, pauses: [], rungs: limit.ladder }, plan);
}

const planned = (by: WorkCalendar, limit: RunningLimit, today = limit.startDate) =>
  planRunning(by, limit, realClock, today);

const dateOf = (plan: DeadlinePlan, rung: string) => plan.rungs.find((one) => one.rung === rung)?.date;

describe('supervision', () => {
  test('opens three working days after a firm due date by the calendar in force, though the date stays', () => {
    const limit = begun(calendar, '2027-06-11');
    expect(limit).toMatchObject({ dueDate: '2027-06-22', provisional: false, rungDates: { 'due+3': '2027-06-25' } });
    const closed = declare(calendar, 'x', { rest: ['2027-06-24', '2027-06-25', '2027-06-28'] });
    const plan = planned(closed, limit);
    expect(plan.dueDate).toBe('2027-06-22');
    expect(plan.rungs.find(({ rung }) => rung === 'due+3')).toEqual({
      rung: 'due+3',
      date: '2027-06-30',
      at: endOfDay('2027-06-30'),
    });
    expect([isMoved(limit, plan), isRecounted(limit, plan)]).toEqual([false, true]);
  });

  test.each([
    ['2026-12-18', '2026-12-29', '2027-01-04'],
    ['2026-12-21', '2026-12-30', '2027-01-05'],
    ['2026-12-22', '2026-12-31', '2027-01-06'],
  ])('of an event of %s, due %s, waits for the New Year of a notice yet to come: %s', (start, dueDate, supervision) => {
    const limit = begun(announced, start);
    expect(limit).toMatchObject({ dueDate, provisional: false });
    expect(limit.rungDates['due+3']! < supervision).toBe(true);
    const plan = planned(declare(calendar, 'x', { rest: ['2027-01-01'] }), limit);
    expect([plan.dueDate, dateOf(plan, 'due+3'), isRecounted(limit, plan)]).toEqual([dueDate, supervision, true]);
  });
});

describe('a firm date that a new calendar counts earlier', () => {
  const limit = begun(calendar, '2027-07-09');
  const worked = declare(calendar, 'x', { worked: ['2027-07-17', '2027-07-24'] });
  const plan = planned(worked, limit);

  test('is kept, under the version by which it was counted, and the ladder follows it', () => {
    expect([limit.dueDate, addWorkingDays(worked, '2027-07-09', 7).due]).toEqual(['2027-07-20', '2027-07-19']);
    expect(plan).toMatchObject({ dueDate: '2027-07-20', calendarVersion: 'cn-2027.1', dueAt: endOfDay('2027-07-20') });
    expect(rungDatesOf(plan)).toEqual({
      'due-2': '2027-07-17',
      'due-1': '2027-07-19',
      due: '2027-07-20',
      'due+3': '2027-07-23',
    });
  });

  test('and an extension begins after it, by exactly its days', () => {
    const more = planned(worked, extended(worked, limit, 5));
    expect(workingDaysBetween(worked, '2027-07-20', more.dueDate)).toBe(5);
  });

  test('unlike it, a provisional date may be brought forward, and an extension adds nothing to its days', () => {
    const assumed = { ...limit, provisional: true };
    expect(planned(worked, assumed)).toMatchObject({ dueDate: '2027-07-19', calendarVersion: 'x' });
    expect(extended(worked, assumed, 5).workingDays).toBe(12);
  });

  test('a provisional date moves to the day of loading at the earliest; if that has passed, it is kept and becomes firm', () => {
    const assumed = { ...limit, provisional: true };
    expect(planned(worked, assumed, '2027-07-19')).toMatchObject({ dueDate: '2027-07-19', provisional: false });
    expect(planned(worked, assumed, '2027-07-20')).toMatchObject({
      dueDate: '2027-07-20',
      calendarVersion: 'cn-2027.1',
      provisional: false,
    });
  });
});

test('a limit without a working day left, suspended before its last day has passed, is not late when it runs on', () => {
  // The seven days end on 12 March, by a make-up Saturday and a rest day on the last day, which stays.
  const changed = declare(calendar, 'x', { rest: ['2027-03-15'], worked: ['2027-03-06'] });
  const limit = begun(calendar, '2027-03-04');
  const kept = onRecord(limit, planned(changed, limit));
  expect([limit.dueDate, kept.dueDate, addWorkingDays(changed, '2027-03-04', 7).due]).toEqual([
    '2027-03-15',
    '2027-03-15',
    '2027-03-12',
  ]);
  const paused = suspended(changed, kept, '2027-03-14');
  const first = resumed(changed, paused, '2027-03-16');
  const plan = planned(changed, first, '2027-03-16');
  expect(plan).toMatchObject({ dueDate: '2027-03-16', provisional: false });
  // Another pause within the day adds nothing.
  const again = resumed(changed, suspended(changed, onRecord(first, plan), '2027-03-16'), '2027-03-18');
  expect(planned(changed, again, '2027-03-18').dueDate).toBe('2027-03-18');
});

test('a limit that is extended while it is suspended gains exactly the days asked for, whatever is announced meanwhile', () => {
  const limit = suspended(calendar, begun(calendar, '2027-07-09'), '2027-07-14');
  const worked = declare(calendar, 'x', { worked: ['2027-07-17'] });
  // Recounted as if resumed at once, the date would come earlier. The date is kept, but the pause must not give days
  // away.
  expect(planned(worked, limit).dueDate).toBe(limit.dueDate);
  const longer = extended(worked, limit, 5);
  expect(longer.workingDays).toBe(12);
  const { dueDate } = planned(worked, resumed(worked, longer, '2027-08-02'));
  // Two whole days had passed before the suspension.
  expect(workingDaysBetween(worked, '2027-08-02', dueDate)).toBe(10);
});

const anyStart = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2027-03-01', n));
const anyLimit = fc.constantFrom(...Object.values(LIMITS));
/** Days that a calendar changes, counted from a start; a day may be changed again. */
const anyDays = fc.record({
  rest: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
  worked: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
});
type AnyDays = { rest: number[]; worked: number[] };

/** Only days after `after`, because the past is never rewritten. */
const declared = (start: LegalDate, { rest, worked }: AnyDays, after = start): Days => ({
  rest: rest.map((n) => addDays(start, n)).filter((day) => day > after),
  worked: worked
    .filter((n) => !rest.includes(n))
    .map((n) => addDays(start, n))
    .filter((day) => day > after),
});

describe('under any calendar', () => {
  test('a limit that begins has the plan of its row, on any clock', () => {
    fc.assert(
      fc.property(anyStart, anyLimit, fc.option(fc.integer({ min: 1, max: 600 })), (startDate, limit, seconds) => {
        fc.pre(isWorkingDay(calendar, startDate));
        const anchor = startOfDay(startDate) + 1000;
        const clock =
          seconds === null ? realClock : acceleratedClock({ anchor, secondsPerWorkingDay: seconds, calendar });
        const plan = planLimit(calendar, limit, anchor, clock);
        const row = onRecord({ startDate, workingDays: limit.workingDays, pauses: [], rungs: limit.ladder }, plan);
        expect(planRunning(calendar, row, clock, startDate)).toEqual(plan);
        expect(isRecounted(row, plan)).toBe(false);
      }),
    );
  });

  test('no firm date comes earlier, and each rung keeps its distance from the date that holds', () => {
    fc.assert(
      fc.property(anyStart, anyLimit, anyDays, fc.boolean(), (startDate, one, days, provisional) => {
        const limit = { ...begun(calendar, startDate, one), provisional };
        const after = declare(calendar, 'x', declared(startDate, days));
        const plan = planned(after, limit);
        const counted = addWorkingDays(after, startDate, one.workingDays).due;
        const kept = !provisional && counted < limit.dueDate;
        expect(plan.dueDate).toBe(kept ? limit.dueDate : counted);
        expect(plan.calendarVersion).toBe(kept ? calendar.version : 'x');
        for (const { rung, date, at } of plan.rungs) {
          const { offset } = RUNGS[rung];
          expect(date).toBe(addWorkingDays(after, plan.dueDate, offset).due);
          if (offset >= 0) expect(at).toBe(endOfDay(date));
        }
        expect(plan.rungs.map(({ at }) => at)).toEqual(plan.rungs.map(({ at }) => at).toSorted((a, b) => a - b));
        // Once stored, it is not recounted again.
        expect(isRecounted(onRecord(limit, plan), planned(after, onRecord(limit, plan)))).toBe(false);
      }),
    );
  });

  test('no date moves to before the day of loading', () => {
    const anyDelay = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(anyStart, anyLimit, anyDays, anyDelay, fc.boolean(), (startDate, one, days, delay, provisional) => {
        const limit = { ...begun(calendar, startDate, one), provisional };
        const today = addDays(startDate, delay);
        const after = declare(calendar, 'x', declared(startDate, days));
        const plan = planned(after, limit, today);
        const earliest = limit.dueDate < today ? limit.dueDate : today;
        expect(plan.dueDate >= earliest).toBe(true);
        if (!provisional) expect(plan.dueDate >= limit.dueDate).toBe(true);
        // The result holds on every later day.
        const row = onRecord(limit, plan);
        for (const later of [1, 9]) expect(isRecounted(row, planned(after, row, addDays(today, later)))).toBe(false);
      }),
    );
  });

  test('a ladder that ends before the first day that differs is not counted again', () => {
    fc.assert(
      fc.property(anyStart, anyLimit, anyDays, (startDate, one, days) => {
        const limit = begun(calendar, startDate, one);
        const end = [limit.dueDate, ...Object.values(limit.rungDates)].toSorted().at(-1)!;
        const after = declare(calendar, 'x', declared(startDate, days, end));
        expect(isRecounted(limit, planned(after, limit))).toBe(false);
      }),
    );
  });
});

describe('whatever befalls a limit', () => {
  const befalls = fc.array(
    fc.record({
      what: fc.constantFrom('calendar', 'extension', 'pause'),
      afterDays: fc.integer({ min: 0, max: 6 }),
      lasting: fc.integer({ min: 0, max: 9 }),
      days: anyDays,
      more: fc.integer({ min: 1, max: 10 }),
    }),
    { maxLength: 6 },
  );
  type Befalls = typeof befalls extends fc.Arbitrary<infer T> ? T : never;

  interface Life {
    limit: RunningLimit;
    calendars: Map<string, WorkCalendar>;
    inForce: WorkCalendar;
    today: LegalDate;
  }

  /** Publishes a new calendar and counts the limit by it, as on its signal. */
  function publish(life: Life, days: AnyDays): void {
    const version = `v${life.calendars.size}`;
    life.inForce = declare(life.inForce, version, declared(life.today, days));
    life.calendars.set(version, life.inForce);
    const plan = planned(life.inForce, life.limit, life.today);
    if (isRecounted(life.limit, plan)) life.limit = onRecord(life.limit, plan);
  }

  function restate(life: Life, limit: RunningLimit): void {
    life.limit = onRecord(limit, planned(life.inForce, limit, life.today));
  }

  function pause(life: Life, lasting: number, days: AnyDays): void {
    const from = life.today;
    // The day of suspension does not count, so it remains; nor does the day on which the days began to run, which a pause
    // within one day does not change.
    const runsFrom = life.limit.pauses.findLast((one) => one.from !== one.until)?.until ?? life.limit.startDate;
    const before = addDays(from, -1);
    const left = workingDaysBetween(life.inForce, before < runsFrom ? runsFrom : before, life.limit.dueDate);
    const firm = life.limit.dueDate;
    life.limit = suspended(life.inForce, life.limit, from);
    explains(life);
    publish(life, days);
    life.today = addDays(from, lasting);
    restate(life, resumed(life.inForce, life.limit, life.today));
    if (lasting === 0) return;
    const after = workingDaysBetween(life.inForce, life.today, life.limit.dueDate);
    expect(after).toBeGreaterThanOrEqual(left);
    if (life.limit.dueDate > firm && days.rest.length === 0) expect(after).toBe(left);
  }

  function extend(life: Life, more: number): void {
    const { dueDate } = life.limit;
    restate(life, extended(life.inForce, life.limit, more));
    expect(workingDaysBetween(life.inForce, dueDate, life.limit.dueDate)).toBe(more);
  }

  /** Counting by the calendar that the row names ends on the row's due date. */
  function explains({ limit, calendars }: Life): void {
    const days = explainTerm(calendars.get(limit.calendarVersion)!, limit, limit.dueDate);
    expect(days.at(-1)!.date).toBe(limit.dueDate);
    const counts = days.flatMap(({ count }) => count ?? []);
    expect(counts).toEqual(Array.from({ length: counts.length }, (_, i) => i + 1));
    if (limit.pauses.every(({ until }) => until !== null)) expect(counts).toHaveLength(limit.workingDays);
  }

  function live(startDate: LegalDate, events: Befalls): void {
    const calendars = new Map([[calendar.version, calendar]]);
    const life: Life = { limit: begun(calendar, startDate), calendars, inForce: calendar, today: startDate };
    for (const { what, afterDays, lasting, days, more } of events) {
      life.today = addDays(life.today, afterDays);
      if (life.today > life.limit.dueDate) return;
      const { dueDate } = life.limit;
      if (what === 'calendar') publish(life, days);
      else if (what === 'extension') extend(life, more);
      else pause(life, lasting, days);
      expect(life.limit.dueDate >= dueDate).toBe(true);
      explains(life);
    }
  }

  test('no firm date comes earlier, no day is lost, and what is explained ends on the due date', () => {
    fc.assert(fc.property(anyStart, befalls, live), { numRuns: 500 });
  });
});
