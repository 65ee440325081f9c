/**
 * What a step changes besides its case, in the step's own transaction: records shown, restrictions put in force or
 * lifted. Ids and versions only: what they say stays in PostgreSQL (第十九条).
 */
export type CaseEffect =
  /** From now on this version of a record is the one that is shown; the one before is closed. */
  { kind: 'record.show'; recordId: string; version: number };
