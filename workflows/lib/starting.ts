/** The options with which a case's workflow is started, by the dispatcher and by a parent case alike. */
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SearchAttributePair,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';
import type { NewCase } from '../../domain/case/case.ts';
import { CONTINUED_FROM, type CaseSnapshot, type DutySnapshot } from '../../domain/case/snapshot.ts';
import { isKeyOf } from '../../domain/keys.ts';
import { REGISTRATION_EVENTS } from '../../domain/registration/words.ts';
import { CASE_TYPES, STAGES } from '../../domain/case-types/case-types.ts';
const CASE_TYPE = defineSearchAttributeKey('CaseType', SearchAttributeType.KEYWORD);
const CASE_STATUS = defineSearchAttributeKey('CaseStatus', SearchAttributeType.KEYWORD);
const STAGE = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
const REGION = defineSearchAttributeKey('Region', SearchAttributeType.KEYWORD);
const DEPARTMENT = defineSearchAttributeKey('Department', SearchAttributeType.KEYWORD);
const CASE_NO = defineSearchAttributeKey('CaseNo', SearchAttributeType.KEYWORD);
const DUE_AT = defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME);

export interface CaseStart {
  workflowId: string;
  workflowIdReusePolicy: 'REJECT_DUPLICATE';
  typedSearchAttributes: SearchAttributePair[];
  staticSummary: string;
  staticDetails: string;
  memo?: { [CONTINUED_FROM]: CaseSnapshot };
}

/**
 * Put no names and no people's texts in here: Temporal shows these fields to every supervisor (第十九条).
 * @param begun the case as the record holds it; absent, the workflow writes the case's first step itself.
 */
export function caseStart(opened: NewCase, begun?: CaseSnapshot): CaseStart {
  const attributes: SearchAttributePair[] = [
    { key: CASE_TYPE, value: opened.caseType },
    { key: CASE_STATUS, value: 'open' },
    { key: STAGE, value: begun?.stage ?? opened.stage },
    { key: REGION, value: opened.regionCode },
    { key: CASE_NO, value: opened.caseNo },
  ];
  if (opened.departmentCode) attributes.push({ key: DEPARTMENT, value: opened.departmentCode });
  const due = begun ? nextDue(begun.clocks) : null;
  if (due !== null) attributes.push({ key: DUE_AT, value: new Date(due) });
  const type = CASE_TYPES[opened.caseType];
  const occasion = occasionTitle(opened);
  return {
    workflowId: opened.caseId,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: attributes,
    ...(begun && { memo: { [CONTINUED_FROM]: { ...begun, shown: true, steady: true } } }),
    staticSummary: `${type}${occasion} ${opened.caseNo} · ${opened.departmentCode ?? opened.regionCode}${opened.round > 1 ? ` · 第${opened.round}轮` : ''}`,
    staticDetails: [
      `**${type}${occasion}**（${opened.caseNo}）`,
      '',
      `- 承办：${opened.departmentCode ?? '未定'}`,
      `- 行政区划：${opened.regionCode}`,
      `- 起始环节：${STAGES[opened.caseType][opened.stage]}`,
      ...(opened.parentCaseId ? [`- 上一事项：\`${opened.parentCaseId}\``] : []),
    ].join('\n'),
  };
}

/** Names 变更, 注销 and the like in the title; 设立, the usual event, is not named. */
function occasionTitle({ facts: { event } }: NewCase): string {
  const isNamed = typeof event === 'string' && event !== 'establish' && isKeyOf(REGISTRATION_EVENTS, event);
  return isNamed ? `（${REGISTRATION_EVENTS[event]}）` : '';
}

/** When the first of the running limits ends, engine time, epoch ms; null where none runs. */
export function nextDue(limits: readonly Pick<DutySnapshot, 'settled' | 'suspended' | 'plan'>[]): number | null {
  const due = limits.filter(({ settled, suspended }) => !settled && !suspended).map(({ plan }) => plan.dueAt);
  return due.length > 0 ? Math.min(...due) : null;
}

/** @param due engine time, epoch ms */
export function standingAttributes(stage: string, isClosed: boolean, due: number | null): SearchAttributeUpdatePair[] {
  const attributes: SearchAttributeUpdatePair[] = [
    { key: DUE_AT, value: due === null ? null : new Date(due) },
    { key: STAGE, value: stage },
  ];
  if (isClosed) attributes.push({ key: CASE_STATUS, value: 'closed' });
  return attributes;
}
