/** 举报: its workflow's input, and its row at the opening. */
import { complaintId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { ComplaintCategory } from './rules.ts';
import type { complaintBodies } from './commands.ts';

/** The workflow's input. Reporter and content stay in PostgreSQL, under the receipt number. */
export interface ComplaintInput {
  receiptNo: string;
  /** Counted from 1; each transfer opens the next round. */
  round: number;
  category: ComplaintCategory;
  uscc: string;
  departmentCode: string;
  /** The region in which the enterprise is registered. */
  regionCode: string;
  parentCaseId: string | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at and people read. */
export interface ComplaintFacts {
  category?: ComplaintCategory;
  /** How often the complaint was transferred before this case. */
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
