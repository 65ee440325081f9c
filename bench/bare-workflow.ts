/** The yardstick of `bench/workflows.ts`: a workflow that imports nothing but Temporal. */
import { sleep } from '@temporalio/workflow';

export async function bare(): Promise<void> {
  await sleep(1);
}
