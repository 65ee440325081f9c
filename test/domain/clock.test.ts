import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dateOfDay,
  DAY_MS,
  dayNumber,
  endOfDay,
  isWorkingDay,
  legalDateOf,
  startOfDay,
} from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { acceleratedClock, realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays, workingDaysBetween } from '../../domain/clock/deadlines.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

const anyDate = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-10-31') }).map(dateOfDay);
const anyAnchor = fc.tuple(anyDate, fc.nat(DAY_MS - 1)).map(([date, ms]) => startOfDay(date) + ms);
const anySeconds = fc.integer({ min: 1, max: 3600 });
const clockOf = (anchor: number, secondsPerWorkingDay: number) =>
  acceleratedClock({ anchor, secondsPerWorkingDay, calendar });

/** The first working day on or after a date. */
function workingFrom(date: string): string {
  return isWorkingDay(calendar, date) ? date : workingFrom(addDays(date, 1));
}

describe('the real clock', () => {
  test('legal time is the machine’s time', () => {
    fc.assert(
      fc.property(anyAnchor, (at) => {
        expect([realClock.toLegal(at), realClock.toEngine(at)]).toEqual([at, at]);
      }),
    );
    expect(realClock.secondsPerWorkingDay).toBeNull();
  });

  test('legal(at) is the Date of toLegal(at), by either clock', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(200_000), (anchor, seconds, elapsed) => {
        for (const clock of [realClock, clockOf(anchor, seconds)]) {
          expect(clock.legal(anchor + elapsed).getTime()).toBe(clock.toLegal(anchor + elapsed));
        }
      }),
    );
  });
});

