/** A case that follows from another: its row is written with the step that caused it, its workflow started right after. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { log, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { CaseOpening } from '../../domain/cases.ts';
import { caseStart } from './starting.ts';

export async function startFollowUps(followUps: readonly CaseOpening[]): Promise<void> {
  await Promise.all(followUps.map((followUp) => startFollowUp(followUp)));
}

/** Starts it and lets it go: it outlives its parent. The same case is never started twice. */
async function startFollowUp({ opened, workflow, input }: CaseOpening): Promise<void> {
  try {
    await startChild(workflow, {
      ...caseStart(opened),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    log.info('follow-up case already started', { caseId: opened.caseId });
  }
}
