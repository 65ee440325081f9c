/**
 * What leaders read (第十四条、第十六条). A figure is the number of cases that meet conditions; the same conditions are the
 * list behind it, so that each figure can be opened and each can be checked.
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
/** As it stands now, whenever the case was opened. */
const running = { title: '当前在办', conditions: () => ({ status: 'open' }) } satisfies Figure;
const overdue = { title: '当前逾期', conditions: () => ({ overdue: true }) } satisfies Figure;

const closedLate = {
  title: '逾期办结',
  conditions: (period) => ({ ...closed.conditions(period), late: true }),
} satisfies Figure;

/**
 * 按时率: a case is closed on time where none of its limits was ever breached, norms among them; between departments, none
 * that its own answers for. What was late by a statutory limit is counted apart: a norm is not the law's.
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

/** By day: the period is the day. */
export const LOAD = { opened, closed, breached } as const satisfies Record<string, Figure>;

export const COUNTIES = { open: running, overdue, breaches: breached, closed, closedOnTime } as const satisfies Record<
  string,
  Figure
>;

/** Null where there is nothing to judge. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** A county is also all that lies in it; of a city or the province, what is its own alone. */
export const ofRegion = (code: string): CaseConditions =>
  regionPrefix(code) === code ? { region: code } : { onlyRegion: code };

export function daysOf({ from, to }: Period): LegalDate[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i));
}
