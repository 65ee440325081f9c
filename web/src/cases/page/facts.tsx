/** What has been stated in a case so far, in words. */
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import { useCatalogue, useDepartments } from '../../api/reference.ts';
import { CODES, PARTS, STATEMENTS } from './statements.ts';
import type { Ground } from '../../../../domain/case-types/supervision/criticism.ts';
import { limitTitle } from '../../components/title-in.ts';
import { useListing } from '../use-listing.ts';

/** Codes whose words depend on the statement that holds them. */
const CODED = new Set(['reasonCode', 'outcome', 'ground', 'decision', 'state', 'ruleSet']);

/** 通报批评: the terms that the record holds against the department. */
const groundsIn = (value: unknown) => (Array.isArray(value) ? (value as Ground[]) : []);

/** Facts that are lists of catalogue codes. */
const CODE_LISTS = new Set(['claimedItemIds']);

export function Facts(about: Pick<CaseDetail, 'caseId' | 'caseType' | 'facts' | 'regionCode'>) {
  const { t } = useTranslation();
  const { facts, regionCode } = about;
  const departments = useDepartments(regionCode);
  const catalogue = useCatalogue();
  const listing = useListing(about, facts['decision'] !== undefined && about.caseType === 'sanctionNotice');

  function wordsOf(part: string, value: unknown): string {
    if (part === 'grounds') return groundsIn(value).map(wordsOfGround).join(t('；'));
    if (Array.isArray(value)) return value.map((one) => wordsOf(part, one)).join('、');
    const text = String(value);
    if (part === 'measureIds') return listing.data?.measures.find(({ id }) => id === text)?.measure ?? text;
    if (part === 'claimedItemIds') return catalogue.data?.items.find(({ id }) => id === text)?.name ?? text;
    if (part === 'departmentCode') return departments.data?.find(({ code }) => code === text)?.name ?? text;
    if (CODED.has(part)) return t(text === 'other' && part === 'decision' ? '改推其他部门' : (CODES[text] ?? text));
    return text;
  }

  const wordsOfGround = ({ limitId, dueDate }: Ground) => `${t(limitTitle(limitId) ?? limitId)}（${dueDate}）`;

  function show(value: unknown): ReactNode {
    if (Array.isArray(value)) return value.map((one, index) => <div key={index}>{show(one)}</div>);
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.entries(value)
      .filter(([part, said]) => part in PARTS && said !== null && said !== undefined && said !== '')
      .map(([part, said]) => (
        <div key={part} className="prewrap">
          {t(PARTS[part]!)}
          {t('：')}
          {wordsOf(part, said)}
        </div>
      ));
  }

  const isSaid = (said: unknown) => said !== undefined && said !== null && !(Array.isArray(said) && said.length === 0);
  // A complaint's `matter` is its kind, which its line tells; a supervision's is the statement of why.
  const isShown = (fact: string) => fact !== 'matter' || about.caseType === 'supervision';
  const stated = Object.entries(STATEMENTS).filter(([fact]) => isShown(fact) && isSaid(facts[fact]));
  if (stated.length === 0) return null;
  return (
    <Descriptions
      bordered
      column={1}
      size="small"
      items={stated.map(([fact, title]) => ({
        key: fact,
        label: t(title),
        children: <div>{CODE_LISTS.has(fact) ? wordsOf(fact, facts[fact]) : show(facts[fact])}</div>,
      }))}
    />
  );
}
