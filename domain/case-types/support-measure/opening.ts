/** 小微企业扶持: what its workflow is started with, and how its row looks at the opening. */
import { supportMeasureId } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';

/** What the workflow is started with. What the measure says stays in PostgreSQL. */
export interface SupportMeasureInput {
  documentNo: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** Who entered it: another person approves. */
  appliedBy: string;
  /** Engine time, epoch ms: the end of the last day of its term. */
  expiresAt: number;
  /** Engine time, epoch ms. */
  openedAt: number;
}

export function openedSupportMeasure(input: SupportMeasureInput): NewCase {
  const { documentNo, uscc, departmentCode, regionCode, appliedBy, openedAt } = input;
  return {
    caseId: supportMeasureId(input),
    caseType: 'supportMeasure',
    caseNo: documentNo,
    uscc,
    round: 1,
    departmentCode,
    regionCode,
    parentCaseId: null,
    stage: 'entered',
    openedAt,
    facts: { appliedBy },
  };
}
