/**
 * What the bearer of a receipt number is told. The bearer may be anyone to whom the reporter gave the number, so only what
 * is listed here is told: no people's texts except the organ's answer, no officials' names, no internal steps.
 */
import { COMPLAINT_OUTCOMES } from '../case-types/complaint/rules.ts';
import type { LimitId } from '../clock/limits.ts';
import { limitOfReceipt, limitsOfAcceptance, type ComplaintFacts } from '../case-types/complaint/opening.ts';
import type { CorrectionFacts } from '../case-types/correction/opening.ts';

interface ReceiptRule {
  title: string;
  received: string;
  /** The deeds that the bearer is told of, with their titles. */
  steps: Record<string, string>;
  /** The limits whose dates the bearer is told, in order. */
  limits: readonly LimitId[];
}

export const RECEIPTS = {
  correction: {
    title: '数据更正',
    received: '收到反映',
    steps: { confirm: '核实属实', reject: '不予更正', execute: '予以更正', conclude: '已另案更正' },
    limits: ['correction.verification', 'correction.application', 'correction.execution'],
  },
  complaint: {
    title: '举报',
    received: '收到举报',
    steps: { accept: '受理', decline: '不予受理', transfer: '移送其他部门', handle: '办结答复' },
    limits: ['complaint.acceptance', 'complaint.handling'],
  },
} as const satisfies Record<string, ReceiptRule>;

export type ReceiptKind = keyof typeof RECEIPTS;

export const stepTitle = (kind: ReceiptKind, action: string): string | undefined => {
  const { steps }: ReceiptRule = RECEIPTS[kind];
  return Object.hasOwn(steps, action) ? steps[action] : undefined;
};

interface PublicAnswer {
  outcomeTitle: string | null;
  reply: string | null;
}

/** What the bearer handed in, and how its arrival is told: a dispute is no report. */
export function receivedAs(kind: ReceiptKind, { matter }: ComplaintFacts): { title: string; received: string } {
  return matter === 'dispute' ? { title: '投诉', received: '收到投诉' } : RECEIPTS[kind];
}

/** The limits that the bearer is told of: those of the rule set under which a complaint was accepted. */
export function limitsToTell(kind: ReceiptKind, facts: Record<string, unknown>): readonly LimitId[] {
  const { matter, ruleSet }: ComplaintFacts = facts;
  if (kind !== 'complaint' || !ruleSet) return RECEIPTS[kind].limits;
  return [limitOfReceipt({ matter, ruleSet }), ...limitsOfAcceptance({ matter, ruleSet })];
}

/** The organ's answer, from the facts of the matter's last case. */
export function publicAnswer(kind: ReceiptKind, facts: Record<string, unknown>): PublicAnswer {
  if (kind === 'correction') {
    const { rejection }: CorrectionFacts = facts;
    return { outcomeTitle: null, reply: rejection?.reason ?? null };
  }
  const { answer, declined }: ComplaintFacts = facts;
  if (answer) return { outcomeTitle: COMPLAINT_OUTCOMES[answer.outcome], reply: answer.reply };
  return { outcomeTitle: null, reply: declined?.reason ?? null };
}
