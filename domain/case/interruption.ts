/** Why nothing can be done on an open case until it is restored from the record (outbox/restore-cases.ts). */
export type Interruption =
  /** Its workflow was ended by hand, failed, or was lost with Temporal's data. */
  | 'workflow-gone'
  /** The workflow has recorded steps that the record does not hold: PostgreSQL came from a backup. */
  | 'record-behind'
  /** The record holds steps that the workflow does not know: Temporal's data came from a backup. */
  | 'workflow-behind'
  /** Its workflow cannot go on: a replay leads to other commands than its history holds. */
  | 'stuck';
