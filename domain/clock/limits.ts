/**
 * Every time limit of the system, one row each. A `statutory` limit is the measures' own number, or that of the law that its
 * article names; a `norm` is a service standard where the measures only say 及时 (promptly), and must never be shown as
 * statutory. Source of articles: 湘商改〔2016〕7号. Ladders, deadlines, labels and docs/rules.md derive from this table.
 */
import { FULL_LADDER, HEARING_LADDER, NEGLECT_LADDER, REMINDER_LADDER, SUBMISSION_DAYS, type Limit } from './limit.ts';
import { REGISTRATION_LIMITS } from './registration-limits.ts';

export { RUNGS, WITHDRAWN, isFixed, indispensableRungs, forbiddenRungs, rungOrder, reminderBehind } from './limit.ts';
export type { LimitKind, Rung, OrganRole, Limit } from './limit.ts';

/** 三日 (行政处罚法第四十八条第二款、第八十五条). */
const ANNULMENT_DAYS = 3;

/** An unanswered supervision leads to 通报批评 (第十六条), not to another supervision. */
const SUPERVISION = '督办事项本身不再转督查督办';

export const LIMITS = {
  ...REGISTRATION_LIMITS,
  'correction.verification': {
    title: '核实反映的数据错误',
    workingDays: 5,
    kind: 'norm',
    article: '第十八条第二款（及时核实）',
    ladder: FULL_LADDER,
    extension: { workingDays: 5, article: '第十八条第二款' },
  },
  'correction.application': {
    title: '书面报请更正',
    workingDays: 3,
    kind: 'statutory',
    article: '第十八条第一款',
    runsFrom: '发现之日',
    ladder: NEGLECT_LADDER,
  },
  // The platform's return is no discovery: the three days of 第十八条第一款 ran from that.
  'correction.reapplication': {
    title: '按退回意见重新报请更正',
    workingDays: 3,
    kind: 'norm',
    article: '第十八条第一款（书面报请）',
    ladder: NEGLECT_LADDER,
  },
  'correction.execution': {
    title: '予以更正',
    workingDays: 2,
    kind: 'norm',
    article: '第十八条第一款（予以更正）',
    ladder: REMINDER_LADDER,
    obliged: 'platform-administrator',
    unsupervised: '由平台运行管理部门承担，不是部门逾期',
  },
  'complaint.acceptance': {
    title: '决定是否受理举报',
    workingDays: 7,
    kind: 'norm',
    article: '第十三条第四款（及时收集社会反映的问题）',
    ladder: FULL_LADDER,
  },
  'complaint.handling': {
    title: '核查处理举报并答复',
    workingDays: 15,
    kind: 'norm',
    article: '第十三条第四款（及时收集社会反映的问题）',
    ladder: FULL_LADDER,
    extension: { workingDays: 15, article: '第十三条第四款' },
  },
  // 市场监督管理投诉举报处理暂行办法: shown with this source, not as terms of the measures (domain/rule-sets/complaint-terms.ts).
  'complaint.verification': {
    title: '核查举报并决定是否立案',
    workingDays: 15,
    kind: 'norm',
    article: '市场监督管理投诉举报处理暂行办法第三十一条',
    ladder: FULL_LADDER,
    extension: { workingDays: 15, article: '市场监督管理投诉举报处理暂行办法第三十一条' },
    ruleSet: 'market-regulation-2020',
  },
  'complaint.decision': {
    title: '决定是否受理投诉',
    workingDays: 7,
    kind: 'norm',
    article: '市场监督管理投诉举报处理暂行办法第十四条',
    ladder: FULL_LADDER,
    ruleSet: 'market-regulation-2020',
  },
  'complaint.mediation': {
    title: '调解投诉',
    workingDays: 45,
    kind: 'norm',
    article: '市场监督管理投诉举报处理暂行办法第二十一条',
    ladder: FULL_LADDER,
    ruleSet: 'market-regulation-2020',
  },
  'supervision.acceptance': {
    title: '签收督办事项',
    workingDays: 2,
    kind: 'norm',
    article: '第十七条（督查督办）',
    ladder: REMINDER_LADDER,
    unsupervised: SUPERVISION,
  },
  'supervision.reply': {
    title: '答复督办事项',
    workingDays: 5,
    kind: 'norm',
    article: '第十七条（督查督办）',
    ladder: REMINDER_LADDER,
    extension: { workingDays: 5, article: '第十七条' },
    unsupervised: SUPERVISION,
  },
  'supervision.rectification': {
    title: '完成整改并报告',
    workingDays: 10,
    kind: 'norm',
    article: '第十七条（督查督办）',
    ladder: ['due-2', 'due-1', 'due'],
    unsupervised: SUPERVISION,
  },
  'supervision.closing': {
    title: '审查督办答复',
    workingDays: 3,
    kind: 'norm',
    article: '第十七条（督查督办）',
    ladder: REMINDER_LADDER,
    obliged: 'supervisor',
    unsupervised: SUPERVISION,
  },
  // A right, not a duty: whoever lets it pass is heard all the same. The measures give no number of days.
  'supervision.statement': {
    title: '就提请通报批评陈述意见',
    workingDays: 3,
    kind: 'norm',
    article: '第十六条（给予通报批评）',
    ladder: HEARING_LADDER,
    right: true,
    unsupervised: '陈述意见是部门的权利，期满视为没有意见',
  },
  'supervision.criticism': {
    title: '决定是否给予通报批评',
    workingDays: 10,
    kind: 'norm',
    article: '第十六条（由同级人民政府给予通报批评）',
    ladder: REMINDER_LADDER,
    obliged: 'government',
    unsupervised: '由同级人民政府承担，不是部门逾期',
  },
  'listing.appeal': {
    title: '处理对列入名单的申诉',
    workingDays: 20,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: REMINDER_LADDER,
  },
  'listing.question': {
    title: '核实名单条目是否仍在列',
    workingDays: 5,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: REMINDER_LADDER,
  },
  'sanctionNotice.fetch': {
    title: '获取企业失信信息',
    workingDays: 3,
    kind: 'norm',
    article: '第九条第一款（及时……获取）',
    ladder: REMINDER_LADDER,
  },
  // Counted from the notice, so that a department that never fetches it is supervised too.
  'sanctionNotice.decision': {
    title: '决定是否限制',
    workingDays: 7,
    kind: 'norm',
    article: '第九条第一款（结合本部门职能予以限制）',
    ladder: NEGLECT_LADDER,
  },
  'sanctionNotice.feedback': {
    title: '反馈执行限制情况',
    workingDays: 15,
    kind: 'statutory',
    article: '第九条第一款',
    runsFrom: '做出限制决定之日',
    ladder: FULL_LADDER,
    suspension: { article: '行政复议法第四十二条', resumption: 'sanctionNotice.resumption' },
  },
  'sanctionNotice.resumption': {
    title: '恢复中止的反馈期限',
    workingDays: 20,
    kind: 'norm',
    article: '第十七条（不执行惩戒措施）',
    ladder: NEGLECT_LADDER,
  },
  'sanctionLifting.confirm': {
    title: '解除限制并确认',
    workingDays: 3,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: FULL_LADDER,
  },
  // Settled at the opening: a received record has been handed over already, in time or late. Where a second person must look
  // at it first, it is handed over by that person.
  'publication.submission': {
    title: '归集应当公示的信息',
    workingDays: SUBMISSION_DAYS,
    kind: 'statutory',
    article: '第五条第一款',
    runsFrom: '信息产生之日',
    ladder: ['due'],
  },
  'publication.publication': {
    title: '公示于企业名下（含归集的7个工作日）',
    workingDays: 20,
    kind: 'statutory',
    article: '第五条第一款',
    runsFrom: '信息产生之日',
    ladder: FULL_LADDER,
    obliged: 'registering-authority',
    holderDays: SUBMISSION_DAYS,
  },
  // 三日内撤回行政处罚决定信息并公开说明理由; 三日 are working days (第八十五条). The law gives them as one term; which party
  // used more than its part of it decides who answers.
  'publication.annulment': {
    title: '撤回已变更、撤销的行政处罚决定信息并公开说明理由',
    workingDays: ANNULMENT_DAYS,
    kind: 'statutory',
    article: '行政处罚法第四十八条第二款',
    runsFrom: '行政处罚决定被依法变更、撤销、确认违法或者确认无效之日',
    ladder: NEGLECT_LADDER,
    obliged: 'registering-authority',
    holderDays: ANNULMENT_DAYS - 1,
  },
  'publication.internalReview': {
    title: '内部审核归集的信息',
    workingDays: 2,
    kind: 'norm',
    article: '第十九条第一款（数据内部审核和管理制度）',
    ladder: REMINDER_LADDER,
  },
  'publication.resubmission': {
    title: '更正退回的信息',
    workingDays: 3,
    kind: 'norm',
    article: '第六条（真实性、准确性、及时性、完整性负责）',
    ladder: REMINDER_LADDER,
  },
  'supportMeasure.approval': {
    title: '审批扶持信息',
    workingDays: 5,
    kind: 'norm',
    article: '第十条（建立扶持小微企业信息互联互通机制）',
    ladder: REMINDER_LADDER,
  },
  // (confirm) Both are the province's to set: the measures give no number of days.
  'creditRepair.acceptance': {
    title: '决定是否受理信用修复',
    workingDays: 2,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: REMINDER_LADDER,
  },
  'creditRepair.decision': {
    title: '决定是否准予信用修复',
    workingDays: 15,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: REMINDER_LADDER,
  },
} as const satisfies Record<string, Limit>;

export type LimitId = keyof typeof LIMITS;

/** The limit within which a suspended limit must be resumed (及时恢复); empty where the limit cannot be suspended. */
export function resumptionOf(limitId: LimitId): LimitId[] {
  const { suspension }: Limit = LIMITS[limitId];
  const isLimit = (id: string): id is LimitId => Object.hasOwn(LIMITS, id);
  return suspension && isLimit(suspension.resumption) ? [suspension.resumption] : [];
}
