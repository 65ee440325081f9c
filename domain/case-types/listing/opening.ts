/** How a listing and the cases that follow from it look at their opening (see opening.ts). */
import { listingCaseId, sanctionCaseId, type ListingKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { ListingInput } from './commands.ts';
import type { SanctionLiftingInput } from '../sanction-lifting/commands.ts';
import type { SanctionNoticeInput } from '../sanction-notice/commands.ts';

export function openedListing(input: ListingInput): NewCase {
  const { list, measuresVersion, departments, departmentCode, regionCode } = input;
  return {
    ...named(input),
    caseId: listingCaseId(input),
    caseType: 'listing',
    departmentCode,
    regionCode,
    parentCaseId: null,
    stage: 'listed',
    openedAt: input.listedAt,
    facts: { list, measuresVersion, departments: departments.map((one) => one.departmentCode) },
  };
}

export function openedSanctionNotice(input: SanctionNoticeInput): NewCase {
  return {
    ...named(input),
    caseId: sanctionCaseId('sanctionNotice', input),
    caseType: 'sanctionNotice',
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: listingCaseId(input),
    stage: 'sent',
    openedAt: input.sentAt,
    facts: { list: input.list, measureIds: input.measureIds },
  };
}

export function openedSanctionLifting(input: SanctionLiftingInput): NewCase {
  return {
    ...named(input),
    caseId: sanctionCaseId('sanctionLifting', input),
    caseType: 'sanctionLifting',
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: listingCaseId(input),
    stage: 'ordered',
    openedAt: input.orderedAt,
    facts: { list: input.list },
  };
}

/** An entry is listed once: a new decision has a new document number. */
const named = ({ documentNo, uscc }: ListingKey) => ({ caseNo: documentNo, uscc, round: 1 });
