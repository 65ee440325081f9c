import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, legalDateOf, startOfDay } from '../../domain/clock/calendar.ts';
import { deliverAt, isPressing, isQuiet, retryAt, type Timing } from '../../domain/notices/delivery-schedule.ts';
import { paceOf } from '../../domain/clock/clock.ts';
import { URGENCIES } from '../../domain/notices/subscription.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`${text}+08:00`);
const timing = (more: Partial<Timing> = {}): Timing => ({
  digestHour: null,
  quietFromHour: null,
  quietUntilHour: null,
  ...more,
});

const anyInstant = fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-12-31T00:00:00') });
const anyHour = fc.integer({ min: 0, max: 23 });
const anyQuiet = fc.oneof(
  fc.constant({ quietFromHour: null, quietUntilHour: null }),
  fc
    .tuple(anyHour, anyHour)
    .filter(([from, until]) => from !== until)
    .map(([quietFromHour, quietUntilHour]) => ({ quietFromHour, quietUntilHour })),
);
const anyTiming = fc
  .tuple(fc.option(anyHour), anyQuiet)
  .map(([digestHour, quiet]): Timing => ({ digestHour, ...quiet }));
const anyUrgency = fc.constantFrom(...URGENCIES);

describe('when a notice leaves', () => {
  const NIGHT = timing({ quietFromHour: 22, quietUntilHour: 7 });
  const cases: [string, Timing, string, string][] = [
    ['at once', timing(), '2026-03-02T10:30:00', '2026-03-02T10:30:00'],
    ['in the evening: next morning', NIGHT, '2026-03-02T22:00:00', '2026-03-03T07:00:00'],
    ['after midnight: the same morning', NIGHT, '2026-03-02T06:59:59', '2026-03-02T07:00:00'],
    ['as the quiet time ends: at once', NIGHT, '2026-03-02T07:00:00', '2026-03-02T07:00:00'],
    [
      'at noon: after noon',
      timing({ quietFromHour: 12, quietUntilHour: 14 }),
      '2026-03-02T13:00:00',
      '2026-03-02T14:00:00',
    ],
    ['before the digest: today', timing({ digestHour: 9 }), '2026-03-02T08:59:59', '2026-03-02T09:00:00'],
    ['at the digest: tomorrow', timing({ digestHour: 9 }), '2026-03-02T09:00:00', '2026-03-03T09:00:00'],
    [
      'a digest in quiet hours: as they end',
      { ...NIGHT, digestHour: 23 },
      '2026-03-02T10:00:00',
      '2026-03-03T07:00:00',
    ],
  ];
  test.each(cases)('%s', (_, preferences, from, until) => {
    expect(new Date(deliverAt('info', preferences, at(from)).at)).toEqual(new Date(at(until)));
  });

  test('a breach or a supervision is held back by nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom('breach', 'supervision'), anyTiming, anyInstant, (urgency, preferences, instant) => {
        expect(deliverAt(urgency, preferences, instant)).toEqual({ at: instant, digest: false });
      }),
    );
  });

  test('never before it came, within two days, outside quiet hours, and a digest at its hour', () => {
    fc.assert(
      fc.property(anyUrgency, anyTiming, anyInstant, (urgency, preferences, instant) => {
        const due = deliverAt(urgency, preferences, instant);
        expect(due.at).toBeGreaterThanOrEqual(instant);
        expect(due.at - instant).toBeLessThanOrEqual(2 * DAY_MS);
        if (isPressing(urgency)) return;
        expect(isQuiet(preferences, due.at)).toBe(false);
        expect(due.digest).toBe(preferences.digestHour !== null);
        if (!due.digest) return;
        const hour = (due.at - startOfDay(legalDateOf(due.at))) / HOUR;
        expect([preferences.digestHour, preferences.quietUntilHour]).toContain(hour);
      }),
    );
  });

  test('notices of one day leave together: between two digests there is one time of leaving', () => {
    fc.assert(
      fc.property(anyTiming, anyInstant, fc.nat(DAY_MS), (preferences, instant, later) => {
        if (preferences.digestHour === null) return;
        const [first, second] = [instant, instant + later].map((t) => deliverAt('info', preferences, t).at);
        expect((second! - first!) % DAY_MS).toBe(0);
        if (instant + later < first!) expect(second! - first!).toBeLessThanOrEqual(DAY_MS);
      }),
    );
  });
});

describe('when it is tried again', () => {
  /** The instants of attempts that all fail at once. */
  function attempts(pace: number, chance: number, start = 1_000_000): number[] {
    const made = [start];
    for (;;) {
      const failedAt = made.at(-1)!;
      const next = retryAt({ attempts: made.length, firstAttemptAt: start, failedAt, chance, pace });
      if (next === null) return made;
      made.push(next);
    }
  }

  test('after 1, 2, 4 … minutes, up to six hours, for three days', () => {
    const made = attempts(1, 0);
    const minutes = made.slice(1).map((instant, index) => (instant - made[index]!) / 60_000);
    expect(minutes.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360]);
    expect(minutes.slice(10, -1).every((interval) => interval === 360)).toBe(true);
    expect(made.at(-1)! - made[0]!).toBe(3 * DAY_MS);
  });

  test('intervals grow, the last attempt is at the end of the third day, whatever chance and clock', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 86_400 }),
        (chance, seconds) => {
          const pace = paceOf(seconds);
          const made = attempts(pace, chance);
          expect(made.length).toBeGreaterThan(15);
          expect(made.length).toBeLessThan(25);
          expect(made.at(-1)! - made[0]!).toBeCloseTo(3 * seconds * 1000, 3);
          const intervals = made.slice(1).map((instant, index) => instant - made[index]!);
          const growing = intervals.slice(0, -1);
          expect(growing.every((interval, index) => index === 0 || interval >= growing[index - 1]! - 1e-6)).toBe(true);
        },
      ),
    );
  });

  test('chance adds at most a fifth to an interval, so that what failed together is not tried together', () => {
    const first = (chance: number) => attempts(1, chance)[1]! - attempts(1, chance)[0]!;
    expect([0, 0.5, 1].map(first)).toEqual([60_000, 66_000, 72_000]);
  });

  test('the real clock keeps real time', () => {
    expect(paceOf(null)).toBe(1);
    expect(paceOf(86_400)).toBe(1);
    expect(paceOf(60)).toBeCloseTo(60 / 86_400);
  });
});
