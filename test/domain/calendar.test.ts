import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  addDays,
  dateOfDay,
  dayKind,
  dayNumber,
  endOfDay,
  isWeekend,
  isWorkingDay,
  legalDateOf,
  startOfDay,
} from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const calendar = workCalendarSchema.parse(read(new URL('data/calendar/cn-2026.1.json', ROOT)));

const anyDate = fc.integer({ min: dayNumber('2016-01-01'), max: dayNumber('2030-12-31') }).map(dateOfDay);

describe('what kind of day it is', () => {
  test.each([
    ['2026-02-14', true, '调休上班', 'a make-up Saturday counts as a working day'],
    ['2026-02-28', true, '调休上班', 'a make-up Saturday after the holiday counts as a working day'],
    ['2026-01-04', true, '调休上班', 'a make-up Sunday counts as a working day'],
    ['2026-02-16', false, '春节', 'a Monday inside a holiday is a rest day, with the holiday’s name'],
    ['2026-02-22', false, '周末', 'a Sunday inside a holiday is a rest day'],
    ['2026-03-07', false, '周末', 'an ordinary Saturday is a rest day'],
    ['2026-03-09', true, '工作日', 'an ordinary Monday is a working day'],
    ['2020-01-31', false, '春节', 'the holiday that the epidemic of 2020 made longer counts as announced'],
  ])('%s: working %s, %s — %s', (date, working, reason) => {
    expect(dayKind(calendar, date)).toEqual({ working, reason, provisional: false });
  });

  test('a day after the last announced one is provisional, and only such a day', () => {
    expect(dayKind(calendar, '2026-12-31').provisional).toBe(false);
    expect(dayKind(calendar, '2027-01-01')).toEqual({ working: true, reason: '工作日', provisional: true });
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(dayKind(calendar, date).provisional).toBe(date > '2026-12-31');
      }),
    );
  });

  test('a day before the calendar begins is refused, never guessed', () => {
    expect(dayKind(calendar, '2016-01-01').reason).toBe('元旦');
    expect(() => dayKind(calendar, '2015-12-31')).toThrow(
      expect.objectContaining({
        code: 'calendar.insufficient',
        message: '工作日历自2016-01-01起，不含2015-12-31',
        remedy: expect.stringContaining('核对日期'),
      }),
    );
  });

  test('another version of the calendar decides by its own days alone', () => {
    const notice = { ...calendar, version: 'other', holidays: { '2026-03-09': '测试' }, makeUpDays: ['2026-03-07'] };
    expect([isWorkingDay(notice, '2026-03-09'), isWorkingDay(notice, '2026-03-07')]).toEqual([false, true]);
    expect([isWorkingDay(calendar, '2026-03-09'), isWorkingDay(calendar, '2026-03-07')]).toEqual([true, false]);
  });
});

describe('days of the law', () => {
  test('a day begins at 0:00 and ends at 24:00, UTC+8', () => {
    expect(new Date(startOfDay('2026-03-02')).toISOString()).toBe('2026-03-01T16:00:00.000Z');
    expect(new Date(endOfDay('2026-03-02')).toISOString()).toBe('2026-03-02T16:00:00.000Z');
  });

  test('an instant belongs to the day that UTC+8 then has, to the millisecond', () => {
    expect(legalDateOf(Date.parse('2026-03-02T15:59:59.999Z'))).toBe('2026-03-02');
    expect(legalDateOf(Date.parse('2026-03-02T16:00:00.000Z'))).toBe('2026-03-03');
    fc.assert(
      fc.property(anyDate, fc.nat(86_399_999), (date, ms) => {
        expect(legalDateOf(startOfDay(date) + ms)).toBe(date);
        expect(endOfDay(date)).toBe(startOfDay(addDays(date, 1)));
      }),
    );
  });

  test('days follow one another through leap years, as do weekdays', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), (date, n) => {
        expect(addDays(addDays(date, n), -n)).toBe(date);
        expect(isWeekend(addDays(date, 7))).toBe(isWeekend(date));
        expect(isWeekend(date)).toBe([0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));
      }),
    );
  });

  test.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-2-3', '2026-02', '', '昨天'])(
    '“%s” is no date and is refused',
    (date) => {
      expect(() => dayNumber(date)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    },
  );
});

