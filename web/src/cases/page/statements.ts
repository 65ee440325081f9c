/** Words for what is stated in a case: by fact, by part of a statement, by code. */
import { COMPLAINT_OUTCOMES } from '../../../../domain/case-types/complaint/rules.ts';
import { REMOVAL_GROUNDS } from '../../../../domain/case-types/listing/commands.ts';
import { FEEDBACK_OUTCOMES, RETURN_REASONS } from '../../../../domain/case-types/registration-push/answers.ts';

/** Titles of statements by the fact that holds them, in the order in which they are made. */
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
  declined: '不予受理',
  transfer: '移送',
  answer: '办结答复',
  disapproval: '不予公示',
  ending: '提前终止扶持',
};

/** Titles of a statement's parts, by their names in the schemas of domain/. */
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
  ...COMPLAINT_OUTCOMES,
  same: '仍推送原部门',
  pool: '公示供认领',
  requested: '待审批',
  approved: '已同意',
  refused: '未同意',
  pending: '待处理',
  rejected: '已驳回',
  upheld: '成立',
};
