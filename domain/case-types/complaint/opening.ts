/** 举报: what its workflow is started with, and how its row looks at the opening. */
import { complaintId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { ComplaintCategory } from './rules.ts';
import type { complaintBodies } from './commands.ts';

/** What the workflow is started with: who reported what stays in PostgreSQL, under the receipt's number. */
export interface ComplaintInput {
  receiptNo: string;
  /** Each transfer opens the next. */
  round: number;
  category: ComplaintCategory;
  uscc: string;
  departmentCode: string;
  /** Where the enterprise is registered. */
  regionCode: string;
  parentCaseId: string | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at and people read. */
export interface ComplaintFacts {
  category?: ComplaintCategory;
  /** How often it was transferred before it came here. */
  transfers?: number;
  declined?: BodyOf<typeof complaintBodies, 'decline'>;
  answer?: BodyOf<typeof complaintBodies, 'handle'>;
}

export function openedComplaint(input: ComplaintInput): NewCase {
  const { receiptNo, round, category, uscc, departmentCode, regionCode, parentCaseId, openedAt } = input;
  return {
    caseId: complaintId(input),
    caseType: 'complaint',
    caseNo: receiptNo,
    uscc,
    round,
    departmentCode,
    regionCode,
    parentCaseId,
    stage: 'received',
    openedAt,
    facts: { category, transfers: round - 1 },
  };
}
