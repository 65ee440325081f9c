/** Replaces workflows/lib/next-run.ts in a worker's bundle: a new run begins as often as a test needs it. */
import { workflowInfo } from '@temporalio/workflow';

export { continuedFrom, continueIn } from '../../workflows/lib/next-run.ts';

export const isHeavy = () => workflowInfo().historyLength > 40;
