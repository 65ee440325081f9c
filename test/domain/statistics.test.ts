import { describe, expect, test } from 'vitest';
import { COUNTIES, daysOf, LOAD, ofRegion, rate, TIMELINESS } from '../../domain/oversight/statistics.ts';

const period = { from: '2026-03-01', to: '2026-03-31' };
const conditionsOf = (figures: Record<string, { conditions: (of: typeof period) => object }>) =>
  Object.fromEntries(Object.entries(figures).map(([name, { conditions }]) => [name, conditions(period)]));

const opened = { openedFrom: '2026-03-01', openedTo: '2026-03-31' };
const closed = { closedFrom: '2026-03-01', closedTo: '2026-03-31' };
const breached = { breachedFrom: '2026-03-01', breachedTo: '2026-03-31' };

describe('what leaders read (第十四条)', () => {
  test.each([
    [0, 4, 0],
    [1, 4, 0.25],
    [4, 4, 1],
    [3, 2, 1.5],
  ])('%i of %i is a rate of %f', (part, whole, expected) => {
    expect(rate(part, whole)).toBe(expected);
  });

  test('of nothing there is no rate', () => {
    expect(rate(0, 0)).toBeNull();
    expect(rate(3, 0)).toBeNull();
  });

  test('each figure of timeliness counts the list behind it', () => {
    expect(conditionsOf(TIMELINESS)).toEqual({
      opened,
      closed,
      closedOnTime: { ...closed, late: false },
      closedLate: { ...closed, late: true },
      closedLateStatutory: { ...closed, late: true, lateKind: 'statutory' },
      running: { status: 'open' },
      overdueNow: { overdue: true },
    });
  });

  test('load and counties count the same lists', () => {
    expect(conditionsOf(LOAD)).toEqual({ opened, closed, breached });
    expect(conditionsOf(COUNTIES)).toEqual({
      open: { status: 'open' },
      overdue: { overdue: true },
      breaches: breached,
      closed,
      closedOnTime: { ...closed, late: false },
    });
  });

  test('a county is all that lies in it; a city or the province is what is its own alone', () => {
    expect(ofRegion('430103')).toEqual({ region: '430103' });
    expect(ofRegion('430100')).toEqual({ onlyRegion: '430100' });
    expect(ofRegion('430000')).toEqual({ onlyRegion: '430000' });
  });

  test('a period has both its days', () => {
    expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysOf({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['2026-03-01']);
  });
});
