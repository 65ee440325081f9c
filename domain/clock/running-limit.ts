/**
 * Limits that run while calendars change. Arming, firing, recounting, suspending, resuming and extending all ask here what
 * a limit's row means under the calendar in force, so that they agree.
 */
import { later, type LegalDate, type WorkCalendar } from './calendar.ts';
import type { Clock } from './clock.ts';
import { dueOf, planTerm, workingDaysBetween, type Deadline, type DeadlinePlan, type Term } from './deadlines.ts';
import type { Rung } from './limits.ts';

export type RungDates = Partial<Record<Rung, LegalDate>>;

/** The columns of a row of `deadlines` from which the limit is counted. */
export interface RunningLimit extends Term {
  rungs: readonly Rung[];
  dueDate: LegalDate;
  provisional: boolean;
  /** The calendar by which the due date was counted. */
  calendarVersion: string;
  /** The days of the rungs, as the workflow was told them. */
  rungDates: RungDates;
}

export const rungDatesOf = ({ rungs }: DeadlinePlan): RungDates =>
  Object.fromEntries(rungs.map(({ rung, date }) => [rung, date]));

/**
 * The plan of a running limit under a calendar. A provisional last day may move either way, but not to a day that has
 * passed. A firm last day is never brought forward, because someone relies on it. The rungs follow the last day that holds.
 * @param today the legal day on which it is counted.
 */
export const planRunning = (
  calendar: WorkCalendar,
  limit: RunningLimit,
  clock: Clock,
  today: LegalDate,
): DeadlinePlan => planTerm(calendar, limit, limit.rungs, clock, deadlineOf(calendar, limit, today));

function deadlineOf(calendar: WorkCalendar, limit: RunningLimit, today: LegalDate): Deadline {
  const counted = dueOf(calendar, limit);
  const { dueDate: due, provisional, calendarVersion } = limit;
  if (counted.due >= due || (provisional && counted.due >= today)) return counted;
  // The last day stays as it was counted. It becomes firm once the announced calendar reaches it.
  return { due, provisional: provisional && due > calendar.validThrough, calendarVersion };
}

/** Whether the last day differs from the stored one, or is provisional where the stored one is firm, or the reverse. */
export const isMoved = (limit: RunningLimit, plan: DeadlinePlan): boolean =>
  plan.dueDate !== limit.dueDate || plan.provisional !== limit.provisional;

/** Whether anything differs from the stored row. Rungs may move although the last day stays, if working days around it change. */
export function isRecounted(limit: RunningLimit, plan: DeadlinePlan): boolean {
  const stored = Object.entries(limit.rungDates);
  const differs = plan.rungs.some(({ rung, date }) => limit.rungDates[rung] !== date);
  return isMoved(limit, plan) || differs || stored.length !== plan.rungs.length;
}

const isSuspended = ({ pauses }: Term) => pauses.at(-1)?.until === null;

/**
 * The working days between the last day that the calendar counts and a later firm last day. They arise when a make-up day
 * is announced: the count would end earlier, but the firm date stays. The party keeps them when the term changes. None
 * while the limit is suspended, because `suspended` has added them to its days.
 */
function reliedOnDays(calendar: WorkCalendar, limit: RunningLimit): number {
  if (limit.provisional || isSuspended(limit)) return 0;
  const { due } = dueOf(calendar, limit);
  // The days of a pause were given back by counting on after it.
  const from = later(due, limit.pauses.at(-1)?.until ?? due);
  return Math.max(0, workingDaysBetween(calendar, from, limit.dueDate));
}

/** Adds these days to the term, so that a change of the term keeps them. */
function withReliedOn<L extends RunningLimit>(calendar: WorkCalendar, limit: L): L {
  const days = reliedOnDays(calendar, limit);
  if (days === 0) return limit;
  return { ...limit, workingDays: limit.workingDays + days, calendarVersion: calendar.version };
}

/** 中止: the term pauses from the day `on`. */
export function suspended<L extends RunningLimit>(calendar: WorkCalendar, limit: L, on: LegalDate): L {
  const term = withReliedOn(calendar, limit);
  return { ...term, pauses: [...term.pauses, { from: on, until: null }] };
}

/**
 * 恢复: the term runs on with the days that were left. A firm last day that lies later still holds. Whoever had no working day
 * left, but had not passed the last day, because rest days were announced before it, is not late by the pause: the term
 * ends with the day of resumption at the earliest.
 */
export function resumed<L extends RunningLimit>(calendar: WorkCalendar, limit: L, on: LegalDate): L {
  const pauses = limit.pauses.map((pause) => ({ ...pause, until: pause.until ?? on }));
  const term = withReliedOn(calendar, { ...limit, pauses });
  return { ...term, dueDate: later(term.dueDate, on), calendarVersion: calendar.version };
}

/** 延期: adds working days to the term. */
export function extended<L extends RunningLimit>(calendar: WorkCalendar, limit: L, workingDays: number): L {
  const term = withReliedOn(calendar, limit);
  return { ...term, workingDays: term.workingDays + workingDays, calendarVersion: calendar.version };
}
