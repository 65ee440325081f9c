/** 解除限制: its workflow's input, and its row at the opening. */
import { listingCaseId, sanctionCaseId, type SanctionKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { namedByDocument } from '../listing/opening.ts';

/** `departmentCode` is the department that was told of the listing; the lifting is named after it. */
export interface SanctionLiftingInput extends SanctionKey {
  /** Who lifts and confirms in its place, where it was retired. */
  successor?: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  orderedAt: number;
}

/** Facts of a lifting that notices and the API look at. */
export interface SanctionLiftingFacts {
  /** The retired department that was told of the listing, where another lifts in its place. */
  restrictedBy?: string;
}

export function openedSanctionLifting(input: SanctionLiftingInput): NewCase {
  return {
    ...namedByDocument(input),
    caseId: sanctionCaseId('sanctionLifting', input),
    caseType: 'sanctionLifting',
    departmentCode: input.successor ?? input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: listingCaseId(input),
    stage: 'ordered',
    openedAt: input.orderedAt,
    facts: { list: input.list, ...(input.successor && { restrictedBy: input.departmentCode }) },
  };
}
