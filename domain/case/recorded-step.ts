/** The steps that a workflow knows to be in the record. */

/** `actor` is a username, or the system. */
export interface RecordedStep {
  token: string;
  action: string;
  actor: string;
  /** Engine time of the deed, epoch ms. */
  at: number;
}

/** How a workflow answers the question which steps it has recorded (workflows/messages.ts). */
export interface RecordedSteps {
  steps: RecordedStep[];
  /** False: the run began from a snapshot of an earlier commit, which named no steps; earlier ones are not known. */
  isWhole: boolean;
}
