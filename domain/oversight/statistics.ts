/**
 * The statistics for leaders (第十四条、第十六条). A figure is the number of cases that meet its conditions. The list behind
 * the figure is filtered by the same conditions, so that every figure can be opened and checked.
 */
import { addDays, dayNumber, type LegalDate } from '../clock/calendar.ts';
import type { CaseConditions } from '../worklist/case-filter.ts';
import { regionPrefix } from '../organs/region-code.ts';

/** Both days included. */
export interface Period {
  from: LegalDate;
  to: LegalDate;
}

interface Figure {
  title: string;
  conditions: (period: Period) => CaseConditions;
}

const opened = {
  title: '新立事项',
  conditions: ({ from, to }) => ({ openedFrom: from, openedTo: to }),
} satisfies Figure;
const closed = {
  title: '办结事项',
  conditions: ({ from, to }) => ({ closedFrom: from, closedTo: to }),
} satisfies Figure;
const breached = {
  title: '发生逾期',
  conditions: ({ from, to }) => ({ breachedFrom: from, breachedTo: to }),
} satisfies Figure;
const closedOnTime = {
  title: '按时办结',
  conditions: (period) => ({ ...closed.conditions(period), late: false }),
} satisfies Figure;
/** Counts the cases of today, whatever the period. */
const running = { title: '当前在办', conditions: () => ({ status: 'open' }) } satisfies Figure;
const overdue = { title: '当前逾期', conditions: () => ({ overdue: true }) } satisfies Figure;

const closedLate = {
  title: '逾期办结',
  conditions: (period) => ({ ...closed.conditions(period), late: true }),
} satisfies Figure;

/**
 * 按时率: a case is closed on time if none of its limits, statutory or norm, was ever breached. When departments are
 * compared, only breaches count that the case's own department answers for. Cases late by a statutory limit are also
 * counted apart, because a norm is not the law's number.
 */
export const TIMELINESS = {
  opened,
  closed,
  closedOnTime,
  closedLate,
  closedLateStatutory: {
    title: '其中法定期限逾期',
    conditions: (period) => ({ ...closedLate.conditions(period), lateKind: 'statutory' }),
  },
  running,
  overdueNow: overdue,
} as const satisfies Record<string, Figure>;

/** Figures by day: the period is one day. */
export const LOAD = { opened, closed, breached } as const satisfies Record<string, Figure>;

export const COUNTIES = { open: running, overdue, breaches: breached, closed, closedOnTime } as const satisfies Record<
  string,
  Figure
>;

/** @returns null where the whole is 0. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The cases of one row of the table of regions: a county's with everything below it; a city's or the province's own only. */
export const ofRegion = (code: string): CaseConditions =>
  regionPrefix(code) === code ? { region: code } : { onlyRegion: code };

export function daysOf({ from, to }: Period): LegalDate[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i));
}
