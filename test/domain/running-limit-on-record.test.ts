/** What the row of a running limit says after a count anew, and what of it is news to those who rely on it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startOfDay, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { planLimit } from '../../domain/clock/deadlines.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import {
  isMoved,
  isRecounted,
  planRunning,
  rungDatesOf,
  suspended,
  type RunningLimit,
} from '../../domain/clock/running-limit.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const announced = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const { workingDays, ladder } = LIMITS['registrationPush.feedback'];

function begun(startDate: string): RunningLimit {
  const plan = planLimit(announced, { workingDays, ladder }, startOfDay(startDate), realClock);
  const { dueDate, provisional, calendarVersion } = plan;
  const term = { startDate, workingDays, pauses: [] };
  return { ...term, rungs: ladder, dueDate, provisional, calendarVersion, rungDates: rungDatesOf(plan) };
}

describe('a provisional last day that a new calendar would move into the past', () => {
  /** A Saturday of 2026 became a working day: the count would end on 1 January 2027. */
  const makeUp = { ...announced, version: 'next', makeUpDays: [...announced.makeUpDays, '2026-12-26'] };
  const limit = begun('2026-12-24');
  const onItsLastDay = (calendar: WorkCalendar) => planRunning(calendar, limit, realClock, limit.dueDate);

  test('stays, and is provisional for as long as it lies beyond what is announced', () => {
    expect(limit).toMatchObject({ dueDate: '2027-01-04', provisional: true });
    const plan = onItsLastDay(makeUp);
    expect(plan).toMatchObject({ dueDate: '2027-01-04', provisional: true, calendarVersion: announced.version });
    expect(isMoved(limit, plan)).toBe(false);
  });

  test('stays, and is firm once a notice reaches it: that is news, though the day is the same', () => {
    const plan = onItsLastDay({ ...makeUp, validThrough: '2027-01-04' });
    expect(plan).toMatchObject({ dueDate: '2027-01-04', provisional: false });
    expect(isMoved(limit, plan)).toBe(true);
  });
});

test('a later last day is news, though it is as firm as before', () => {
  const limit = begun('2026-03-02');
  const closed = { ...announced, version: 'closed', holidays: { ...announced.holidays, '2026-03-05': '放假' } };
  const plan = planRunning(closed, limit, realClock, '2026-03-03');
  expect([limit.dueDate, plan.dueDate, plan.provisional]).toEqual(['2026-03-11', '2026-03-12', limit.provisional]);
  expect([isMoved(limit, plan), isRecounted(limit, plan)]).toEqual([true, true]);
});

test('a row with a rung that the ladder has no more is written anew, though no day has moved', () => {
  const limit = begun('2026-03-02');
  const shorter = { ...limit, rungs: ladder.filter((rung) => rung !== 'due-2') };
  const plan = planRunning(announced, shorter, realClock, '2026-03-03');
  expect([isMoved(limit, plan), isRecounted(limit, plan)]).toEqual([false, true]);
});

test('a suspension counts no day anew: the row still names the calendar by which it was counted', () => {
  const limit = begun('2026-03-02');
  expect(suspended({ ...announced, version: 'next' }, limit, '2026-03-04').calendarVersion).toBe(announced.version);
});
