/**
 * What a step changes besides its case, in the step's own transaction: records shown, restrictions put in force or
 * lifted, other cases told. Ids and versions only: what they say stays in PostgreSQL (第十九条).
 */
export type CaseEffect =
  /** From now on this version of a record is the one that is shown; the one before is closed. */
  | { kind: 'record.show'; recordId: string; version: number }
  /** 撤下: the record is shown no longer. The version is the withdrawal's own number. */
  | { kind: 'record.withdraw'; recordId: string; version: number }
  /** The case's department restricts the listed enterprise by these measures. */
  | { kind: 'restriction.decide'; listingId: string; measureIds: string[] }
  | { kind: 'restriction.execute' }
  /** Whatever the case's department restricted for the listing ends. */
  | { kind: 'restriction.lift'; listingId: string }
  /** The enterprise is no longer on the list: nothing new can be restricted for it. */
  | { kind: 'listing.remove'; listingId: string }
  /** The case's attachments are from now on this case's, and seen by whom it concerns. */
  | { kind: 'attachments.handOver'; caseId: string }
  /** Another case is told, as soon as it runs. */
  | ({ kind: 'case.tell' } & ToldCase);

/** A fact for a case, as one of its signals (workflows/messages.ts). */
export interface ToldCase {
  caseId: string;
  signal: string;
  args: string[];
}
