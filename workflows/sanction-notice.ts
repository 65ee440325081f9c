/** 联合惩戒通知 (第九条第一款): one listing, one department. */
import { setHandler } from '@temporalio/workflow';
import { listingCaseId } from '../domain/case/id.ts';
import { decisionBodiesOf, sanctionNoticeBodies } from '../domain/case-types/sanction-notice/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { handleSuspension } from './lib/terms.ts';
import { withdrawNotice } from './messages.ts';
import { openedSanctionNotice, type SanctionNoticeInput } from '../domain/case-types/sanction-notice/opening.ts';

/**
 * The department fetches the notice, decides a restriction or says why not, executes it, and feeds back within fifteen
 * working days of its decision. If it neglects this, it is supervised (第十七条).
 */
export async function sanctionNotice(input: SanctionNoticeInput): Promise<string> {
  const notice = new CaseFile(openedSanctionNotice(input), input);
  const listingId = listingCaseId(input);

  notice.handle(sanctionNoticeBodies, 'fetch');
  notice.handle(decisionBodiesOf(input.measureIds), 'decide', (decision) => ({
    facts: { decision },
    effects: [{ kind: 'restriction.decide', listingId, measureIds: [...new Set(decision.measureIds)] }],
    arm: ['sanctionNotice.feedback'],
    notify: [{ topic: 'sanction.decided', to: 'registering-authority' }],
  }));
  notice.handle(sanctionNoticeBodies, 'decline', (refusal) => ({
    facts: { refusal },
    notify: [{ topic: 'sanction.declined', to: 'registering-authority' }],
  }));
  notice.handle(sanctionNoticeBodies, 'execute', (execution) => ({
    facts: { execution },
    effects: [{ kind: 'restriction.execute' }],
  }));
  notice.handle(sanctionNoticeBodies, 'feedBack', (feedback) => ({
    facts: { feedback },
    notify: [{ topic: 'sanction.fedBack', to: 'registering-authority' }],
  }));
  handleSuspension(notice, 'sanction.suspended');
  setHandler(withdrawNotice, (liftingId) =>
    notice.act('withdraw', () => ({
      facts: { withdrawnBy: liftingId },
      notify: [{ topic: 'sanction.withdrawn', to: 'holder' }],
    })),
  );

  return notice.live();
}
