/** How many tasks wait in Temporal for a worker: while they are many, no more cases of files are started. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** A person's command waits behind no more than these and one batch of a file, a fraction of a second's work. */
const LONGEST_QUEUE = 1;

/**
 * Whether the workers keep up, by the queue's statistics. Steps of running cases go to queues of their own, which this does
 * not see; they are bounded by the spread of the cases' timers (workflows/lib/duty-clock.ts).
 */
export async function keepsUp(client: Client, taskQueue: string): Promise<boolean> {
  const { stats } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    reportStats: true,
  });
  // Servers before 1.27 tell no statistics; theirs is as if nothing waited.
  return Number(stats?.approximateBacklogCount ?? 0) <= LONGEST_QUEUE;
}
