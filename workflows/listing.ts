/** 失信名单条目 (第九条): a notice to each concerned department and, when the grounds are gone, a lifting to each. */
import { setHandler } from '@temporalio/workflow';
import { sanctionCaseId } from '../domain/case/id.ts';
import { listingBodies } from '../domain/case-types/listing/commands.ts';
import { openedListing, type ListingFacts, type ListingInput } from '../domain/case-types/listing/opening.ts';
import { CaseFile } from './lib/case-file.ts';
import { tell, type Effects } from './lib/effects.ts';
import { keepRestrictionTerms } from './lib/restriction-terms.ts';
import { liftingConfirmed, withdrawNotice } from './messages.ts';
import { openedSanctionLifting, type SanctionLiftingInput } from '../domain/case-types/sanction-lifting/opening.ts';
import type { Successors } from '../domain/case-types/sanction-lifting/successors.ts';

/**
 * While the enterprise is listed, often for years, the departments restrict it, some for a term. An upheld appeal or a removal orders the
 * lifting at every department. The entry is closed when every department that was told has confirmed.
 */
export async function listing(input: ListingInput): Promise<string> {
  const file = new CaseFile(openedListing(input), input);

  file.handle(listingBodies, 'appeal', ({ reason }) => ({
    facts: { appeal: { state: 'pending', reason } },
    arm: ['listing.appeal'],
    notify: [{ topic: 'listing.appealed', to: 'registering-authority' }],
  }));
  file.handle(listingBodies, 'rejectAppeal', ({ reason }) => ({
    facts: { appeal: { state: 'rejected', decision: reason } },
  }));
  file.handle(listingBodies, 'upholdAppeal', ({ reason, successors }, _, at) => ({
    ...liftEverywhere(input, file.opened.caseId, at, successors),
    facts: { appeal: { state: 'upheld', decision: reason } },
  }));
  file.handle(listingBodies, 'remove', ({ successors, ...removal }, _, at) => ({
    ...liftEverywhere(input, file.opened.caseId, at, successors),
    facts: { removal },
  }));
  countConfirmations(file, input);
  keepRestrictionTerms(file);

  return file.live();
}

/**
 * Records each department's confirmation once; the last one closes the entry. A repeated confirmation is not recorded
 * again, but it closes an entry whose closing was interrupted.
 */
function countConfirmations(file: CaseFile, { departments }: ListingInput): void {
  const { confirmed = [] }: ListingFacts = file.facts;
  const counted = new Set(confirmed);
  setHandler(liftingConfirmed, async (departmentCode) => {
    const isConcerned = departments.some((one) => one.departmentCode === departmentCode);
    if (!isConcerned) return;
    if (!counted.has(departmentCode)) {
      counted.add(departmentCode);
      await file.act('recordLifting', () => {
        const { confirmed: before = [] }: ListingFacts = file.facts;
        return { facts: { confirmed: [...before, departmentCode] } };
      });
    }
    if (counted.size < departments.length) return;
    await file.act('complete', () => ({ notify: [{ topic: 'listing.lifted', to: 'registering-authority' }] }));
  });
}

/**
 * Sends a lifting to every department that was told, whatever it decided, so that each confirms that nothing is restricted
 * any more. The successor of a retired department lifts in its place. Notices that are still open are withdrawn.
 */
function liftEverywhere(
  listed: ListingInput,
  listingId: string,
  orderedAt: number,
  successors: Successors = {},
): Effects {
  const { list, documentNo, uscc, regionCode } = listed;
  const liftings = listed.departments.map(({ departmentCode }): SanctionLiftingInput => {
    const successor = successors[departmentCode];
    return { list, documentNo, uscc, departmentCode, regionCode, orderedAt, ...(successor && { successor }) };
  });
  const withdrawals = liftings.map((key) =>
    tell(sanctionCaseId('sanctionNotice', key), withdrawNotice, sanctionCaseId('sanctionLifting', key)),
  );
  return {
    effects: [{ kind: 'listing.remove', listingId }, ...withdrawals],
    followUps: liftings.map((lifting) => {
      return { workflow: 'sanctionLifting', opened: openedSanctionLifting(lifting), input: lifting };
    }),
  };
}
