/** What the replay bundle contains: our workflows, and one changed as a careless edit would change it. */
import { sleep } from '@temporalio/workflow';
import type { SupervisionInput } from '../../domain/supervision.ts';
import { supervision } from '../../workflows/index.ts';

export * from '../../workflows/index.ts';

export async function carelesslyEditedSupervision(input: SupervisionInput): Promise<string> {
  await sleep('1 day');
  return supervision(input);
}
