/** A breach that a calendar takes back after the duty was done (activities/forgiving.ts). */
import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../domain/clock/calendar.ts';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import { MONTH, OWN, FEEDBACK, row, opened, fedBack, breached } from '../support/assessment-log.ts';

describe('a breach of a duty that was done since', () => {
  const begun = opened({ limits: [{ ...FEEDBACK, change: 'arm' }] });
  const dueAt = new Date(endOfDay(FEEDBACK.dueDate)).toISOString();
  const taken = { limitId: FEEDBACK.limitId, dueAt, settledAt: dueAt, usedDays: 6 };
  const acquitted = (step: number, more = {}) => row(step, '2026-12-21', 'breach.withdrawn', { ...taken, ...more });

  test('is none where a later calendar takes it back: done in time, in the month in which it was done', () => {
    const done = fedBack(4, '2026-12-01');
    expect(factsOfCase([begun, breached, done])).toMatchObject([{ late: true, month: MONTH }]);
    expect(factsOfCase([begun, breached, done, acquitted(5)])).toEqual([
      expect.objectContaining({ fact: 'duty', departmentCode: OWN, late: false, month: '2026-12', usedDays: 6 }),
    ]);
  });

  test('stays where another duty is acquitted, by limit or by last day', () => {
    const rows = [begun, breached, fedBack(4, '2026-11-20')];
    for (const more of [
      { limitId: 'another' },
      { dueAt: new Date(endOfDay('2026-11-01')).toISOString() },
      { dueAt: undefined },
    ])
      expect(factsOfCase([...rows, acquitted(5, more)])).toMatchObject([{ late: true }]);
  });

  test('is no second merit of a duty that had no breach', () => {
    const facts = factsOfCase([begun, fedBack(3, '2026-11-16'), acquitted(4)]);
    expect(facts).toMatchObject([{ late: false, usedDays: 5 }]);
  });

  test('is no merit of the department where somebody else brought the limit to rest', () => {
    const byOther = { ...fedBack(4, '2026-11-20'), actorDepartment: '430103-registration' };
    expect(factsOfCase([begun, breached, byOther, acquitted(5)])).toEqual([]);
  });

  test('is told apart from the duty that began again after it', () => {
    const again = row(5, '2026-11-23', 'again', { limits: [{ ...FEEDBACK, change: 'arm', dueDate: '2026-11-30' }] });
    const rows = [begun, breached, fedBack(4, '2026-11-20'), again, acquitted(6), fedBack(7, '2026-11-30')];
    expect(factsOfCase(rows)).toMatchObject([{ late: false, usedDays: 6 }, { late: false }]);
  });

  test('counts no used days where the withdrawal names none', () => {
    const rows = [begun, breached, fedBack(4, '2026-11-20'), acquitted(5, { usedDays: undefined })];
    expect(factsOfCase(rows)).toMatchObject([{ late: false, usedDays: null }]);
  });
});
