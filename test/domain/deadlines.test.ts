import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  addDays,
  dateOfDay,
  dayNumber,
  endOfDay,
  isWorkingDay,
  legalDateOf,
  startOfDay,
} from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { acceleratedClock, realClock } from '../../domain/clock/clock.ts';
import {
  addWorkingDays,
  dueOf,
  explainDeadline,
  explainTerm,
  planLimit,
  remainingDays,
  workingDaysBetween,
  type Pause,
} from '../../domain/clock/deadlines.ts';
import { LIMITS, RUNGS, type LimitId } from '../../domain/clock/limits.ts';

const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const calendar = workCalendarSchema.parse(read(new URL('../../data/calendar/cn-2026.1.json', import.meta.url)));

const anyDate = fc.integer({ min: dayNumber('2016-03-01'), max: dayNumber('2027-06-30') }).map(dateOfDay);
const anyInstant = fc.tuple(anyDate, fc.nat(86_399_999)).map(([date, ms]) => startOfDay(date) + ms);
const anyLimit = fc.constantFrom(...Object.keys(LIMITS).filter((id): id is LimitId => id in LIMITS));
const due = (start: string, n: number) => addWorkingDays(calendar, start, n).due;

describe('counting a limit', () => {
  test.each([
    ['2026-03-09', 1, '2026-03-10', 'the day of the event is not counted'],
    ['2026-03-06', 1, '2026-03-09', 'a weekend is skipped'],
    ['2026-02-13', 1, '2026-02-14', 'a make-up Saturday counts'],
    ['2026-02-14', 1, '2026-02-24', 'a holiday with its weekends is skipped whole'],
    ['2026-02-18', 1, '2026-02-24', 'an event on a rest day starts the count on the next working day'],
    ['2026-02-13', 7, '2026-03-02', 'seven working days over the Spring Festival of 2026'],
    ['2026-09-30', 1, '2026-10-08', 'the National Day holiday is skipped'],
  ])('%s + %i = %s: %s', (start, n, last) => {
    expect(addWorkingDays(calendar, start, n)).toEqual({
      due: last,
      provisional: false,
      calendarVersion: calendar.version,
    });
  });

  test('a limit whose last day lies beyond the announced calendar is provisional', () => {
    expect(addWorkingDays(calendar, '2026-12-30', 1)).toMatchObject({ due: '2026-12-31', provisional: false });
    expect(addWorkingDays(calendar, '2026-12-31', 1)).toMatchObject({ due: '2027-01-01', provisional: true });
  });

  test('counted back out of days not yet announced, a date is provisional too', () => {
    expect(addWorkingDays(calendar, '2027-01-08', -10)).toMatchObject({ due: '2026-12-25', provisional: true });
  });

  test('nothing is counted from or into days before the calendar begins', () => {
    const refusal = expect.objectContaining({ code: 'calendar.insufficient' });
    expect(() => addWorkingDays(calendar, '2015-12-31', 7)).toThrow(refusal);
    expect(() => addWorkingDays(calendar, '2016-01-04', -1)).toThrow(refusal);
    expect(() => explainDeadline(calendar, '2015-12-31', 7)).toThrow(refusal);
    expect(() => workingDaysBetween(calendar, '2015-12-30', '2016-01-04')).toThrow(refusal);
    expect(addWorkingDays(calendar, '2016-01-01', 1).due).toBe('2016-01-04');
  });

  test('between an event and the n-th working day after it lie n working days', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 200 }), (start, n) => {
        const last = due(start, n);
        expect(isWorkingDay(calendar, last)).toBe(true);
        expect(workingDaysBetween(calendar, start, last)).toBe(n);
        expect(workingDaysBetween(calendar, last, start)).toBe(-n);
        expect(workingDaysBetween(calendar, start, addDays(last, -1))).toBe(n - 1);
      }),
    );
  });

  test('from a rest day back to the working day before it nothing is counted', () => {
    expect(workingDaysBetween(calendar, '2026-03-08', '2026-03-06')).toBe(0);
  });

  test('a later event never ends earlier, and a longer limit always ends later', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(60), fc.integer({ min: 1, max: 60 }), (start, days, n) => {
        expect(due(addDays(start, days), n) >= due(start, n)).toBe(true);
        expect(due(start, n + 1) > due(start, n)).toBe(true);
      }),
    );
  });

  test('counting goes on where it stopped: m and then n days are m + n days', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(40), fc.nat(40), (start, m, n) => {
        expect(due(due(start, m), n)).toBe(due(start, m + n));
      }),
    );
  });

  test('from a working day, n days forward and n back is the same day', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(40), (start, n) => {
        fc.pre(isWorkingDay(calendar, start));
        expect(due(due(start, n), -n)).toBe(start);
      }),
    );
  });
});

