/**
 * Rule set: how a court judges an objection to its list (申请纠正). The platform keeps no clock for a court: the days are shown with
 * their source, so that the enterprise and the organ that holds the entry know until when the court answers.
 */
import { addDays, isWorkingDay, type LegalDate, type WorkCalendar } from '../clock/calendar.ts';

interface CourtObjection {
  source: string;
  document: string;
  /** The first day on which it holds. */
  from: LegalDate;
  article: string;
  /** 自收到书面纠正申请之日起, in days, not working days. */
  reviewDays: number;
  /** 理由成立的，应当在三个工作日内纠正. */
  correctionWorkingDays: number;
}

export const COURT_OBJECTIONS: readonly CourtObjection[] = [
  {
    source: '最高人民法院关于公布失信被执行人名单信息的若干规定',
    document: '法释〔2013〕17号，法释〔2017〕7号修正',
    from: '2017-05-01',
    article: '第十二条',
    reviewDays: 15,
    correctionWorkingDays: 3,
  },
];

export interface CourtReview {
  /** The last day of the court's review. */
  reviewBy: LegalDate;
  basis: string;
}

/**
 * Until when the court answers an application that it received on a day. The day itself is not counted; a term that ends on a rest
 * day ends on the next working day (民法典第二百零一条、第二百零三条).
 * @returns undefined before the rule holds.
 */
export function courtReviewOf(calendar: WorkCalendar, receivedOn: LegalDate): CourtReview | undefined {
  const rule = COURT_OBJECTIONS.findLast(({ from }) => from <= receivedOn);
  if (!rule) return undefined;
  let reviewBy = addDays(receivedOn, rule.reviewDays);
  while (!isWorkingDay(calendar, reviewBy)) reviewBy = addDays(reviewBy, 1);
  return { reviewBy, basis: `${rule.source}（${rule.document}）${rule.article}` };
}
