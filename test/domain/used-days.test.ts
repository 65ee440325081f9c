import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import {
  addWorkingDays,
  dueOf,
  explainTerm,
  planLimit,
  planTerm,
  remainingDays,
  usedDays,
  workingDaysBetween,
  type Term,
} from '../../domain/clock/deadlines.ts';

const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** From Monday 9 March 2026: the fifth working day is Monday 16 March. */
const week: Term = { startDate: '2026-03-09', workingDays: 5, pauses: [] };

describe('days of a limit that are used (第十六条)', () => {
  test.each([
    ['2026-03-09', 0, 'the day of the event is not used'],
    ['2026-03-10', 1, 'the day after it is the first'],
    ['2026-03-13', 4, 'a day is used on the day itself'],
    ['2026-03-14', 4, 'a rest day uses nothing'],
    ['2026-03-16', 5, 'on the last day all are used, and none beyond'],
    ['2026-03-17', 6, 'the day after the last is one too many'],
    ['2026-03-20', 9, 'every working day after the last counts'],
    ['2026-03-22', 9, 'rest days after the last do not'],
  ])('on %s, %i: %s', (on, used) => {
    expect(usedDays(calendar, week, '2026-03-16', on)).toBe(used);
    expect(remainingDays(calendar, week, on)).toBe(Math.max(0, 5 - used));
  });

  test('a due date that was put off is measured from where it lies', () => {
    expect(usedDays(calendar, week, '2026-03-18', '2026-03-18')).toBe(5);
    expect(usedDays(calendar, week, '2026-03-18', '2026-03-19')).toBe(6);
  });
});

describe('counting', () => {
  test('no working days after a day is that day, and tells nothing of days beyond the calendar', () => {
    expect(addWorkingDays(calendar, '2026-12-31', 0)).toMatchObject({ due: '2026-12-31', provisional: false });
  });

  test('between a day and a day before it lie negative working days, and over rest days none', () => {
    expect(workingDaysBetween(calendar, '2026-03-13', '2026-03-10')).toBe(-3);
    expect(Object.is(workingDaysBetween(calendar, '2026-03-15', '2026-03-14'), 0)).toBe(true);
    expect(workingDaysBetween(calendar, '2026-03-10', '2026-03-10')).toBe(0);
  });

  test('a suspended term that ends beyond the announced calendar is provisional, one that ends on its last day is not', () => {
    const pauses = [{ from: '2026-12-22', until: '2026-12-22' }];
    const term = { startDate: '2026-12-21', pauses };
    expect(dueOf(calendar, { ...term, workingDays: 8 })).toMatchObject({ due: '2026-12-31', provisional: false });
    expect(dueOf(calendar, { ...term, workingDays: 9 })).toMatchObject({ provisional: true });
  });
});

describe('the explanation of a term', () => {
  test('goes on to the last day on record where that lies after the last that counts, and never ends before it', () => {
    const last = (until?: string) => explainTerm(calendar, week, until).at(-1)?.date;
    expect(last()).toBe('2026-03-16');
    expect(last('2026-03-18')).toBe('2026-03-18');
    expect(last('2026-03-11')).toBe('2026-03-16');
  });

  test('names a paused working day as suspended, and a rest day as what it is', () => {
    const days = explainTerm(calendar, { ...week, pauses: [{ from: '2026-03-13', until: '2026-03-17' }] });
    const reasons = Object.fromEntries(days.map(({ date, reason, count }) => [date, [reason, count]]));
    expect(reasons['2026-03-13']).toEqual(['中止，不计入', null]);
    expect(reasons['2026-03-14']![0]).not.toBe('中止，不计入');
    expect(reasons['2026-03-17']).toEqual(['中止，不计入', null]);
    expect(reasons['2026-03-12']![1]).toBe(3);
    expect(reasons['2026-03-18']![1]).toBe(4);
    expect(reasons['2026-03-12']![0]).not.toBe('中止，不计入');
  });
});

describe('the ladder of a term', () => {
  const at = (date: string, time = '09:00') => Date.parse(`${date}T${time}:00+08:00`);

  test('climbs in order of time, in whatever order it is written', () => {
    const { rungs } = planTerm(calendar, week, ['due+3', 'due', 'due-1', 'due-2'], realClock);
    expect(rungs.map(({ rung, date }) => [rung, date])).toEqual([
      ['due-2', '2026-03-12'],
      ['due-1', '2026-03-13'],
      ['due', '2026-03-16'],
      ['due+3', '2026-03-19'],
    ]);
  });

  test('reminds when offices open; breach and supervision come at 24:00', () => {
    const { rungs, dueAt } = planTerm(calendar, week, ['due-1', 'due', 'due+3'], realClock);
    expect(rungs.map((one) => one.at)).toEqual([
      at('2026-03-13'),
      at('2026-03-17', '00:00'),
      at('2026-03-20', '00:00'),
    ]);
    expect(dueAt).toBe(at('2026-03-17', '00:00'));
  });

  test('does not remind on the day on which the days began to run, but the day after', () => {
    const rungs = (workingDays: number) =>
      planTerm(calendar, { ...week, workingDays }, ['due-2', 'due-1', 'due'], realClock).rungs.map(({ rung }) => rung);
    expect(rungs(1)).toEqual(['due']);
    expect(rungs(2)).toEqual(['due-1', 'due']);
    expect(rungs(3)).toEqual(['due-2', 'due-1', 'due']);
  });

  test('does not remind before the day after a suspension ended, on which the days run again', () => {
    const pauses = [{ from: '2026-03-13', until: '2026-03-19' }];
    const { rungs } = planTerm(calendar, { ...week, pauses }, ['due-2', 'due-1', 'due'], realClock);
    // Three days were used before it. Two are left from 19 March, on which due-2 would fall.
    expect(rungs.map(({ rung, date }) => [rung, date])).toEqual([
      ['due-1', '2026-03-20'],
      ['due', '2026-03-23'],
    ]);
  });

  test('a breach stays on the ladder, though its day is that on which the days began to run', () => {
    const deadline = { due: '2026-03-09', provisional: false, calendarVersion: calendar.version };
    const { rungs } = planTerm(calendar, week, ['due-1', 'due'], realClock, deadline);
    expect(rungs.map(({ rung }) => rung)).toEqual(['due']);
  });

  test('of a limit that begins now nobody is reminded at this very instant or before, and every breach stays', () => {
    const rungs = (startedAt: number) =>
      planLimit(calendar, { workingDays: 5, ladder: ['due-2', 'due-1', 'due'] }, startedAt, realClock, '2026-03-09')
        .rungs;
    const names = (startedAt: number) => rungs(startedAt).map(({ rung }) => rung);
    expect(names(at('2026-03-12') - 1)).toEqual(['due-2', 'due-1', 'due']);
    expect(names(at('2026-03-12'))).toEqual(['due-1', 'due']);
    expect(names(at('2026-03-30'))).toEqual(['due']);
  });
});
