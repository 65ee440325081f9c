/**
 * Reads Temporal's clock. No answer of its services carries the time, but a run's start does. The run has an hour to wait
 * before its first task, so no worker meets it, and is deleted at once with its history.
 */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';

/** No worker polls it. */
const QUEUE = 'clock-probe';

/** @param owner one for each installation, which may share a namespace. @returns epoch ms. */
export async function serverTime({ workflow, workflowService, options }: Client, owner: string): Promise<number> {
  const workflowId = `clock-probe~${owner}`;
  const remove = (runId?: string) =>
    workflowService.deleteWorkflowExecution({
      namespace: options.namespace,
      workflowExecution: { workflowId, ...(runId && { runId }) },
    });
  try {
    const { firstExecutionRunId: runId } = await workflow.start('clockProbe', {
      workflowId,
      taskQueue: QUEUE,
      startDelay: '1 hour',
    });
    try {
      return (await workflow.getHandle(workflowId, runId).describe()).startTime.getTime();
    } finally {
      await remove(runId);
    }
  } catch (error) {
    // Left behind by a worker that was killed, or another one is measuring now.
    if (error instanceof WorkflowExecutionAlreadyStartedError) await remove();
    throw error;
  }
}