describe('a calendar that is loaded', () => {
  test.each([
    ['a holiday on a Saturday', { holidays: { '2026-03-07': '测试' } }, 'holidays'],
    ['a make-up day on a Monday', { makeUpDays: ['2026-03-09'] }, 'makeUpDays'],
    ['a holiday after its end', { holidays: { '2027-01-01': '元旦' } }, 'holidays'],
    ['a make-up day before its beginning', { makeUpDays: ['2015-10-10'] }, 'makeUpDays'],
    ['a date that is none', { validThrough: '2026-02-30' }, 'validThrough'],
  ])('%s is refused', (_, wrong, field) => {
    const { error } = workCalendarSchema.safeParse({ ...calendar, ...wrong });
    expect(error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  test('counting stops at the year 9999, whose dates are the last that sort as text', () => {
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31');
    expect(() => addDays('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'calendar.insufficient' }));
  });
});

describe('the data', () => {
  test('lists rest days on weekdays and make-up days on weekends only, in order and inside the term covered', () => {
    const holidays = Object.keys(calendar.holidays);
    expect(holidays.filter(isWeekend)).toEqual([]);
    expect(calendar.makeUpDays.filter((day) => !isWeekend(day))).toEqual([]);
    for (const days of [holidays, calendar.makeUpDays]) {
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.filter((day) => day < calendar.coveredFrom || day > calendar.validThrough)).toEqual([]);
    }
  });

  test('every year from 2016 to 2026 has its holidays and its make-up days', () => {
    for (let year = 2016; year <= 2026; year += 1) {
      const names = Object.entries(calendar.holidays).filter(([day]) => day.startsWith(String(year)));
      const kinds = new Set(names.map(([, name]) => name));
      for (const name of ['春节', '清明', '劳动节', '端午', '国庆节']) expect(kinds).toContain(name);
      expect(calendar.makeUpDays.some((day) => day.startsWith(String(year)))).toBe(true);
    }
  });

  test.each([
    ['data/calendar', 'scripts/build-calendar.ts'],
    ['data/divisions', 'scripts/build-divisions.ts'],
    ['test/vectors', 'scripts/build-vectors.ts'],
  ])('%s is what %s generates', async (_, script) => {
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', script, '--check'], {
      cwd: fileURLToPath(ROOT),
    });
    await expect(run).resolves.toMatchObject({ stderr: '' });
  });
});

const everyDay = (from: string, through: string) =>
  Array.from({ length: dayNumber(through) - dayNumber(from) + 1 }, (_, i) => dateOfDay(dayNumber(from) + i));
const workingDaysOf = (year: string) =>
  everyDay(`${year}-01-01`, `${year}-12-31`).filter((date) => isWorkingDay(calendar, date)).length;

describe('the calendar, counted otherwise', () => {
  test('agrees on each of its 4,018 days with the functions of chinese-days, of which only the table is used', () => {
    // The package has no types for being loaded with `require`.
    const days = createRequire(import.meta.url)('chinese-days') as { isWorkday: (date: string) => boolean };
    const all = everyDay(calendar.coveredFrom, calendar.validThrough);
    expect(all).toHaveLength(4018);
    expect(all.filter((date) => isWorkingDay(calendar, date) !== days.isWorkday(date))).toEqual([]);
  });

  test('has as many working days in each year as test/vectors counts', () => {
    const shape = z.object({ calendar: z.string(), workingDaysOf: z.record(z.string(), z.number()) });
    const counted = shape.parse(read(new URL('test/vectors/calendar.json', ROOT)));
    expect(counted.calendar).toBe(calendar.version);
    const years = Object.keys(counted.workingDaysOf);
    expect(years).toHaveLength(11);
    expect(Object.fromEntries(years.map((year) => [year, workingDaysOf(year)]))).toEqual(counted.workingDaysOf);
  });
});

const SHARED = new URL('../shared/data/cn-workdays-2016-2026.json', ROOT);

// If a reference calendar lies beside the checkout, made from other sources, it must agree.
const days = z.array(z.object({ date: z.string() }));
const shape = z.object({
  coverage: z.object({ from: z.string(), through: z.string() }),
  years: z.record(z.string(), z.object({ offDays: days, makeUpWorkdays: days, workdayCount: z.number() })),
});

test.each([SHARED].filter((file) => existsSync(file)))(
  'the reference calendar agrees on all 4,018 days, and on each year’s number of working days (%s)',
  (file) => {
    const { coverage, years } = shape.parse(read(file));
    const dates = (of: 'offDays' | 'makeUpWorkdays') =>
      new Set(Object.values(years).flatMap((year) => year[of].map(({ date }) => date)));
    const [off, makeUp] = [dates('offDays'), dates('makeUpWorkdays')];
    const expected = (date: string) => makeUp.has(date) || (!off.has(date) && !isWeekend(date));

    const all = everyDay(coverage.from, coverage.through);
    expect(all).toHaveLength(4018);
    expect(all.filter((date) => isWorkingDay(calendar, date) !== expected(date))).toEqual([]);
    for (const [year, { workdayCount }] of Object.entries(years)) {
      expect([year, workingDaysOf(year)]).toEqual([year, workdayCount]);
    }
  },
);
