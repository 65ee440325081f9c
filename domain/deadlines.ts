/**
 * The clock's law: counting starts on the day after the event, rest days are skipped, make-up days count, and the limit
 * ends at 24:00, UTC+8, of its last day. (行政许可法第八十二条；行政处罚法第八十五条；民法典第二百条至第二百零三条)
 */
import {
  addDays,
  dayKind,
  endOfDay,
  isWorkingDay,
  legalDateOf,
  startOfDay,
  type LegalDate,
  type WorkCalendar,
} from './calendar.ts';
import type { Clock } from './clock.ts';
import { RUNGS, type Limit, type Rung } from './limits.ts';

export interface Deadline {
  due: LegalDate;
  /** Some counted day lies beyond the announced calendar: the date may move. */
  provisional: boolean;
  calendarVersion: string;
}

/**
 * The n-th working day after `start`, which itself is not counted. Negative n counts backwards; 0 is `start`.
 * @throws Refusal calendar.insufficient where the start or a counted day lies before the calendar's beginning.
 */
export function addWorkingDays(calendar: WorkCalendar, start: LegalDate, n: number): Deadline {
  const startKind = dayKind(calendar, start);
  const direction = n < 0 ? -1 : 1;
  let due = start;
  for (let left = Math.abs(n); left > 0;) {
    due = addDays(due, direction);
    if (isWorkingDay(calendar, due)) left -= 1;
  }
  // Counted backwards, the unannounced days lie next to the start.
  const provisional = startKind.provisional || due > calendar.validThrough;
  return { due, provisional, calendarVersion: calendar.version };
}

export interface ExplainedDay {
  date: LegalDate;
  working: boolean;
  reason: string;
  /** Which working day of the limit this is; null where it does not count. */
  count: number | null;
  provisional: boolean;
}

/** How a deadline was counted, day by day, from the day of the event to the last day. */
export function explainDeadline(calendar: WorkCalendar, start: LegalDate, n: number): ExplainedDay[] {
  const first = dayKind(calendar, start);
  const days: ExplainedDay[] = [{ date: start, ...first, reason: '起算事件当日，不计入', count: null }];
  for (let date = start, count = 0; count < n;) {
    date = addDays(date, 1);
    const kind = dayKind(calendar, date);
    if (kind.working) count += 1;
    days.push({ date, ...kind, count: kind.working ? count : null });
  }
  return days;
}

/** Working days after `from` up to and including `to`; negative where `to` lies before `from`. */
export function workingDaysBetween(calendar: WorkCalendar, from: LegalDate, to: LegalDate): number {
  // 0 - x, because -x would be negative zero over a mere rest day.
  if (to < from) return 0 - workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let date = from; date < to;) {
    date = addDays(date, 1);
    if (isWorkingDay(calendar, date)) count += 1;
  }
  return count;
}

/**
 * 中止: the working days that are left of a limit of n when it is suspended. Neither the day of suspension nor that of
 * resumption is counted, as the day of an event never is (民法典第二百零一条); so after resumption on a day R the due
 * date is `addWorkingDays(calendar, R, remaining)`, and over all its running stretches the party has exactly n.
 * @returns 0 where the limit had ended before the suspension: there is nothing to resume.
 */
export function remainingWorkingDays(
  calendar: WorkCalendar,
  start: LegalDate,
  n: number,
  suspendedOn: LegalDate,
): number {
  if (suspendedOn <= start) return n;
  return Math.max(0, n - workingDaysBetween(calendar, start, addDays(suspendedOn, -1)));
}

interface PlannedRung {
  rung: Rung;
  /** The legal date that the rung belongs to. */
  date: LegalDate;
  /** Engine time at which it fires, epoch ms. */
  at: number;
}

export interface DeadlinePlan {
  startDate: LegalDate;
  dueDate: LegalDate;
  /** Engine time of 24:00 of the last day, epoch ms. */
  dueAt: number;
  calendarVersion: string;
  provisional: boolean;
  /** In order of time. */
  rungs: PlannedRung[];
}

/** Reminders arrive when offices open, not at midnight. */
const OFFICE_OPENS_MS = 9 * 3_600_000;

/**
 * A limit's deadline and ladder, from the instant at which its event happened.
 * Reminders fall on the morning of their day, and are left out where that is not after the day of the event; breach is
 * the exact end of the last day; supervision opens when the working days after it have passed whole.
 * @param startedAt engine time, epoch ms
 */
export function planLimit(
  calendar: WorkCalendar,
  limit: Pick<Limit, 'workingDays' | 'ladder'>,
  startedAt: number,
  clock: Clock,
): DeadlinePlan {
  const startDate = legalDateOf(clock.toLegal(startedAt));
  const { due: dueDate, provisional, calendarVersion } = addWorkingDays(calendar, startDate, limit.workingDays);
  const rungs = limit.ladder
    // A limit of n days has n - 1 working days between its event and its due date: earlier reminders say nothing.
    .filter((rung) => limit.workingDays + RUNGS[rung].offset > 0)
    .map((rung): PlannedRung => {
      const { offset } = RUNGS[rung];
      const date = addWorkingDays(calendar, dueDate, offset).due;
      const legal = offset < 0 ? startOfDay(date) + OFFICE_OPENS_MS : endOfDay(date);
      return { rung, date, at: clock.toEngine(legal) };
    });
  return { startDate, dueDate, dueAt: clock.toEngine(endOfDay(dueDate)), calendarVersion, provisional, rungs };
}