describe('the accelerated clock', () => {
  test('begins with the start of the first working day on or after its anchor’s', () => {
    const saturday = Date.parse('2026-03-07T15:00:00+08:00');
    expect(clockOf(saturday, 10).toLegal(saturday)).toBe(startOfDay('2026-03-09'));
    const monday = Date.parse('2026-03-09T15:00:00+08:00');
    expect(clockOf(monday, 10).toLegal(monday)).toBe(startOfDay('2026-03-09'));
  });

  test('may begin on a legal date of its own, whatever the machine’s date', () => {
    const anchor = Date.parse('2026-03-04T10:00:00+08:00');
    const newYear = acceleratedClock({ anchor, anchorLegalDate: '2027-01-02', secondsPerWorkingDay: 10, calendar });
    expect(newYear.toLegal(anchor)).toBe(startOfDay('2027-01-04'));
    expect(newYear.toEngine(endOfDay('2027-01-04'))).toBe(anchor + 10_000);
  });

  test('from the end of any day, n working days take exactly n·N seconds', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(60), fc.nat(60), (anchor, seconds, days, n) => {
        const clock = clockOf(anchor, seconds);
        const date = addDays(workingFrom(legalDateOf(anchor)), days);
        const { due } = addWorkingDays(calendar, date, n);
        expect(clock.toEngine(endOfDay(due)) - clock.toEngine(endOfDay(date))).toBe(n * seconds * 1000);
      }),
    );
  });

  test('runs on for decades: beyond the calendar a year has its Mondays to Fridays', () => {
    const anchor = Date.parse('2026-12-31T10:00:00+08:00');
    const decades = 52 * 5 * 40;
    const legal = clockOf(anchor, 1).toLegal(anchor + decades * 1000);
    expect(legalDateOf(legal)).toBe(addDays('2026-12-31', 52 * 7 * 40));
  });

  test('a working day lasts exactly N seconds, and rest days none', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(60), (anchor, seconds, days) => {
        const clock = clockOf(anchor, seconds);
        const date = addDays(workingFrom(legalDateOf(anchor)), days);
        const length = clock.toEngine(endOfDay(date)) - clock.toEngine(startOfDay(date));
        expect(length).toBe(isWorkingDay(calendar, date) ? seconds * 1000 : 0);
      }),
    );
  });

  test('working day k begins k·N seconds after the anchor', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(60), (anchor, seconds, k) => {
        const clock = clockOf(anchor, seconds);
        const legal = clock.toLegal(anchor + k * seconds * 1000);
        const first = workingFrom(legalDateOf(anchor));
        expect(legal).toBe(startOfDay(legalDateOf(legal)));
        expect(workingDaysBetween(calendar, first, legalDateOf(legal))).toBe(k);
      }),
    );
  });

  test('legal time never stands on a rest day', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(3_600_000), (anchor, seconds, elapsed) => {
        expect(isWorkingDay(calendar, legalDateOf(clockOf(anchor, seconds).toLegal(anchor + elapsed)))).toBe(true);
      }),
    );
  });

  test('never runs backwards, in either direction', () => {
    const pair = fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000));
    fc.assert(
      fc.property(anyAnchor, anySeconds, pair, (anchor, seconds, [a, b]) => {
        const clock = clockOf(anchor, seconds);
        const [early, late] = [anchor + Math.min(a, b), anchor + Math.max(a, b)];
        expect(clock.toLegal(late)).toBeGreaterThanOrEqual(clock.toLegal(early));
        const [earlyLegal, lateLegal] = [anchor + Math.min(a, b) * 1000, anchor + Math.max(a, b) * 1000];
        expect(clock.toEngine(lateLegal)).toBeGreaterThanOrEqual(clock.toEngine(earlyLegal));
      }),
    );
  });

  test('engine time read as legal time and back is the same millisecond', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(3_600_000), (anchor, seconds, elapsed) => {
        const clock = clockOf(anchor, seconds);
        expect(clock.toEngine(clock.toLegal(anchor + elapsed))).toBe(anchor + elapsed);
      }),
    );
  });

  test('legal time of a working day, as engine time and back, is the same but for what a millisecond holds', () => {
    fc.assert(
      fc.property(anyAnchor, anySeconds, fc.nat(60), fc.nat(DAY_MS - 1), (anchor, seconds, days, ms) => {
        const clock = clockOf(anchor, seconds);
        const date = workingFrom(addDays(legalDateOf(anchor), days));
        const legal = startOfDay(date) + ms;
        const engine = clock.toEngine(legal);
        // Half a millisecond of engine time may round up into the next working day; before it the day is the same.
        fc.pre(engine < clock.toEngine(endOfDay(date)));
        expect(Math.abs(clock.toLegal(engine) - legal)).toBeLessThanOrEqual(DAY_MS / (seconds * 1000) / 2 + 1);
        expect(legalDateOf(clock.toLegal(engine))).toBe(date);
      }),
    );
  });

  test('is continuous at rest days: Friday’s end, any instant of the weekend and Monday’s start are one instant', () => {
    fc.assert(
      fc.property(anySeconds, fc.nat(2 * DAY_MS), (seconds, intoWeekend) => {
        const clock = clockOf(Date.parse('2026-03-04T10:00:00+08:00'), seconds);
        const end = clock.toEngine(endOfDay('2026-03-06'));
        expect(clock.toEngine(endOfDay('2026-03-06') + intoWeekend)).toBe(end);
        expect(clock.toEngine(startOfDay('2026-03-09'))).toBe(end);
        expect(legalDateOf(clock.toLegal(end - 1))).toBe('2026-03-06');
        expect(clock.toLegal(end)).toBe(startOfDay('2026-03-09'));
      }),
    );
  });

  test('what lies before the anchor is the anchor', () => {
    const anchor = Date.parse('2026-03-04T10:00:00+08:00');
    const clock = clockOf(anchor, 10);
    expect(clock.toLegal(anchor - 1_000_000)).toBe(startOfDay('2026-03-04'));
    expect(clock.toEngine(startOfDay('2026-02-01'))).toBe(anchor);
  });

  test('answers the same whatever it was asked before: worker and API read one time', () => {
    const anchor = Date.parse('2026-02-10T10:00:00+08:00');
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000)), fc.nat(1_000_000), (asked, elapsed) => {
        const [fresh, used] = [clockOf(anchor, 10), clockOf(anchor, 10)];
        for (const earlier of asked) used.toEngine(used.toLegal(anchor + earlier));
        expect(used.toLegal(anchor + elapsed)).toBe(fresh.toLegal(anchor + elapsed));
      }),
    );
  });
});
