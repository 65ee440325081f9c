/** 失信名单条目 (第九条): a notice to each concerned department and, when the grounds are gone, a lifting to each. */
import { condition, setHandler } from '@temporalio/workflow';
import type { LegalDate } from '../domain/clock/calendar.ts';
import { sanctionCaseId } from '../domain/case/id.ts';
import { listingBodies } from '../domain/case-types/listing/commands.ts';
import {
  isOfCourt,
  openedListing,
  type ListingFacts,
  type ListingInput,
} from '../domain/case-types/listing/opening.ts';
import { CaseFile } from './lib/case-file.ts';
import { tell, type Effects } from './lib/effects.ts';
import { keepListingQuestions } from './lib/listing-questions.ts';
import { afterTerm } from './lib/listing-term.ts';
import { findSuccessors } from './lib/record.ts';
import { keepRestrictionTerms } from './lib/restriction-terms.ts';
import { deciderRetired, liftingConfirmed, listingEnded, withdrawNotice } from './messages.ts';
import { openedSanctionLifting, type SanctionLiftingInput } from '../domain/case-types/sanction-lifting/opening.ts';
import type { Successors } from '../domain/case-types/sanction-lifting/successors.ts';

/**
 * While the enterprise is listed, often for years, the departments restrict it, some for a term. An upheld appeal, a removal or the end of
 * the entry's own term orders the lifting at every department. The entry is closed when every department that was told has confirmed.
 */
export async function listing(input: ListingInput): Promise<string> {
  const file = new CaseFile(openedListing(input), input);

  file.handle(listingBodies, 'appeal', ({ reviewBy, ...appeal }) => ({
    facts: { appeal: { state: 'pending', ...appeal, ...(reviewBy && { reviewBy }) } },
    // No clock is kept for a court. Commands of earlier commits name none.
    arm: reviewBy ? [] : ['listing.appeal'],
    notify: [{ topic: reviewBy ? 'listing.appealedToCourt' : 'listing.appealed', to: 'holder' }],
  }));
  file.handle(listingBodies, 'recordCourtRejection', (rejection) => ({
    facts: { appeal: { state: 'rejected', ...rejection } },
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
  file.handle(listingBodies, 'answerQuestion', ({ reason: reply }) => {
    const { question }: ListingFacts = file.facts;
    return { facts: { question: { ...question, state: 'answered', reply } } };
  });
  countConfirmations(file, input);
  handOverOnRetirement(file, input);
  keepRestrictionTerms(file);
  setHandler(listingEnded, async (ground, endedOn, documentNo, source, by) => {
    if (file.stage !== 'listed') return;
    const successors = await findSuccessors(codesOf(input), input.regionCode);
    await file.act('endByOrgan', () => ({
      ...liftEverywhere(input, file.opened.caseId, Date.now(), successors),
      facts: { removal: { ground, endedOn, documentNo, source, by } },
      notify: [{ topic: 'listing.ended', to: 'holder' }],
    }));
  });
  keepListingQuestions(file, input);
  if (input.term && !isOfCourt(input.list)) {
    const { listedUntil } = input.term;
    afterTerm(file, input.term, async (expiresAt) => {
      const successors = await findSuccessors(codesOf(input), input.regionCode);
      await file.act('expire', () => expiry(input, file.opened.caseId, listedUntil, successors), expiresAt);
    });
  }

  return file.live();
}

const codesOf = ({ departments }: ListingInput) => departments.map(({ departmentCode }) => departmentCode);

/** The term is over: publicity, and what may be restricted, ended with its last day; every department lifts. */
function expiry(input: ListingInput, listingId: string, listedUntil: LegalDate, successors: Successors): Effects {
  return {
    ...liftEverywhere(input, listingId, Date.now(), successors, listedUntil),
    facts: { removal: { ground: 'list-exit' } },
    notify: [{ topic: 'listing.expired', to: 'holder' }],
  };
}

/** An entry whose deciding organ is gone could be ended by nobody: whoever took over its duty decides in its place. */
function handOverOnRetirement(file: CaseFile, { regionCode, departmentCode }: ListingInput): void {
  setHandler(deciderRetired, async (retired) => {
    const { [retired]: successor } = await findSuccessors([retired], regionCode);
    const { succeededBy: holder = departmentCode }: ListingFacts = file.facts;
    if (successor === undefined || holder !== retired) return;
    const listingId = file.opened.caseId;
    await file.act('succeed', () => ({
      holder: successor,
      facts: { succeededBy: successor },
      effects: [{ kind: 'listing.handOver', listingId, departmentCode: successor }],
      notify: [{ topic: 'listing.succeeded', to: 'holder' }],
    }));
  });
}

/**
 * Records each department's confirmation once; the last one closes the entry. A repeated confirmation is not recorded
 * again, but it closes an entry whose closing was interrupted.
 */
function countConfirmations(file: CaseFile, { departments }: ListingInput): void {
  const complete = () => file.act('complete', () => ({ notify: [{ topic: 'listing.lifted', to: 'holder' }] }));
  // Nobody was told of an entry of a first load, so nobody has to confirm.
  if (departments.length === 0) void condition(() => file.stage === 'lifting').then(complete);
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
    await complete();
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
  listedUntil?: LegalDate,
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
    effects: [{ kind: 'listing.remove', listingId, ...(listedUntil && { listedUntil }) }, ...withdrawals],
    followUps: liftings.map((lifting) => {
      return { workflow: 'sanctionLifting', opened: openedSanctionLifting(lifting), input: lifting };
    }),
  };
}
