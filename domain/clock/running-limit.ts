/**
 * A limit that runs while calendars change. Whatever arms, fires, counts again, suspends, resumes or extends a limit asks
 * here what its row means under the calendar in force, so that all of them say the same.
 */
import type { LegalDate, WorkCalendar } from './calendar.ts';
import type { Clock } from './clock.ts';
import { dueOf, planTerm, workingDaysBetween, type Deadline, type DeadlinePlan, type Term } from './deadlines.ts';
import type { Rung } from './limits.ts';

export type RungDates = Partial<Record<Rung, LegalDate>>;

/** A running limit as it is on record. */
export interface RunningLimit extends Term {
  rungs: readonly Rung[];
  dueDate: LegalDate;
  provisional: boolean;
  /** The calendar by which the due date was counted. */
  calendarVersion: string;
  /** The days of the ladder that the case was told of. */
  rungDates: RungDates;
}

export const rungDatesOf = ({ rungs }: DeadlinePlan): RungDates =>
  Object.fromEntries(rungs.map(({ rung, date }) => [rung, date]));

/**
 * What plan a running limit has under a calendar. A provisional date may move either way, but to no day that has passed; a
 * firm one is never brought forward, because someone relies on it. The ladder always hangs on the date that holds.
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
  // It stays as it was counted. Once announced days reach it, it is relied on like any other.
  return { due, provisional: provisional && due > calendar.validThrough, calendarVersion };
}

/** Whether the last day, or how certain it is, differs from the record: the holder is told. */
export const isMoved = (limit: RunningLimit, plan: DeadlinePlan): boolean =>
  plan.dueDate !== limit.dueDate || plan.provisional !== limit.provisional;

/** Whether anything differs from the record. The working days after a date that stays may be others: so may supervision. */
export function isRecounted(limit: RunningLimit, plan: DeadlinePlan): boolean {
  const onRecord = Object.entries(limit.rungDates);
  const differs = plan.rungs.some(({ rung, date }) => limit.rungDates[rung] !== date);
  return isMoved(limit, plan) || differs || onRecord.length !== plan.rungs.length;
}

const isSuspended = ({ pauses }: Term) => pauses.at(-1)?.until === null;

/**
 * Working days by which a date that someone relies on lies behind what a calendar would count: a make-up day announced
 * later brought the count forward and left the date where it was. They are the party's, whatever is added afterwards.
 * None while it is suspended: by then they are part of its days.
 */
function reliedOnDays(calendar: WorkCalendar, limit: RunningLimit): number {
  if (limit.provisional || isSuspended(limit)) return 0;
  const { due } = dueOf(calendar, limit);
  return due < limit.dueDate ? workingDaysBetween(calendar, due, limit.dueDate) : 0;
}

/** What was relied on becomes part of the term, before the term changes. */
function withReliedOn<L extends RunningLimit>(calendar: WorkCalendar, limit: L): L {
  const days = reliedOnDays(calendar, limit);
  if (days === 0) return limit;
  return { ...limit, workingDays: limit.workingDays + days, calendarVersion: calendar.version };
}

/** 中止 */
export function suspended<L extends RunningLimit>(calendar: WorkCalendar, limit: L, on: LegalDate): L {
  const term = withReliedOn(calendar, limit);
  return { ...term, pauses: [...term.pauses, { from: on, until: null }] };
}

/** 恢复: with the days that were left, and not before a date that is already relied on. */
export function resumed<L extends RunningLimit>(calendar: WorkCalendar, limit: L, on: LegalDate): L {
  const pauses = limit.pauses.map((pause) => ({ ...pause, until: pause.until ?? on }));
  return { ...withReliedOn(calendar, { ...limit, pauses }), calendarVersion: calendar.version };
}

/** 延期 */
export function extended<L extends RunningLimit>(calendar: WorkCalendar, limit: L, workingDays: number): L {
  const term = withReliedOn(calendar, limit);
  return { ...term, workingDays: term.workingDays + workingDays, calendarVersion: calendar.version };
}
