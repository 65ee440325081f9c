/**
 * Terms for 举报 and 投诉 by sector. The measures (2016) give none; a rule of a later year does, and is shown with its source
 * and the day from which it holds, never as a term of the measures. A row is never rewritten: a later rule is a new row.
 */
import type { LegalDate } from '../clock/calendar.ts';
import { isKeyOf } from '../keys.ts';

/** 举报, a lead about a breach of law; 投诉, a consumer's dispute with a trader. */
export type Matter = 'report' | 'dispute';

export interface ComplaintRuleSet {
  /** The name of the rule, as pages show it. */
  source: string;
  document: string;
  /** The first day on which it holds. */
  from: LegalDate;
  /** The sectors whose departments it binds. */
  sectors: readonly string[];
}

export const COMPLAINT_RULE_SETS = {
  'market-regulation-2020': {
    source: '市场监督管理投诉举报处理暂行办法',
    document: '国家市场监督管理总局令第20号',
    from: '2020-01-01',
    sectors: ['market-regulation', 'drug'],
  },
} as const satisfies Record<string, ComplaintRuleSet>;

export type ComplaintRuleSetId = keyof typeof COMPLAINT_RULE_SETS;

/**
 * The rule set that holds for a sector on a day: the latest that began.
 * @returns undefined where none holds, so that the platform's own norms do.
 */
export function complaintRuleSet(sector: string, day: LegalDate): ComplaintRuleSetId | undefined {
  return Object.entries<ComplaintRuleSet>(COMPLAINT_RULE_SETS)
    .filter(([, { from, sectors }]) => sectors.includes(sector) && from <= day)
    .toSorted(([, a], [, b]) => (a.from < b.from ? -1 : 1))
    .flatMap(([id]) => (isKeyOf(COMPLAINT_RULE_SETS, id) ? [id] : []))
    .at(-1);
}
