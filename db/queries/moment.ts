/** The moment that a query is about. */
import { and, gt, isNotNull, isNull, lte, or, type AnyColumn, type SQL } from 'drizzle-orm';
import { endOfDay, type LegalDate } from '../../domain/clock/calendar.ts';

/** Now, or the end of a day (24:00, UTC+8). */
export type Moment = { now: Date } | { day: LegalDate };

/** The last instant of a day that was asked for. */
export const endOf = (day: LegalDate) => new Date(endOfDay(day) - 1);

/**
 * Whether a span contains the moment. Now it is the span that is open: comparing its begin with our clock would lose it
 * while the clock of who began it is ahead of ours.
 */
export function contains(from: AnyColumn, until: AnyColumn, moment: Moment): SQL | undefined {
  if ('now' in moment) return and(isNotNull(from), isNull(until));
  const at = endOf(moment.day);
  return and(lte(from, at), or(isNull(until), gt(until, at)));
}
