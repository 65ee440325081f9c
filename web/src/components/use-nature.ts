/** What a limit is by nature, as every page words it. A rule of a later year is named with the day from which it holds. */
import { useTranslation } from 'react-i18next';
import type { DeadlineView } from '../../../api/cases/view.ts';
import { LIMITS, type Limit, type LimitId } from '../../../domain/clock/limits.ts';
import { NATURES, natureOf } from '../../../domain/clock/nature.ts';
import { COMPLAINT_RULE_SETS } from '../../../domain/rule-sets/complaint-terms.ts';

export type LimitNature = Pick<DeadlineView, 'kind' | 'ruleSet'>;

/** The nature of a limit of the table, as the API's answers tell it. */
export function natureById(limitId: LimitId): LimitNature {
  const { kind, ruleSet }: Limit = LIMITS[limitId];
  return { kind, ...(ruleSet && { ruleSet: COMPLAINT_RULE_SETS[ruleSet] }) };
}

export function useNature(): (limit: LimitNature) => string {
  const { t } = useTranslation();
  return (limit) =>
    limit.ruleSet
      ? t('{{document}}，{{date}}起施行', { document: limit.ruleSet.document, date: limit.ruleSet.from })
      : t(NATURES[natureOf(limit)].words);
}
