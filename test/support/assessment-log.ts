/** A case as the audit log tells it: opened, claimed, breached, fed back. */
import { endOfDay, startOfDay } from '../../domain/clock/calendar.ts';
import type { AuditRow } from '../../domain/oversight/assessment-facts.ts';

export const MONTH = '2026-11';
export const OWN = '430103-agriculture';
export const OTHER = '430103-health';
export const OWED = { answering: OWN };
export const FEEDBACK = {
  ...OWED,
  limitId: 'registrationPush.feedback',
  kind: 'statutory',
  workingDays: 7,
  dueDate: '2026-11-18',
};
export const CLAIM = {
  ...OWED,
  limitId: 'registrationPush.claim',
  kind: 'norm',
  workingDays: 3,
  dueDate: '2026-11-12',
};
const noon = (date: string) => startOfDay(date) + 12 * 3_600_000;

export const row = (
  step: number,
  date: string,
  action: string,
  after: Record<string, unknown>,
  actorDepartment: string | null = null,
): AuditRow => ({
  caseId: 'push~1',
  step,
  at: noon(date),
  action,
  after,
  actorDepartment,
});
export const opened = (more: object = {}) =>
  row(1, '2026-11-09', 'open', {
    caseType: 'registrationPush',
    departmentCode: OWN,
    limits: [
      { ...FEEDBACK, change: 'arm' },
      { ...CLAIM, change: 'arm' },
    ],
    ...more,
  });
export const claimed = row(2, '2026-11-10', 'claim', { limits: [{ ...CLAIM, change: 'settle', usedDays: 1 }] }, OWN);
export const fedBack = (step: number, date: string) =>
  row(step, date, 'feedBack', { limits: [{ ...FEEDBACK, change: 'settle', usedDays: 5 }] }, OWN);
export const breached: AuditRow = {
  ...row(3, '2026-11-19', 'rung:due', { ...OWED, limitId: FEEDBACK.limitId }),
  at: endOfDay('2026-11-18'),
};
