/** Starts the rollout of a published calendar, once for each version. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { CalendarRolloutPayload } from '../db/reference/calendar-publication.ts';
import type { Deliver } from './dispatcher.ts';

export function startRollouts(client: Client, taskQueue: string): Deliver {
  return async (rows) => {
    const failures = new Map<number, Error>();
    for (const { id, payload } of rows) {
      const { version, from } = payload as CalendarRolloutPayload;
      const args = from ? [version, from] : [version];
      const workflowId = `calendar~${taskQueue}~${version}`;
      const staticSummary = `工作日历 ${version} 送达各在办事项`;
      try {
        await client.workflow.start('calendarRollout', {
          workflowId,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          taskQueue,
          args,
          staticSummary,
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) failures.set(id, error as Error);
      }
    }
    return failures;
  };
}
