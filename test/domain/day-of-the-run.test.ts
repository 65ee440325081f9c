/** Checks the day under `npm run test:days`: without this file, its runs could pass on a clock that nothing had shifted. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNewestCalendar } from '../../data/calendar-files.ts';
import { addDays, dayKind, isWorkingDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { isDuring, isTestDay, shiftTo, TEST_DAY_NAMES, TEST_DAY_VARIABLE, TEST_DAYS, type TestDayName } from '../../scripts/lib/days/test-days.ts'; // prettier-ignore

const promised = process.env[TEST_DAY_VARIABLE];
const MINUTE = 60_000;

/** The kernel's time, which no library shifts: the timestamp of a new directory. */
function kernelTime(): number {
  const made = mkdtempSync(path.join(tmpdir(), 'xietong-day-'));
  try {
    return statSync(made).mtimeMs;
  } finally {
    rmSync(made, { recursive: true });
  }
}

test('the clock is moved by the shift that was asked for, and shows the day that was promised', () => {
  const shift = Number.parseInt(process.env['FAKETIME'] ?? '0', 10) * 1000;
  expect(Math.abs(kernelTime() + shift - Date.now())).toBeLessThan(MINUTE);
  if (promised === undefined) return;
  expect(isTestDay(promised) && isDuring(promised, Date.now())).toBe(true);
  expect(shift).not.toBe(0);
});

describe('the days of test:days', () => {
  const calendar = readNewestCalendar();
  const at = (name: TestDayName) => Date.parse(TEST_DAYS[name].start);
  const day = (name: TestDayName) => legalDateOf(at(name));
  const weekday = (name: TestDayName) => new Date(`${day(name)}T00:00:00Z`).getUTCDay();

  test('are what they are called, by the carried calendar', () => {
    expect([weekday('saturday'), dayKind(calendar, day('saturday')).reason]).toEqual([6, '周末']);
    expect([weekday('sunday'), dayKind(calendar, day('sunday')).reason]).toEqual([0, '周末']);
    expect([weekday('make-up-saturday'), isWorkingDay(calendar, day('make-up-saturday'))]).toEqual([6, true]);
    expect(day('year-end')).toBe(calendar.validThrough);
    expect(dayKind(calendar, addDays(day('spring-festival-eve'), 1)).reason).toBe('春节');
    expect(dayKind(calendar, day('leap-day'))).toMatchObject({ provisional: true });
    expect(legalDateOf(at('midnight') + MINUTE)).toBe(addDays(day('midnight'), 1));
  });

  test.each(TEST_DAY_NAMES)('%s begins where the clock is moved to, from before and from after', (name) => {
    for (const now of [at(name) - 86_400_000, at(name) + 86_400_000]) {
      const moved = now + Number.parseInt(shiftTo(name, now), 10) * 1000;
      expect([moved, isDuring(name, moved), isDuring(name, moved - 1000)]).toEqual([at(name), true, false]);
    }
  });
});
