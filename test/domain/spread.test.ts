import { readFileSync } from 'node:fs';
import { assert, nat, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { acceleratedClock, realClock } from '../../domain/clock/clock.ts';
import { planLimit } from '../../domain/clock/deadlines.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { delayOf, SPREAD_MS } from '../../domain/clock/spread.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';

const SOURCE = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(SOURCE, 'utf8')));

test('the delay of a case is always the same, and within the span', () => {
  assert(
    property(string({ maxLength: 60 }), nat(10_000_000), (caseId, span) => {
      const delay = delayOf(caseId, span);
      expect(delay).toBe(delayOf(caseId, span));
      expect(delay >= 0 && (delay < span || delay === 0)).toBe(true);
    }),
  );
});

test('10,000 cases of one day come evenly, also where their numbers differ in one place only', () => {
  const minutes = Array.from({ length: 10 }, () => 0);
  for (let number = 0; number < 10_000; number += 1) {
    const delay = delayOf(`push~HN-20261129-${String(number).padStart(6, '0')}~430103-agriculture~1`, SPREAD_MS);
    minutes[Math.floor(delay / 60_000)]! += 1;
  }
  for (const cases of minutes) expect(Math.abs(cases - 1000)).toBeLessThan(200);
});

test('a demonstration spreads its timers over as small a part of its day', () => {
  const limit = LIMITS['registrationPush.feedback'];
  const anchor = Date.parse('2026-03-02T09:00:00+08:00');
  const clock = acceleratedClock({ anchor, secondsPerWorkingDay: 60, calendar });
  expect(planLimit(calendar, limit, anchor, realClock).spread).toBe(SPREAD_MS);
  expect(planLimit(calendar, limit, anchor, clock).spread).toBe(Math.round((SPREAD_MS * 60) / 86_400));
});
