/** Continue-as-new for cases: the state goes over to the next run in its memo. */
import { makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import { CONTINUED_FROM, type CaseSnapshot } from '../../domain/case/snapshot.ts';

/** A case that runs for years, such as a listing, continues as new before its history grows heavy. */
const EVENTS_PER_RUN = 2000;

export const isHeavy = () => workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > EVENTS_PER_RUN;

/** The state that the previous run left, or that was read from PostgreSQL for a lost case (outbox/restore-cases.ts). */
export function continuedFrom(): CaseSnapshot | undefined {
  const { memo } = workflowInfo() as { memo?: { [CONTINUED_FROM]?: CaseSnapshot } };
  return memo?.[CONTINUED_FROM];
}

export const continueIn = (input: unknown, left: CaseSnapshot): Promise<never> =>
  makeContinueAsNewFunc({ memo: { [CONTINUED_FROM]: left } })(input);