describe('explaining a limit', () => {
  test('the day of the event is shown and not counted', () => {
    expect(explainDeadline(calendar, '2026-02-13', 1)).toEqual([
      { date: '2026-02-13', working: true, reason: '起算事件当日，不计入', count: null, provisional: false },
      { date: '2026-02-14', working: true, reason: '调休上班', count: 1, provisional: false },
    ]);
  });

  test('every day is shown once, working days are numbered 1 to n, and the last is the last day of the limit', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 80 }), (start, n) => {
        const days = explainDeadline(calendar, start, n);
        expect(days.map(({ date }) => date)).toEqual(days.map((_, i) => addDays(start, i)));
        expect(days.at(-1)?.date).toBe(due(start, n));
        const counts = days.flatMap(({ count }) => count ?? []);
        expect(counts).toEqual(Array.from({ length: n }, (_, i) => i + 1));
        for (const day of days.slice(1)) expect(day.count !== null).toBe(day.working);
        expect(days.some((day) => day.provisional)).toBe(addWorkingDays(calendar, start, n).provisional);
      }),
    );
  });
});

describe('a limit and its ladder', () => {
  const feedback = LIMITS['registrationPush.feedback'];
  const at = (iso: string) => Date.parse(`${iso}+08:00`);

  test('a limit ends at 24:00, UTC+8, of its last day; reminders come at 9:00; supervision after three whole days', () => {
    expect(planLimit(calendar, feedback, at('2026-02-13T17:30:00'), realClock)).toEqual({
      startDate: '2026-02-13',
      dueDate: '2026-03-02',
      dueAt: at('2026-03-03T00:00:00'),
      calendarVersion: calendar.version,
      provisional: false,
      rungs: [
        { rung: 'due-2', date: '2026-02-27', at: at('2026-02-27T09:00:00') },
        { rung: 'due-1', date: '2026-02-28', at: at('2026-02-28T09:00:00') },
        { rung: 'due', date: '2026-03-02', at: at('2026-03-03T00:00:00') },
        { rung: 'due+3', date: '2026-03-05', at: at('2026-03-06T00:00:00') },
      ],
      spread: 600_000,
    });
  });

  test('an event a millisecond before midnight in Hunan belongs to that day, and at midnight to the next', () => {
    const midnight = at('2026-03-10T00:00:00');
    expect(planLimit(calendar, feedback, midnight - 1, realClock).startDate).toBe('2026-03-09');
    expect(planLimit(calendar, feedback, midnight, realClock).startDate).toBe('2026-03-10');
  });

  test('the breach is judged at the exact instant at which the last day ends', () => {
    fc.assert(
      fc.property(anyInstant, anyLimit, (startedAt, limitId) => {
        const plan = planLimit(calendar, LIMITS[limitId], startedAt, realClock);
        expect(plan.dueDate).toBe(due(legalDateOf(startedAt), LIMITS[limitId].workingDays));
        expect(plan.dueAt).toBe(endOfDay(plan.dueDate));
        const breach = LIMITS[limitId].ladder.includes('due' as never) && { date: plan.dueDate, at: plan.dueAt };
        if (breach) expect(plan.rungs.find(({ rung }) => rung === 'due')).toMatchObject(breach);
        expect(legalDateOf(plan.dueAt - 1)).toBe(plan.dueDate);
      }),
    );
  });

  test('each rung comes after the one before it', () => {
    fc.assert(
      fc.property(anyInstant, anyLimit, (startedAt, limitId) => {
        const { rungs } = planLimit(calendar, LIMITS[limitId], startedAt, realClock);
        for (const [i, rung] of rungs.entries()) expect(rung.at).toBeGreaterThan(rungs[i - 1]?.at ?? startedAt);
        expect(rungs.map(({ rung }) => RUNGS[rung].offset)).toEqual(
          rungs.map(({ rung }) => RUNGS[rung].offset).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test('a reminder never falls on or before the day of the event: in a limit too short for it, it is left out', () => {
    const ladder = ['due-2', 'due-1', 'due', 'due+3'] as const;
    const short = (workingDays: number) =>
      planLimit(calendar, { workingDays, ladder }, at('2026-03-09T08:00:00'), realClock).rungs.map(({ rung }) => rung);
    expect(short(1)).toEqual(['due', 'due+3']);
    expect(short(2)).toEqual(['due-1', 'due', 'due+3']);
    expect(short(3)).toEqual(['due-2', 'due-1', 'due', 'due+3']);
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 6 }), (startedAt, workingDays) => {
        const { rungs, startDate } = planLimit(calendar, { workingDays, ladder }, startedAt, realClock);
        for (const { date } of rungs) expect(date > startDate).toBe(true);
      }),
    );
  });

  test('on an accelerated clock the ladder keeps its order and its legal dates', () => {
    fc.assert(
      fc.property(anyInstant, anyLimit, fc.integer({ min: 1, max: 600 }), (anchor, limitId, seconds) => {
        const clock = acceleratedClock({ anchor, secondsPerWorkingDay: seconds, calendar });
        const { workingDays } = LIMITS[limitId];
        const plan = planLimit(calendar, LIMITS[limitId], anchor, clock);
        // Legal time begins at the start of a working day: n whole days after it, plus the day itself.
        expect(plan.dueAt - anchor).toBe((workingDays + 1) * seconds * 1000);
        expect(plan.dueDate).toBe(due(plan.startDate, workingDays));
        for (const [i, rung] of plan.rungs.entries()) expect(rung.at).toBeGreaterThan(plan.rungs[i - 1]?.at ?? anchor);
      }),
    );
  });
});

describe('suspending a limit (中止)', () => {
  const remaining = (startDate: string, workingDays: number, from: string) =>
    remainingDays(calendar, { startDate, workingDays, pauses: [{ from, until: null }] }, from);

  test.each([
    ['2026-03-09', '2026-03-09', 7, 'suspended on the day of the event, the whole limit is left'],
    ['2026-03-09', '2026-03-10', 7, 'the day of suspension is not counted'],
    ['2026-03-09', '2026-03-12', 5, 'working days that had passed whole are used up'],
    ['2026-03-09', '2026-03-15', 3, 'suspended on a rest day, the working days before it are used up'],
    ['2026-03-09', '2026-03-18', 1, 'suspended on the last day, that day is left'],
  ])('7 working days from %s, suspended on %s, leave %i: %s', (start, suspendedOn, left) => {
    expect(remaining(start, 7, suspendedOn)).toBe(left);
  });

  const stretches = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 })), {
    maxLength: 4,
  });

  test('counting with pauses is counting each stretch from its resumption, however often it is suspended', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 30 }), stretches, (startDate, workingDays, runs) => {
        const pauses: Pause[] = [];
        let [resumedOn, left] = [startDate, workingDays];
        for (const [running, paused] of runs) {
          const from = addDays(resumedOn, running);
          if (from > due(resumedOn, left)) break;
          for (let day = addDays(resumedOn, 1); day < from; day = addDays(day, 1)) {
            if (isWorkingDay(calendar, day)) left -= 1;
          }
          expect(
            remainingDays(calendar, { startDate, workingDays, pauses: [...pauses, { from, until: null }] }, from),
          ).toBe(left);
          resumedOn = addDays(from, paused);
          pauses.push({ from, until: resumedOn });
        }
        const term = { startDate, workingDays, pauses };
        expect(dueOf(calendar, term).due).toBe(due(resumedOn, left));
        expect(dueOf(calendar, term).due >= due(startDate, workingDays)).toBe(true);
      }),
    );
  });

  test('a day on which the limit both stopped and went on counts: nothing is gained by it', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (startDate, n, days) => {
          const pauses = days.map((offset) => addDays(startDate, offset)).map((day) => ({ from: day, until: day }));
          expect(dueOf(calendar, { startDate, workingDays: n, pauses }).due).toBe(due(startDate, n));
        },
      ),
    );
  });

  test('the explanation counts exactly the working days of the limit, and ends on its last day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 30 }), stretches, (startDate, workingDays, runs) => {
        let day = startDate;
        const pauses = runs.map(([running, paused]) => {
          const from = addDays(day, running);
          day = addDays(from, paused);
          return { from, until: day };
        });
        const term = { startDate, workingDays, pauses };
        const days = explainTerm(calendar, term);
        expect(days.filter(({ count }) => count !== null).map(({ count }) => count)).toEqual(
          Array.from({ length: workingDays }, (_, i) => i + 1),
        );
        expect(days.at(-1)?.date).toBe(dueOf(calendar, term).due);
        for (const { date, reason, count } of days) {
          if (reason === '中止，不计入') expect(count).toBeNull();
          if (pauses.some(({ from, until }) => date >= from && date <= until)) expect(count).toBeNull();
        }
      }),
    );
  });

  test('an extension adds exactly its working days', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10 }), (startDate, n, more) => {
        const before = dueOf(calendar, { startDate, workingDays: n, pauses: [] }).due;
        const after = dueOf(calendar, { startDate, workingDays: n + more, pauses: [] }).due;
        expect(workingDaysBetween(calendar, before, after)).toBe(more);
      }),
    );
  });
});

