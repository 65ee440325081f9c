import type { RestrictionDates } from '../case-types/sanction-notice/dates.ts';
import type { LegalDate } from '../clock/calendar.ts';

/**
 * What a step changes besides its case, in the step's own transaction: records shown, restrictions put in force or
 * lifted, other cases told. Effects carry ids and versions only; the contents stay in PostgreSQL (第十九条).
 */
export type CaseEffect =
  /** The version counts from this step on; until then nobody sees it. */
  | { kind: 'version.takeUp'; recordId: string; version: number }
  /** Brings a record onto the platform, and opens its publication. Its content waits under this id. */
  | { kind: 'record.accept'; draftId: string }
  /** The record has arrived on the platform: its department has reviewed it (第十九条第一款). */
  | { kind: 'record.receive'; recordId: string }
  /** Shows this version of a record from now on, instead of the version before. */
  | { kind: 'record.show'; recordId: string; version: number }
  /** 撤下: the record is shown no longer. A withdrawal has a number of its own among the versions. */
  | { kind: 'record.withdraw'; recordId: string; version: number }
  /** The case's department restricts the listed enterprise by these measures. */
  | DecidedRestriction
  | { kind: 'restriction.execute' }
  /**
   * Ends every restriction of a department for the listing: of the case's own, unless it lifts in place of another.
   * Steps of earlier commits name none.
   */
  | { kind: 'restriction.lift'; listingId: string; departmentCode?: string }
  /** 限制期满: what the notice `caseId` restricts ends with this day, unless it was lifted before. */
  | { kind: 'restriction.expire'; caseId: string; validUntil: LegalDate }
  /**
   * The enterprise is no longer on the list: nothing new can be restricted for it. Where its term has ended (`listedUntil`, the
   * last day), since that day's end.
   */
  | { kind: 'listing.remove'; listingId: string; listedUntil?: LegalDate }
  /** The organ that decided the entry was retired: this department decides in its place. A court's entry is a court's. */
  | { kind: 'listing.handOver'; listingId: string; departmentCode: string }
  /** 确认不涉及审批: the registration is published without a case from now on, and never taken away (第七条第二款). */
  | { kind: 'registration.publish'; registrationNo: string }
  /** Hands the attachments over to the case `caseId`, so that those whom that case concerns may see them. */
  | { kind: 'attachments.handOver'; caseId: string }
  /** Sends a signal to another case, as soon as that case runs. */
  | ({ kind: 'case.tell' } & ToldCase);

/** Days and number are absent in steps of earlier commits. */
export interface DecidedRestriction extends RestrictionDates {
  kind: 'restriction.decide';
  listingId: string;
  measureIds: string[];
  documentNo?: string | undefined;
  /** Under which the record keeps basis and person (restriction_texts). */
  texts?: string | undefined;
}

/** A fact for a case, as one of its signals (workflows/messages.ts). */
export interface ToldCase {
  caseId: string;
  signal: string;
  args: string[];
}

/** 终止: signals that end a case, whatever they name as the cause. Whoever was told once need not be told of another cause. */
export const SAID_ONCE: ReadonlySet<string> = new Set(['enterpriseCancelled', 'withdrawNotice']);
