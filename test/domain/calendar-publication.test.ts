import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayKind, isWeekend, isWorkingDay, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { checkSuccessor, firstDifference, nextVersion, withClosure } from '../../domain/clock/calendar-publication.ts';
import { addWorkingDays, dueOf } from '../../domain/clock/deadlines.ts';
import { Refusal } from '../../domain/errors.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const TODAY = '2026-11-23';
const closure = (restDays: string[], makeUpDays: string[] = []) => ({
  restDays,
  makeUpDays,
  title: '临时放假',
  reason: '湘政办函',
});
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe('a successor', () => {
  const next: WorkCalendar = { ...calendar, version: 'cn-2027.1', validThrough: '2027-12-31' };

  test('may decide days that are still to come', () => {
    expect(codeOf(() => checkSuccessor(calendar, next, TODAY))).toBe('accepted');
    const closed = withClosure(calendar, closure(['2026-12-01']), 'cn-2026.2');
    expect(codeOf(() => checkSuccessor(calendar, closed, TODAY))).toBe('accepted');
  });

  test('may close the day itself, which has not ended for any limit: what is due on it moves', () => {
    const closed = withClosure(calendar, closure([TODAY]), 'cn-2026.2');
    expect(codeOf(() => checkSuccessor(calendar, closed, TODAY))).toBe('accepted');
    expect(codeOf(() => checkSuccessor(calendar, closed, addDays(TODAY, 1)))).toBe('calendar.rewrites-past');
  });

  test('may decide days that were only assumed, even when they have gone by', () => {
    const late = { ...next, holidays: { ...next.holidays, '2027-01-01': '元旦' } };
    expect(codeOf(() => checkSuccessor(calendar, late, '2027-01-08'))).toBe('accepted');
  });

  test.each([
    ['the version in force', { ...next, version: calendar.version }],
    ['one that ends earlier', { ...next, validThrough: '2026-06-30', holidays: {}, makeUpDays: [] }],
    ['one that begins later', { ...next, coveredFrom: '2020-01-01' }],
    ['one that changes a day gone by', withClosure(calendar, closure(['2026-11-20']), 'x')],
  ])('%s is refused', (_, after) => {
    expect(codeOf(() => checkSuccessor(calendar, after, TODAY))).toBe('calendar.rewrites-past');
  });
});

describe('a closure', () => {
  const working = fc.integer({ min: 1, max: 38 }).map((n) => addWorkingDays(calendar, TODAY, n % 25 || 1).due);

  test('makes exactly its days rest days, and its title their reason', () => {
    fc.assert(
      fc.property(fc.uniqueArray(working, { minLength: 1, maxLength: 5 }), (days) => {
        const closed = withClosure(calendar, closure(days), 'x');
        for (let date = TODAY; date <= calendar.validThrough; date = addDays(date, 1)) {
          expect(isWorkingDay(closed, date)).toBe(isWorkingDay(calendar, date) && !days.includes(date));
        }
        for (const date of days.filter((one) => !isWeekend(one))) expect(dayKind(closed, date).reason).toBe('临时放假');
        expect(firstDifference(calendar, closed)).toBe(days.toSorted()[0]);
      }),
    );
  });

  test('may make a weekend a working day', () => {
    const worked = withClosure(calendar, closure([], ['2026-12-05']), 'x');
    expect(dayKind(worked, '2026-12-05')).toMatchObject({ working: true, reason: '调休上班' });
  });

  test('of a day that already rests, or beyond the calendar, is refused', () => {
    expect(codeOf(() => withClosure(calendar, closure(['2026-12-05']), 'x'))).toBe('input.invalid');
    expect(codeOf(() => withClosure(calendar, closure([], ['2026-12-04']), 'x'))).toBe('input.invalid');
    expect(codeOf(() => withClosure(calendar, closure(['2027-01-04']), 'x'))).toBe('input.invalid');
  });
});

test('what ends before the first difference is counted the same', () => {
  const start = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-10-01', n));
  const days = fc.integer({ min: 1, max: 30 });
  const holiday = fc.integer({ min: 1, max: 20 }).map((n) => addWorkingDays(calendar, TODAY, n).due);
  fc.assert(
    fc.property(start, days, holiday, (startDate, workingDays, rest) => {
      const closed = withClosure(calendar, closure([rest]), 'x');
      const term = { startDate, workingDays, pauses: [] };
      const before = dueOf(calendar, term);
      const after = dueOf(closed, term);
      if (before.due < firstDifference(calendar, closed)!) expect(after.due).toBe(before.due);
      else expect(after.due >= before.due).toBe(true);
    }),
  );
});

test.each([
  ['cn-2026.1', 'cn-2026.2'],
  ['cn-2026.9', 'cn-2026.10'],
  ['x', 'x.1'],
])('after version %s comes %s', (version, next) => {
  expect(nextVersion(version)).toBe(next);
});