describe('deadlines reckoned otherwise (test/vectors)', () => {
  const row = z.object({ start: z.string(), deadlines: z.record(z.string(), z.string()) });
  const vectors = z.object({ calendar: z.string(), rows: z.array(row).min(100) });
  const { calendar: version, rows } = vectors.parse(read(new URL('../vectors/calendar.json', import.meta.url)));

  test.each([...new Set(rows.map(({ start }) => start.slice(0, 4)))])('around every holiday of %s agree', (year) => {
    expect(version).toBe(calendar.version);
    for (const { start, deadlines } of rows.filter((one) => one.start.startsWith(year))) {
      const counted = Object.keys(deadlines).map((n) => [n, addWorkingDays(calendar, start, Number(n))] as const);
      expect([start, Object.fromEntries(counted.map(([n, { due: last }]) => [n, last]))]).toEqual([start, deadlines]);
      expect(counted.filter(([, { provisional }]) => provisional)).toEqual([]);
    }
  });
});

const REFERENCE = new URL('../../../shared/data/deadline-vectors.json', import.meta.url);

// If a file of reference deadlines lies beside the checkout, it must agree.
test.each([REFERENCE].filter((file) => existsSync(file)))('reference deadlines agree (%s)', (file) => {
  const row = z.object({ start: z.string(), workdays: z.number(), deadline: z.string() });
  const { rows } = z.object({ rows: z.array(row).min(1) }).parse(read(file));
  for (const { start, workdays, deadline } of rows) {
    expect(addWorkingDays(calendar, start, workdays)).toMatchObject({ due: deadline, provisional: false });
  }
});
