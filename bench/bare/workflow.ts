/** Temporal alone doing what a plain case does: the yardstick of `bench -- lifecycle` and `bench -- cost`. */
import {
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BareActivities } from './worker.ts';

export const claim = defineUpdate<string>('claim');
export const feedBack = defineUpdate<string>('feedBack');

const local = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '30 seconds' });
const ordinary = proxyActivities<BareActivities>({ startToCloseTimeout: '30 seconds' });

/** A row, a timer of thirty days, and two updates that each write a row before they answer. */
export async function bareCase(): Promise<void> {
  const { workflowId } = workflowInfo();
  let opened = false;
  let closed = false;
  setHandler(claim, async () => {
    await condition(() => opened);
    await ordinary.write(workflowId, 'claim');
    return 'claimed';
  });
  setHandler(feedBack, async () => {
    await ordinary.write(workflowId, 'feedBack');
    closed = true;
    return 'closed';
  });
  await local.write(workflowId, 'open');
  opened = true;
  await condition(() => closed, '30 days');
}
