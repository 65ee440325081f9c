/** The days of an entry (第九条): listed on, listed until, public at least until. The last day of a term is included. */
import { addDays, type LegalDate } from '../../clock/calendar.ts';
import type { REMOVAL_GROUNDS } from './grounds.ts';
import { repairableFrom, SEVERITIES, type Severity } from '../../rule-sets/penalty-publicity.ts';

export interface ListingDates {
  listedOn: LegalDate;
  /** 列入期限. Absent: until the organ that decided removes the entry. */
  listedUntil?: LegalDate | undefined;
  /** 最短公示期. Absent: none. */
  minimumPublicUntil?: LegalDate | undefined;
}

export interface Contradiction {
  field: keyof ListingDates;
  message: string;
}

/** What is wrong with days that cannot all be true; undefined if they agree. */
export function contradictionIn({
  listedOn,
  listedUntil,
  minimumPublicUntil,
}: ListingDates): Contradiction | undefined {
  if (listedUntil && listedUntil < listedOn) {
    return { field: 'listedUntil', message: `列入期限至${listedUntil}，早于列入之日${listedOn}，请更正` };
  }
  if (minimumPublicUntil && minimumPublicUntil < listedOn) {
    const message = `最短公示期至${minimumPublicUntil}，早于列入之日${listedOn}，请更正`;
    return { field: 'minimumPublicUntil', message };
  }
  if (listedUntil && minimumPublicUntil && minimumPublicUntil > listedUntil) {
    const message = `最短公示期至${minimumPublicUntil}，晚于列入期限${listedUntil}，请更正`;
    return { field: 'minimumPublicUntil', message };
  }
  return undefined;
}

/**
 * The days as they are kept: where only the severity is stated, the rule in force gives the least publicity.
 * @param day on which the entry is taken in.
 */
export function completedDates(
  { listedOn, listedUntil, minimumPublicUntil }: ListingDates,
  severity: Severity | undefined,
  day: LegalDate,
): { dates: ListingDates; fault?: string } {
  const least = repairableFrom({ severity }, listedOn, day);
  const dates: ListingDates = { listedOn, listedUntil, minimumPublicUntil: minimumPublicUntil ?? least?.after };
  if (severity && least && minimumPublicUntil && minimumPublicUntil < least.after) {
    const fault = `${SEVERITIES[severity]}失信信息的最短公示期为${least.months}个月（${least.basis}），至${least.after}止，不得早于该日`;
    return { dates, fault };
  }
  const fault = contradictionIn(dates)?.message;
  return { dates, ...(fault && { fault }) };
}

/**
 * 最短公示期: an entry leaves the list before it only because the decision was revoked, or by its term.
 * @returns the first day on which it may leave on this ground; undefined where it may on this day.
 */
export function removableOnlyFrom(
  minimumPublicUntil: LegalDate | null,
  ground: keyof typeof REMOVAL_GROUNDS,
  day: LegalDate,
): LegalDate | undefined {
  if (ground === 'revoked' || minimumPublicUntil === null || day > minimumPublicUntil) return undefined;
  return addDays(minimumPublicUntil, 1);
}
