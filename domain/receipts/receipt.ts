/**
 * What a receipt's bearer is told: whoever wrote to an organ, and whoever they gave the number to. Only what is listed
 * here: no texts of people, no names of officials, none of the department's inner steps.
 */
import { COMPLAINT_OUTCOMES } from '../case-types/complaint/rules.ts';
import type { LimitId } from '../clock/limits.ts';
import type { ComplaintFacts } from '../case-types/complaint/opening.ts';
import type { CorrectionFacts } from '../case-types/correction/opening.ts';

interface ReceiptRule {
  title: string;
  received: string;
  /** Deeds that the public is told of. */
  steps: Record<string, string>;
  /** What the reporter may expect, in order. */
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

/** What the organ answers, from the facts of the case that the matter ended in. */
export function publicAnswer(kind: ReceiptKind, facts: Record<string, unknown>): PublicAnswer {
  if (kind === 'correction') {
    const { rejection }: CorrectionFacts = facts;
    return { outcomeTitle: null, reply: rejection?.reason ?? null };
  }
  const { answer, declined }: ComplaintFacts = facts;
  if (answer) return { outcomeTitle: COMPLAINT_OUTCOMES[answer.outcome], reply: answer.reply };
  return { outcomeTitle: null, reply: declined?.reason ?? null };
}
