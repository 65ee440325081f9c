/** 解除限制: its workflow's input, and its row at the opening. */
import { listingCaseId, sanctionCaseId, type SanctionKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { namedByDocument } from '../listing/opening.ts';

export interface SanctionLiftingInput extends SanctionKey {
  regionCode: string;
  /** Engine time, epoch ms. */
  orderedAt: number;
}

export function openedSanctionLifting(input: SanctionLiftingInput): NewCase {
  return {
    ...namedByDocument(input),
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
