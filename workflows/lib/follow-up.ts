/** A case that follows from another: its row is written with the step that caused it, its workflow started right after. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { log, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { Begun, CaseSnapshot } from '../../domain/case/snapshot.ts';
import { caseStart } from './starting.ts';

/** @param begun the state in which they begin; absent in histories of earlier commits. */
export async function startFollowUps(followUps: readonly CaseOpening[], begun: Begun = {}): Promise<void> {
  await Promise.all(followUps.map((followUp) => startFollowUp(followUp, begun[followUp.opened.caseId])));
}

/**
 * Starts a follow-up case, which outlives its parent. If it runs already, somebody else opened it, for example a supervisor
 * who ordered the supervision before its rung fired. The warning also reveals an id that wrongly names two obligations.
 */
async function startFollowUp({ opened, workflow, input }: CaseOpening, begun?: CaseSnapshot): Promise<void> {
  try {
    await startChild(workflow, {
      ...caseStart(opened, begun),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    log.warn('follow-up case already started', { caseId: opened.caseId });
  }
}
