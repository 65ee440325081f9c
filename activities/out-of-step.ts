/**
 * Refuses a step that does not follow from what the record holds: either PostgreSQL or Temporal came from a backup. The
 * step can never be written, so its workflow fails instead of running ahead, and is restored from the record.
 */
import { ApplicationFailure } from '@temporalio/activity';
import { noteInterrupted } from '../db/cases/interrupted.ts';
import { StepConflict, type CaseRow } from '../db/cases/steps.ts';
import type { Database } from '../db/postgres/client.ts';
import type { Interruption } from '../domain/case/interruption.ts';
import type { CaseStep, RungStep, StepBase } from '../domain/case/case-step.ts';
import type { DeadlineRow } from './deadlines.ts';

class OutOfStep extends Error {
  readonly reason: Interruption;

  constructor(reason: Interruption, message: string) {
    super(message);
    this.name = 'OutOfStep';
    this.reason = reason;
  }
}

/** @throws OutOfStep if the record lacks the step that the workflow recorded last. */
export function refuseRecordBehind(isAfter: boolean, { caseId, follows }: StepBase): void {
  if (!isAfter) throw new OutOfStep('record-behind', `${caseId} has no step ${follows} in the database`);
}

/** @throws OutOfStep if the step starts from another stage than the one in the database. */
export function refuseOtherStage(row: CaseRow, { open, stage, action }: CaseStep): void {
  if (open || row.stage === stage.before) return;
  const message = `${row.caseId} is at ${row.stage} in the database; ${action} would follow ${stage.before}`;
  throw new OutOfStep('workflow-behind', message);
}

/**
 * A limit that was met late is settled first, and then its rungs fire that had passed by then.
 * @param plannedAt legal time of the rung. @throws OutOfStep if its limit rests in the database since before: the workflow
 *   would have stopped its clock.
 */
export function refuseRungAtRest(
  { caseId, settledAt, suspendedAt }: DeadlineRow,
  { limitId, rung }: RungStep,
  plannedAt: Date,
): void {
  if ((settledAt === null || plannedAt <= settledAt) && suspendedAt === null) return;
  throw new OutOfStep('workflow-behind', `${limitId} of ${caseId} rests in the database; ${rung} would fire`);
}

/**
 * Does a step's work. Where it is refused here, or its token is that of another step, trying again does not help: the case is
 * noted as interrupted, and its workflow fails, visibly, instead of running ahead of the record.
 */
export async function failingOutOfStep<T>(db: Database, caseId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OutOfStep) && !(error instanceof StepConflict)) throw error;
    await noteInterrupted(db, caseId, error instanceof OutOfStep ? error.reason : 'workflow-behind');
    throw ApplicationFailure.nonRetryable(error.message, error.name);
  }
}
