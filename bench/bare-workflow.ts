/** The yardstick of `bench/workflows.ts`: a workflow that imports Temporal and nothing else. */
import { sleep } from '@temporalio/workflow';

export async function bare(): Promise<void> {
  await sleep(1);
}
