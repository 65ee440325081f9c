/** A case that outlives its workflow's run: the state that it goes on from, in the memo of the next. */
import { makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import { CONTINUED_FROM, type CaseSnapshot } from '../../domain/case/snapshot.ts';

/** Long lives, of a listing or of what is neglected for years, are cut before their history grows heavy. */
const EVENTS_PER_RUN = 2000;

export const isHeavy = () => workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > EVENTS_PER_RUN;

/** The state that the run before left, or the record of a case that was lost (outbox/restore-cases.ts). */
export function continuedFrom(): CaseSnapshot | undefined {
  const { memo } = workflowInfo() as { memo?: { [CONTINUED_FROM]?: CaseSnapshot } };
  return memo?.[CONTINUED_FROM];
}

export const continueIn = (input: unknown, left: CaseSnapshot): Promise<never> =>
  makeContinueAsNewFunc({ memo: { [CONTINUED_FROM]: left } })(input);
