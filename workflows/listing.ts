/** 失信名单条目 (第九条): a notice to each concerned department, and, when the grounds are gone, a lifting to each. */
import { continueAsNew, setHandler } from '@temporalio/workflow';
import type { CaseSnapshot } from '../domain/case-snapshot.ts';
import { listingBodies, type ListingFacts, type ListingInput } from '../domain/listing.ts';
import { openedListing, openedSanctionLifting, openedSanctionNotice } from '../domain/sanction-opening.ts';
import type { SanctionLiftingInput } from '../domain/sanction-lifting.ts';
import type { SanctionNoticeInput } from '../domain/sanction-notice.ts';
import { CaseFile } from './lib/case-file.ts';
import type { Effects } from './lib/effects.ts';
import type { CaseOpening } from '../domain/cases.ts';
import { appealListing, liftingConfirmed, rejectAppeal, removeListing, upholdAppeal } from './messages.ts';

export interface ListingRun {
  /** The state that the run before left. */
  continued?: CaseSnapshot;
  /** After so many events a new run begins. */
  eventsPerRun?: number;
}

/**
 * Listed for years: the departments restrict, and an appeal that is upheld or a removal lifts it everywhere. The entry
 * is lifted when every department that was told has confirmed.
 */
export async function listing(input: ListingInput, run: ListingRun = {}): Promise<string> {
  const file = new CaseFile(openedListing(input), run.continued);

  file.handle(appealListing, 'appeal', listingBodies, ({ reason }) => ({
    facts: { appeal: { state: 'pending', reason } },
    arm: ['listing.appeal'],
    notify: [{ topic: 'listing.appealed', to: 'registering-authority' }],
  }));
  file.handle(rejectAppeal, 'rejectAppeal', listingBodies, ({ reason }) => ({
    facts: { appeal: { state: 'rejected', decision: reason } },
  }));
  file.handle(upholdAppeal, 'upholdAppeal', listingBodies, ({ reason }, _, at) => ({
    ...liftEverywhere(input, file.opened.caseId, at),
    facts: { appeal: { state: 'upheld', decision: reason } },
  }));
  file.handle(removeListing, 'remove', listingBodies, (removal, _, at) => ({
    ...liftEverywhere(input, file.opened.caseId, at),
    facts: { removal },
  }));
  countConfirmations(file, input);

  const notices = input.departments.map((concerned) => noticeOf(input, concerned));
  const left = await file.liveOn('第九条第一款', [], [], notices, run.eventsPerRun);
  if (left) await continueAsNew<typeof listing>(input, { ...run, continued: left });
  return file.stage;
}

/** A fact that cannot be refused: each department's confirmation is recorded once, and the last one closes the entry. */
function countConfirmations(file: CaseFile, { departments }: ListingInput): void {
  const { confirmed = [] }: ListingFacts = file.facts;
  const counted = new Set(confirmed);
  setHandler(liftingConfirmed, async (departmentCode) => {
    const isConcerned = departments.some((one) => one.departmentCode === departmentCode);
    if (!isConcerned || counted.has(departmentCode)) return;
    counted.add(departmentCode);
    await file.act('recordLifting', () => {
      const { confirmed: before = [] }: ListingFacts = file.facts;
      return { facts: { confirmed: [...before, departmentCode] } };
    });
    if (counted.size < departments.length) return;
    await file.act('complete', () => ({ notify: [{ topic: 'listing.lifted', to: 'registering-authority' }] }));
  });
}

function noticeOf(
  listed: ListingInput,
  { departmentCode, measureIds }: ListingInput['departments'][number],
): CaseOpening {
  const { list, documentNo, uscc, regionCode } = listed;
  const input: SanctionNoticeInput = {
    list,
    documentNo,
    uscc,
    departmentCode,
    regionCode,
    measureIds,
    // Before this the department could not see it, whenever the list was taken in.
    sentAt: Date.now(),
  };
  return { workflow: 'sanctionNotice', opened: openedSanctionNotice(input), input };
}

/** To every department that was told, whatever it decided: each confirms that nothing is restricted any more. */
function liftEverywhere(listed: ListingInput, listingId: string, orderedAt: number): Effects {
  const { list, documentNo, uscc, regionCode } = listed;
  return {
    effects: [{ kind: 'listing.remove', listingId }],
    followUps: listed.departments.map(({ departmentCode }) => {
      const input: SanctionLiftingInput = { list, documentNo, uscc, departmentCode, regionCode, orderedAt };
      return { workflow: 'sanctionLifting', opened: openedSanctionLifting(input), input };
    }),
  };
}
