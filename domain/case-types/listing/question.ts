/** 名单核实 (第九条第一款): whether an entry still stands is asked of the organ that decided, which alone can end it. */
import type { LegalDate } from '../../clock/calendar.ts';

/** Why it is asked. */
export const QUESTION_GROUNDS = {
  missing: '列入机关的全量名单中没有该条目',
  'term-over': '法院列入的条目期限已届满，没有收到移出数据',
} as const;
export type QuestionGround = keyof typeof QUESTION_GROUNDS;

/** The last question about an entry. */
export interface ListingQuestion {
  /** `confirmed`: the entry stood in a list again. */
  state: 'pending' | 'answered' | 'confirmed';
  ground: QuestionGround;
  /** The day of the list, or the last day of the term. */
  day: LegalDate;
  /** What the organ answered. */
  reply?: string;
}

export const isPending = (question: ListingQuestion | undefined): boolean => question?.state === 'pending';

/** Not while one is pending, and not against an answer that stands: it does until the entry was seen in a list again. */
export function isToAsk(last: ListingQuestion | undefined, ground: QuestionGround, day: LegalDate): boolean {
  if (!last) return true;
  if (last.state === 'pending') return false;
  if (ground === 'term-over') return true;
  return last.state === 'confirmed' && day > last.day;
}

/** Whether a list of this day, in which the entry stands, answers the question. */
export function isAnsweredBy(last: ListingQuestion | undefined, day: LegalDate): boolean {
  return last !== undefined && last.state !== 'confirmed' && day >= last.day;
}
