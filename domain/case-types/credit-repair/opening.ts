/** 信用修复: what its workflow is started with, and how its row looks at the opening. */
import { creditRepairId, listingCaseId, type CreditRepairKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { LegalDate } from '../../clock/calendar.ts';
import { namedByDocument } from '../listing/opening.ts';

/** What the workflow is started with. Codes only: texts and names stay in PostgreSQL (第十九条). */
export interface CreditRepairInput extends CreditRepairKey {
  /** The organ that listed. */
  departmentCode: string;
  regionCode: string;
  receivedOn: LegalDate;
  /** Engine time, epoch ms. */
  openedAt: number;
}

export interface CreditRepairFacts {
  acceptedBy?: string;
  proposedBy?: string;
}

export function openedCreditRepair(input: CreditRepairInput): NewCase {
  const { departmentCode, regionCode, openedAt, list, number } = input;
  return {
    ...namedByDocument(input),
    caseId: creditRepairId(input),
    caseType: 'creditRepair',
    departmentCode,
    regionCode,
    parentCaseId: listingCaseId(input),
    stage: 'applied',
    openedAt,
    facts: { list, number },
  };
}
