/** 小微企业扶持 (第十条): entered by a department, approved by a second person, published until its term ends. */
import { CancellationScope, condition } from '@temporalio/workflow';
import { supportMeasureBodies } from '../domain/case-types/support-measure/commands.ts';
import { openedSupportMeasure, type SupportMeasureInput } from '../domain/case-types/support-measure/opening.ts';
import { CaseFile } from './lib/case-file.ts';

/**
 * Another person of the department approves within five working days or refuses; what is approved is published under the
 * enterprise's name, and expires by itself with the last day of its term.
 */
export async function supportMeasure(input: SupportMeasureInput): Promise<string> {
  const file = new CaseFile(openedSupportMeasure(input), input);

  file.handle(supportMeasureBodies, 'approve', (review) => ({
    facts: { review },
    notify: [
      { topic: 'supportMeasure.published', to: 'holder' },
      // 互联互通: whoever supervises the enterprise knows of it.
      { topic: 'supportMeasure.published', to: 'recipients' },
    ],
  }));
  file.handle(supportMeasureBodies, 'refuse', (disapproval) => ({
    facts: { disapproval },
    notify: [{ topic: 'supportMeasure.refused', to: 'holder' }],
  }));
  file.handle(supportMeasureBodies, 'end', (ending) => ({ facts: { ending } }));

  // A step that cannot be recorded fails the case in `live`; here it has nobody else to tell.
  expireAt(file, input.expiresAt).catch(() => undefined);
  return file.live();
}

/** @param at engine time, epoch ms. A case that closes before then has nothing to expire. */
function expireAt(file: CaseFile, at: number): Promise<void> {
  return CancellationScope.nonCancellable(async () => {
    const isClosed = await condition(() => file.isClosed, Math.max(at - Date.now(), 1), { summary: '扶持期满' });
    if (isClosed) return;
    await file.act('expire', () => ({ notify: [{ topic: 'supportMeasure.expired', to: 'holder' }] }));
  });
}
