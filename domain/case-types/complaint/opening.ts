/** 举报和投诉: the workflow's input, and its row at the opening. */
import { complaintId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { LimitId } from '../../clock/limits.ts';
import type { ComplaintRuleSetId, Matter } from '../../rule-sets/complaint-terms.ts';
import type { ComplaintCategory } from './rules.ts';
import type { complaintBodies } from './commands.ts';

/** The workflow's input. Reporter, content and the trader's name stay in PostgreSQL, under the receipt number. */
export interface ComplaintInput {
  receiptNo: string;
  /** Counted from 1; each transfer opens the next round. */
  round: number;
  category: ComplaintCategory;
  /** Absent in complaints of earlier commits, which are reports. */
  matter?: Matter;
  /** The rule set under which it was accepted, and keeps; absent where the platform's norms hold. */
  ruleSet?: ComplaintRuleSetId;
  /** Null for a trader that has none, or whose code the reporter does not know. */
  uscc: string | null;
  departmentCode: string;
  /** The region in which the enterprise is registered; of a trader without a code, where it trades. */
  regionCode: string;
  parentCaseId: string | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at and people read. */
export interface ComplaintFacts {
  category?: ComplaintCategory;
  matter?: Matter;
  ruleSet?: ComplaintRuleSetId;
  /** How often the complaint was transferred before this case. */
  transfers?: number;
  declined?: BodyOf<typeof complaintBodies, 'decline'>;
  answer?: BodyOf<typeof complaintBodies, 'handle'>;
}

type Ruled = Pick<ComplaintInput, 'matter' | 'ruleSet'>;

/** The limit that begins with the receipt. Under the rule set a report is verified from its receipt on, a dispute accepted first. */
export function limitOfReceipt({ matter, ruleSet }: Ruled): LimitId {
  if (!ruleSet) return 'complaint.acceptance';
  return matter === 'dispute' ? 'complaint.decision' : 'complaint.verification';
}

/** The limits that begin when it is taken up (受理). */
export function limitsOfAcceptance({ matter, ruleSet }: Ruled): LimitId[] {
  if (!ruleSet) return ['complaint.handling'];
  return matter === 'dispute' ? ['complaint.mediation'] : [];
}

export function openedComplaint(input: ComplaintInput): NewCase {
  const { receiptNo, round, category, matter, ruleSet, uscc, departmentCode, regionCode, parentCaseId, openedAt } =
    input;
  const limitId = limitOfReceipt(input);
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
    facts: {
      category,
      transfers: round - 1,
      ...(matter && { matter }),
      ...(ruleSet && { ruleSet }),
      // 延期 concerns the verification, where that is what runs.
      ...(limitId === 'complaint.verification' && { term: limitId }),
    },
  };
}
