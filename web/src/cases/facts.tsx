/** What has been stated in a case so far, in words. */
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../api/case-detail.ts';
import { REMOVAL_GROUNDS } from '../../../domain/listing.ts';
import { FEEDBACK_OUTCOMES, RETURN_REASONS } from '../../../domain/push-answers.ts';
import { useCatalogue, useDepartments } from '../api/reference.ts';
import { useListing } from './use-listing.ts';

/** Statements by the fact that holds them, in the order in which they come about. */
export const STATEMENTS: Record<string, string> = {
  matter: '督办事由',
  returnReason: '回退理由',
  feedback: '反馈',
  ruling: '确认',
  withdrawal: '确认不涉及审批',
  cancelledBy: '注销登记的编号',
  suspension: '中止',
  extension: '延期',
  claimedItemIds: '涉及的后置审批事项',
  decision: '限制决定',
  refusal: '不予限制',
  execution: '执行情况',
  confirmation: '解除情况',
  removal: '移出',
  appeal: '申诉',
  verification: '核实',
  rejection: '不予更正',
  statement: '书面申请',
  review: '复核',
  sentBack: '复核退回',
  platformReturn: '平台退回',
  conclusion: '已另案更正',
  reply: '答复',
  rectifications: '整改',
  criticised: '通报批评',
  finding: '办结意见',
  acceptance: '受理',
  decline: '不予受理',
  transfer: '移送',
  handling: '办理结果',
};

/** Parts of a statement, by their names in the schemas of domain/. */
export const PARTS: Record<string, string> = {
  reasonCode: '类别',
  outcome: '结果',
  ground: '事由',
  decision: '决定',
  departmentCode: '部门',
  measureIds: '限制措施',
  permitNo: '许可证编号',
  documentNo: '文号',
  reason: '理由',
  opinion: '意见',
  remark: '说明',
  result: '结果',
  explanation: '原因和整改情况',
  requirement: '要求',
  report: '报告',
  text: '内容',
  finding: '意见',
  workingDays: '工作日',
  state: '状态',
  requestedBy: '申请人',
  reply: '答复',
};

export const CODES: Record<string, string> = {
  ...RETURN_REASONS,
  ...FEEDBACK_OUTCOMES,
  ...REMOVAL_GROUNDS,
  same: '仍推送原部门',
  pool: '公示供认领',
  requested: '待审批',
  approved: '已同意',
  refused: '未同意',
  pending: '待处理',
  rejected: '已驳回',
  upheld: '成立',
};

/** Codes whose words depend on what they are said of. */
const CODED = new Set(['reasonCode', 'outcome', 'ground', 'decision', 'state']);

/** Facts that are codes of the catalogue alone. */
const CODE_LISTS = new Set(['claimedItemIds']);

export function Facts(about: Pick<CaseDetail, 'caseId' | 'caseType' | 'facts' | 'regionCode'>) {
  const { t } = useTranslation();
  const { facts, regionCode } = about;
  const departments = useDepartments(regionCode);
  const catalogue = useCatalogue();
  const listing = useListing(about, facts['decision'] !== undefined && about.caseType === 'sanctionNotice');

  function wordsOf(part: string, value: unknown): string {
    if (Array.isArray(value)) return value.map((one) => wordsOf(part, one)).join('、');
    const text = String(value);
    if (part === 'measureIds') return listing.data?.measures.find(({ id }) => id === text)?.measure ?? text;
    if (part === 'claimedItemIds') return catalogue.data?.items.find(({ id }) => id === text)?.name ?? text;
    if (part === 'departmentCode') return departments.data?.find(({ code }) => code === text)?.name ?? text;
    if (CODED.has(part)) return t(text === 'other' && part === 'decision' ? '改推其他部门' : (CODES[text] ?? text));
    return text;
  }

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
  const stated = Object.entries(STATEMENTS).filter(([fact]) => isSaid(facts[fact]));
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
