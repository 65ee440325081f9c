/** 联合惩戒通知 (第九条第一款): one listing, one department. */
import { setHandler } from '@temporalio/workflow';
import type { CaseEffect } from '../domain/case/effects.ts';
import { listingCaseId } from '../domain/case/id.ts';
import {
  decisionBodiesOf,
  sanctionNoticeBodies,
  type ToldDecision,
} from '../domain/case-types/sanction-notice/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { tell } from './lib/effects.ts';
import { handleSuspension } from './lib/terms.ts';
import { restrictionDecided, withdrawNotice } from './messages.ts';
import { openedSanctionNotice, type SanctionNoticeInput } from '../domain/case-types/sanction-notice/opening.ts';

/**
 * The department fetches the notice, decides a restriction or says why not, executes it, and feeds back within fifteen
 * working days of the day on which it decided. If it neglects this, it is supervised (第十七条).
 */
export async function sanctionNotice(input: SanctionNoticeInput): Promise<string> {
  const notice = new CaseFile(openedSanctionNotice(input), input);
  const listingId = listingCaseId(input);

  notice.handle(sanctionNoticeBodies, 'fetch');
  notice.handle(decisionBodiesOf(input.measureIds), 'decide', ({ texts, expiry, ...decision }, _, startedAt) => ({
    facts: { decision },
    effects: [restricted(listingId, decision, texts), ...endingWith(listingId, notice.opened.caseId, decision, expiry)],
    // From the day of the decision, whenever it is entered. Decisions of earlier commits name no day but their own.
    ...(decision.decidedOn
      ? { limits: [{ limitId: 'sanctionNotice.feedback', change: 'arm', startedAt, startDate: decision.decidedOn }] }
      : { arm: ['sanctionNotice.feedback'] }),
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

type Decision = Omit<ToldDecision, 'texts' | 'expiry'>;

const restricted = (
  listingId: string,
  { measureIds, documentNo, decidedOn, validFrom, validUntil }: Decision,
  texts: string | undefined,
): CaseEffect => ({
  kind: 'restriction.decide',
  listingId,
  measureIds: [...new Set(measureIds)],
  documentNo,
  decidedOn,
  validFrom,
  validUntil,
  texts,
});

/** The listing ends the restriction with its term, because this notice is closed by then. */
function endingWith(
  listingId: string,
  noticeId: string,
  { validUntil }: Decision,
  expiry: ToldDecision['expiry'],
): CaseEffect[] {
  if (!validUntil || !expiry) return [];
  return [tell(listingId, restrictionDecided, noticeId, validUntil, String(expiry.at), String(expiry.spread))];
}
