/** What a case is about, in one line. */
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../api/cases/view.ts';
import { COMPLAINT_CATEGORIES } from '../../../domain/case-types/complaint/rules.ts';
import type { SupportMeasure } from '../../../domain/case-types/support-measure/entry.ts';
import { DISHONESTY_LISTS } from '../../../domain/publicity/dishonesty-lists.ts';
import type { Occasion } from '../../../domain/registration/changes.ts';
import { REGISTRATION_EVENTS } from '../../../domain/registration/words.ts';
import { isKeyOf } from '../../../domain/keys.ts';
import { RECORD_EVENTS } from '../../../domain/publicity/record-events.ts';
import { PUBLICITY_SECTIONS } from '../../../domain/publicity/sections.ts';
import { RETURN_REASONS } from '../../../domain/case-types/registration-push/answers.ts';
import { useItemNames } from '../api/reference.ts';
import { limitTitle } from '../components/title-in.ts';
import type { Language } from '../i18n/i18n.ts';

/** Characters of a business scope: enough to tell entries of the pool apart. */
const SCOPE_SHOWN = 60;
const shortened = (scope = '') => (scope.length > SCOPE_SHOWN ? `${scope.slice(0, SCOPE_SHOWN)}…` : scope);

const titleIn = (titles: Record<string, string>, code: unknown) => titles[String(code)];

/** Facts may lack fields that did not exist when the case was opened. */
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const categoryTitle = (code: string) => (isKeyOf(COMPLAINT_CATEGORIES, code) ? COMPLAINT_CATEGORIES[code].title : '');

/** @param lng if other than the reader's language. */
export function useMatter(lng?: Language): (about: CaseView) => string {
  const { t } = useTranslation(undefined, { lng });
  const itemNames = useItemNames();
  const ofRegistration = (facts: CaseView['facts']) => {
    const { event, removedItemIds }: Occasion = facts;
    const named = itemNames(facts['itemIds']);
    const dropped = itemNames(removedItemIds);
    if (event === 'cancel') return t('注销：{{items}}', { items: dropped || named || t('企业已注销登记') });
    if (event === undefined || event === 'establish') return named;
    if (event !== 'change') {
      const concerned = named || dropped;
      return [t(REGISTRATION_EVENTS[event]), concerned].filter(Boolean).join('：');
    }
    const gone = dropped && t('不再涉及{{items}}', { items: dropped });
    return t('变更：{{items}}', { items: [named, gone].filter(Boolean).join('；') || t('登记信息已变更') });
  };
  return ({ caseType, facts, returned, scope }) => {
    switch (caseType) {
      case 'registrationPush':
        return ofRegistration(facts);
      case 'poolEntry':
        return ofRegistration(facts) || shortened(scope) || t('审批部门不明确或不涉及审批');
      case 'rollback':
        return [returned?.departmentName, t(titleIn(RETURN_REASONS, returned?.reasonCode) ?? '退回的推送')]
          .filter(Boolean)
          .join('：');
      case 'publication':
        return [t(titleIn(RECORD_EVENTS, facts['event']) ?? ''), t(titleIn(PUBLICITY_SECTIONS, facts['section']) ?? '')]
          .filter(Boolean)
          .join('：');
      case 'supervision':
        return t(limitTitle(text(facts['limitId'])) ?? '') || text(facts['matter']);
      case 'correction':
        return t(facts['origin'] === 'public' ? '公众反映' : '部门自行发现');
      case 'complaint':
        return [facts['matter'] === 'dispute' && t('投诉'), t(categoryTitle(text(facts['category'])))]
          .filter(Boolean)
          .join('：');
      case 'supportMeasure':
        return text((facts['measure'] as Partial<SupportMeasure> | undefined)?.programme);
      case 'listing':
      case 'creditRepair':
      case 'sanctionNotice':
      case 'sanctionLifting':
        return t(titleIn(DISHONESTY_LISTS, facts['list']) ?? '');
    }
  };
}
