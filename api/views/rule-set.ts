/** The rule of a later year that gives a limit's days: shown with its source and the day from which it holds. */
import { z } from 'zod';
import { LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import { COMPLAINT_RULE_SETS } from '../../domain/rule-sets/complaint-terms.ts';

export const ruleSetSchema = z
  .object({ source: z.string(), document: z.string(), from: z.string() })
  .describe('期限出自2016年办法之后的规定：名称、文号、施行日期');

export function viewRuleSet(limitId: LimitId): z.infer<typeof ruleSetSchema> | undefined {
  const { ruleSet }: Limit = LIMITS[limitId];
  if (!ruleSet) return undefined;
  const { source, document, from } = COMPLAINT_RULE_SETS[ruleSet];
  return { source, document, from };
}
