/** 解除联合惩戒 (第九条第一款): a department ends what it restricted, and says so. */
import { CancellationScope, getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { listingCaseId, sanctionCaseId } from '../domain/case-id.ts';
import { sanctionLiftingBodies, type SanctionLiftingInput } from '../domain/sanction-lifting.ts';
import { openedSanctionLifting } from '../domain/sanction-opening.ts';
import { CaseFile } from './lib/case-file.ts';
import { confirmLifting, liftingConfirmed, withdrawNotice } from './messages.ts';

/** The department's notice is withdrawn where it is still open; the listing hears of the confirmation. */
export async function sanctionLifting(input: SanctionLiftingInput): Promise<string> {
  const lifting = new CaseFile(openedSanctionLifting(input));
  const listingId = listingCaseId(input);

  lifting.handle(confirmLifting, 'confirm', sanctionLiftingBodies, (confirmation) => ({
    facts: { confirmation },
    effects: [{ kind: 'restriction.lift', listingId }],
  }));

  // Nobody cancels a duty, nor what follows from it.
  return CancellationScope.nonCancellable(async () => {
    const withdrawn = withdraw(input, lifting.opened.caseId);
    const stage = await lifting.live(
      '第九条第一款',
      [{ topic: 'lifting.ordered', to: 'holder' }],
      ['sanctionLifting.confirm'],
    );
    await withdrawn;
    await getExternalWorkflowHandle(listingId).signal(liftingConfirmed, input.departmentCode);
    return stage;
  });
}

/** A notice that is closed already needs no withdrawal: the server says that nobody runs under its id. */
async function withdraw(input: SanctionLiftingInput, liftingId: string): Promise<void> {
  const noticeId = sanctionCaseId('sanctionNotice', input);
  try {
    await getExternalWorkflowHandle(noticeId).signal(withdrawNotice, liftingId);
  } catch (error) {
    log.info('the notice was closed before', { noticeId, error: String(error) });
  }
}
