/**
 * The clock's law: counting starts on the day after the event, rest days are skipped, make-up days count, and the limit
 * ends at 24:00, UTC+8, of its last day. (行政许可法第八十二条；行政处罚法第八十五条；民法典第二百条至第二百零三条)
 */
import {
  addDays,
  dayKind,
  endOfDay,
  isWorkingDay,
  later,
  legalDateOf,
  startOfDay,
  type LegalDate,
  type WorkCalendar,
} from './calendar.ts';
import { spreadOf, type Clock } from './clock.ts';
import { rungOrder, RUNGS, type Limit, type Rung } from './limits.ts';

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
  const direction = Math.sign(n);
  let due = start;
  for (let left = Math.abs(n); left > 0;) {
    due = addDays(due, direction);
    if (isWorkingDay(calendar, due)) left -= 1;
  }
  // When counting backwards, the provisional days are those next to the start.
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

/** Working days after `from` up to and including `to`; negative where `to` lies before `from`. */
export function workingDaysBetween(calendar: WorkCalendar, from: LegalDate, to: LegalDate): number {
  // 0 - x instead of -x, which would be negative zero where only rest days lie between.
  if (to < from) return 0 - workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let date = from; date < to;) {
    date = addDays(date, 1);
    if (isWorkingDay(calendar, date)) count += 1;
  }
  return count;
}

/** 中止 of a limit, from the day of suspension until the day of resumption; `until` is null while it lasts. */
export interface Pause {
  from: LegalDate;
  until: LegalDate | null;
}

/**
 * What a deadline is counted from. The days of a pause are not counted, nor the days on which it begins and ends, since
 * the day of an event never counts (民法典第二百零一条). So with any pauses, exactly `workingDays` days are left to act.
 */
export interface Term {
  /** The day of the event. */
  startDate: LegalDate;
  workingDays: number;
  pauses: readonly Pause[];
}

/** Whether a date lies in a pause. A pause that began and ended on the same day takes no day away. */
const isPaused = (pauses: readonly Pause[], date: LegalDate) =>
  pauses.some(({ from, until }) => date >= from && (until === null || date <= until) && from !== until);

/**
 * The last day of a term. A suspended term is counted as if it were resumed on the day of its suspension, which gives the
 * earliest possible last day.
 */
export function dueOf(calendar: WorkCalendar, { startDate, workingDays, pauses }: Term): Deadline {
  if (pauses.length === 0) return addWorkingDays(calendar, startDate, workingDays);
  const closed = pauses.map(({ from, until }) => ({ from, until: until ?? from }));
  let due = startDate;
  for (let left = workingDays; left > 0;) {
    due = addDays(due, 1);
    if (isWorkingDay(calendar, due) && !isPaused(closed, due)) left -= 1;
  }
  return { due, provisional: due > calendar.validThrough, calendarVersion: calendar.version };
}

/** How a limit without pauses was counted. */
export const explainDeadline = (calendar: WorkCalendar, startDate: LegalDate, workingDays: number): ExplainedDay[] =>
  explainTerm(calendar, { startDate, workingDays, pauses: [] });

/**
 * How a term was counted, day by day, with its pauses. Officials see this list.
 * @param until the stored last day, which may lie some rest days after the last day that counts.
 */
export function explainTerm(calendar: WorkCalendar, term: Term, until: LegalDate = term.startDate): ExplainedDay[] {
  const { startDate, pauses } = term;
  const { due } = dueOf(calendar, term);
  let count = 0;
  return explainUntil(calendar, startDate, later(due, until)).map((day) => {
    if (day.date === startDate) return day;
    const counts = day.working && !isPaused(pauses, day.date);
    if (counts) count += 1;
    const reason = day.working && !counts ? '中止，不计入' : day.reason;
    return { ...day, reason, count: counts ? count : null };
  });
}

function explainUntil(calendar: WorkCalendar, start: LegalDate, end: LegalDate): ExplainedDay[] {
  const first = dayKind(calendar, start);
  const days: ExplainedDay[] = [{ date: start, ...first, reason: '起算事件当日，不计入', count: null }];
  for (let date = addDays(start, 1); date <= end; date = addDays(date, 1)) {
    days.push({ date, ...dayKind(calendar, date), count: null });
  }
  return days;
}

/** Working days of a term that are left after a day. */
export function remainingDays(calendar: WorkCalendar, term: Term, on: LegalDate): number {
  const used = explainTerm(calendar, term).filter(({ date, count }) => count !== null && date <= on).length;
  return term.workingDays - used;
}

/** Working days used until a day, including those beyond the term's last day. */
export function usedDays(calendar: WorkCalendar, term: Term, dueDate: LegalDate, on: LegalDate): number {
  const beyond = on > dueDate ? workingDaysBetween(calendar, dueDate, on) : 0;
  return term.workingDays - remainingDays(calendar, term, on) + beyond;
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
  /** How long after its instant a rung's timer may run, in ms of engine time (spread.ts). Absent in plans of earlier commits. */
  spread?: number;
}

/** Reminders arrive when offices open, not at midnight. */
const OFFICE_OPENS_MS = 9 * 3_600_000;

/**
 * The days and instants of a ladder's rungs. A reminder comes on the morning of its day, and is left out if that day is
 * not after the day from which the term runs. The breach is the exact end of the last day. Supervision opens at the end of
 * the last of the working days after it.
 * @param deadline the last day that holds, where it is not the one that the term counts to (see planRunning).
 */
export function planTerm(
  calendar: WorkCalendar,
  term: Term,
  ladder: readonly Rung[],
  clock: Clock,
  deadline: Deadline = dueOf(calendar, term),
): DeadlinePlan {
  const { due: dueDate, provisional, calendarVersion } = deadline;
  const runsFrom = term.pauses.at(-1)?.until ?? term.startDate;
  // Sort, because an administrator may have listed the rungs in any order.
  const rungs = ladder
    .toSorted((a, b) => rungOrder(a) - rungOrder(b))
    .map((rung): PlannedRung => {
      const { offset } = RUNGS[rung];
      const date = addWorkingDays(calendar, dueDate, offset).due;
      const legal = offset < 0 ? startOfDay(date) + OFFICE_OPENS_MS : endOfDay(date);
      return { rung, date, at: clock.toEngine(legal) };
    })
    .filter(({ rung, date }) => RUNGS[rung].offset >= 0 || date > runsFrom);
  return {
    startDate: term.startDate,
    dueDate,
    dueAt: clock.toEngine(endOfDay(dueDate)),
    calendarVersion,
    provisional,
    rungs,
    spread: spreadOf(clock),
  };
}

/**
 * The plan of a limit that begins. Reminders whose time has passed are left out.
 * @param startedAt engine time, epoch ms
 * @param startDate the day from which it counts, if earlier: a limit inside another, or a record that was handed over days
 *   after it came into being.
 */
export function planLimit(
  calendar: WorkCalendar,
  { workingDays, ladder }: Pick<Limit, 'workingDays' | 'ladder'>,
  startedAt: number,
  clock: Clock,
  startDate: LegalDate = legalDateOf(clock.toLegal(startedAt)),
): DeadlinePlan {
  const plan = planTerm(calendar, { startDate, workingDays, pauses: [] }, ladder, clock);
  return { ...plan, rungs: plan.rungs.filter(({ rung, at }) => RUNGS[rung].offset >= 0 || at > startedAt) };
}
