/** The replay bundle: our workflows, and one that was edited, once without care and once with it. */
import { patched, sleep } from '@temporalio/workflow';
import { supervision } from '../../workflows/index.ts';
import type { SupervisionInput } from '../../domain/case-types/supervision/opening.ts';

export * from '../../workflows/index.ts';

export async function carelesslyEditedSupervision(input: SupervisionInput): Promise<string> {
  await sleep('1 day');
  return supervision(input);
}

/** Running cases go on as they began; only new ones sleep. */
export async function carefullyEditedSupervision(input: SupervisionInput): Promise<string> {
  if (patched('sleep-first')) await sleep('1 day');
  return supervision(input);
}
