/** 列入期限: what is done when the term of an entry is over. */
import { CancellationScope, condition } from '@temporalio/workflow';
import { delayOf } from '../../domain/clock/spread.ts';
import type { ListingTerm } from '../../domain/case-types/listing/opening.ts';
import type { CaseFile } from './case-file.ts';

/**
 * Call it before `live`. The term is part of the workflow's input, so the next run and a restored case go on with it.
 * @param act is called unless the entry was ended before, with the end of the term: engine time, epoch ms.
 */
export function afterTerm(file: CaseFile, term: ListingTerm, act: (expiresAt: number) => Promise<void>): void {
  // A step that cannot be recorded fails the case in `live`; here it has nobody else to tell.
  CancellationScope.nonCancellable(async () => {
    const { expiresAt, spread, listedUntil } = term;
    const isOff = () => file.stage !== 'listed';
    const runsAt = expiresAt + delayOf(file.opened.caseId, spread);
    const options = { summary: `列入期满（${listedUntil}）` };
    if (await condition(isOff, Math.max(runsAt - Date.now(), 1), options)) return;
    await act(expiresAt);
  }).catch(() => undefined);
}
