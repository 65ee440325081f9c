/** The days of a restriction (第九条第一款): decided, in force from, in force until. */
import type { LegalDate } from '../../clock/calendar.ts';

export interface RestrictionDates {
  /** 做出限制决定之日: the fifteen working days run from it. Absent in decisions of earlier commits: the day of entry. */
  decidedOn?: LegalDate | undefined;
  /** Absent: in force from the decision on. */
  validFrom?: LegalDate | undefined;
  /** The last day, included. Absent: in force until it is lifted. */
  validUntil?: LegalDate | undefined;
}

export interface Contradiction {
  field: keyof RestrictionDates;
  message: string;
}

/** What is wrong with days that cannot all be true; undefined if they agree. */
export function contradictionIn({ decidedOn, validFrom, validUntil }: RestrictionDates): Contradiction | undefined {
  if (!decidedOn) {
    return validFrom || validUntil ? { field: 'decidedOn', message: '缺少做出限制决定之日，请填写' } : undefined;
  }
  if (validFrom && validFrom < decidedOn) {
    return { field: 'validFrom', message: `限制自${validFrom}，早于做出决定之日${decidedOn}，请更正` };
  }
  const begins = validFrom ?? decidedOn;
  if (validUntil && validUntil < begins) {
    return { field: 'validUntil', message: `限制至${validUntil}，早于限制开始之日${begins}，请更正` };
  }
  return undefined;
}
