/** The rows of `deadlines`: how a term that begins is written, and what the audit log keeps of a limit that changes. */
import type { LimitChange } from '../../domain/case/case-step.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { endOfDay, legalDateOf, startOfDay, type LegalDate, type WorkCalendar } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { planLimit, usedDays, type DeadlinePlan, type Term } from '../../domain/clock/deadlines.ts';
import type { Limit, LimitId, LimitKind } from '../../domain/clock/limits.ts';
import { rungDatesOf } from '../../domain/clock/running-limit.ts';
import { answeringDepartment, partyOf } from '../../domain/oversight/answering.ts';

export const planColumns = (plan: DeadlinePlan) => ({
  dueDate: plan.dueDate,
  dueAt: new Date(endOfDay(plan.dueDate)),
  calendarVersion: plan.calendarVersion,
  provisional: plan.provisional,
  rungDates: rungDatesOf(plan),
});

/** @returns the columns of a limit that begins, and its plan. */
export function beginTerm(
  calendar: WorkCalendar,
  limit: Limit,
  { startedAt, startDate }: Pick<Extract<LimitChange, { change: 'arm' }>, 'startedAt' | 'startDate'>,
  clock: Clock,
) {
  const plan = planLimit(calendar, limit, startedAt, clock, startDate);
  const term = {
    workingDays: limit.workingDays,
    // Where counting starts on an earlier day, reminders that have passed already are dropped for good.
    rungs: startDate === undefined ? [...limit.ladder] : plan.rungs.map(({ rung }) => rung),
    startedAt: startDate === undefined ? clock.legal(startedAt) : new Date(startOfDay(startDate)),
    startDate: plan.startDate,
    ...planColumns(plan),
  };
  return { plan, term };
}

/** What the audit log keeps of a limit that a step changed. */
export interface AuditedLimit {
  limitId: LimitId;
  change: LimitChange['change'];
  kind: LimitKind;
  workingDays: number;
  dueDate: string;
  /** Only of a settled limit: how many of its working days were used, by the calendar of that day. */
  usedDays?: number;
  /** Only of a settled limit: the department that owed it; null where nobody did, or an organ that is no department. */
  answering?: string | null;
}

interface Held {
  caseType: CaseType;
  departmentCode: string | null;
  regionCode: string;
}

/** @param at legal time of the step. @returns what the log says of each change whose limit has a row, in their order. */
export function auditLimits(
  calendar: WorkCalendar,
  held: Held,
  rows: readonly (Term & { limitId: LimitId; kind: LimitKind; dueDate: string })[],
  changes: readonly Pick<LimitChange, 'limitId' | 'change'>[],
  at: Date,
): AuditedLimit[] {
  const today = legalDateOf(at.getTime());
  return changes.flatMap(({ limitId, change }) => {
    const deadline = rows.find((one) => one.limitId === limitId);
    if (!deadline) return [];
    const { kind, workingDays, dueDate } = deadline;
    const settled = () => ({ usedDays: usedDays(calendar, deadline, dueDate, today), answering: owing(held, limitId) });
    return [{ limitId, change, kind, workingDays, dueDate, ...(change === 'settle' && settled()) }];
  });
}

/** The department that owed the limit: if it was met in time, the assessment credits this department. */
function owing(held: Held, limitId: LimitId): string | null {
  const party = partyOf(held.caseType, held.departmentCode !== null, limitId);
  return answeringDepartment(party, limitId, held);
}

interface Timed {
  dueDate: LegalDate;
  dueAt: Date;
  settledAt: Date | null;
  suspendedAt: Date | null;
}

const running = <L extends Timed>(limits: readonly L[]): L[] =>
  limits
    .filter(({ settledAt, suspendedAt }) => !settledAt && !suspendedAt)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());

/** When the first of a case's running limits ends; null where none runs. */
export const firstDue = (limits: readonly Timed[]): Date | null => running(limits)[0]?.dueAt ?? null;

/** The last day of the limit that runs longest: the date that a notice asks its reader to meet. */
export const longestDue = (limits: readonly Timed[]): LegalDate | null => running(limits).at(-1)?.dueDate ?? null;
