/** 信用修复 (第九条第一款): applied for, taken up, proposed by one person of the organ that listed and decided by another. */
import { setHandler } from '@temporalio/workflow';
import { listingCaseId } from '../domain/case/id.ts';
import { creditRepairBodies } from '../domain/case-types/credit-repair/commands.ts';
import { openedCreditRepair, type CreditRepairInput } from '../domain/case-types/credit-repair/opening.ts';
import { CaseFile } from './lib/case-file.ts';
import { tell } from './lib/effects.ts';
import { entryRemoved, listingEnded } from './messages.ts';

/** What is granted ends the entry, and with it publicity, sharing and restrictions together, by the listing's own way. */
export async function creditRepair(input: CreditRepairInput): Promise<string> {
  const file = new CaseFile(openedCreditRepair(input), input);
  const { caseId } = file.opened;

  file.handle(creditRepairBodies, 'accept', (_, { username }) => ({
    facts: { acceptedBy: username },
    arm: ['creditRepair.decision'],
  }));
  file.handle(creditRepairBodies, 'decline', (declined) => ({ facts: { declined } }));
  for (const action of ['proposeGrant', 'proposeRefusal'] as const) {
    file.handle(creditRepairBodies, action, (proposal, { username }) => ({
      facts: { proposal, proposedBy: username },
      notify: [{ topic: 'creditRepair.proposed', to: 'holder' }],
    }));
  }
  file.handle(creditRepairBodies, 'grant', (review, { username }) => ({
    facts: { review },
    effects: [tell(listingCaseId(input), listingEnded, 'credit-repaired', '', '', caseId, username)],
    notify: [{ topic: 'creditRepair.granted', to: 'holder' }],
  }));
  file.handle(creditRepairBodies, 'refuse', (refusal) => ({ facts: { refusal } }));
  file.handle(creditRepairBodies, 'sendBack', (sentBack) => ({ facts: { sentBack } }));
  setHandler(entryRemoved, () =>
    file.act('lapse', () => ({ notify: [{ topic: 'creditRepair.lapsed', to: 'holder' }] })),
  );

  return file.live();
}
