/**
 * Every time limit of the system, one row each. A `statutory` limit is the measures' own number; a `norm` is a service
 * standard where the measures only say 及时 (promptly), and must never be shown as statutory.
 * Source of articles: 湘商改〔2016〕7号. Ladders, deadlines, labels and docs/rules.md derive from this table.
 */
export type LimitKind = 'statutory' | 'norm';

/** Rungs of the ladder, in working days relative to the due date (第十七条: 督查督办). */
export type Rung = 'due-2' | 'due-1' | 'due' | 'due+3';

export const RUNGS: Record<Rung, { offset: number; title: string; effect: 'remind' | 'breach' | 'supervise' }> = {
  'due-2': { offset: -2, title: '到期前两个工作日提醒', effect: 'remind' },
  'due-1': { offset: -1, title: '到期前一个工作日提醒', effect: 'remind' },
  due: { offset: 0, title: '到期，逾期记录', effect: 'breach' },
  'due+3': { offset: 3, title: '逾期三个工作日，转督查督办', effect: 'supervise' },
};

/** An organ by its role, in the case's region and above. */
export type OrganRole = 'registering-authority' | 'supervisor' | 'platform-administrator';

/** Stored among the fired rungs; marks a breach that a new calendar cancelled. */
export const WITHDRAWN = 'withdrawn';

export interface Limit {
  /** What must be done, in Chinese, as shown to officials. */
  title: string;
  workingDays: number;
  kind: LimitKind;
  article: string;
  /** The limit's rungs, in order of time. */
  ladder: readonly Rung[];
  /** The organ that must act, where it is not the holder. domain/oversight/answering.ts finds its department, if it is one. */
  obliged?: OrganRole;
  /** How many of the days are the holder's; the rest are the obliged organ's (domain/oversight/answering.ts). */
  holderDays?: number;
  /** Why nobody can be supervised for its neglect: then its ladder must not reach supervision. */
  unsupervised?: string;
  /** 中止: the article that allows it, and the limit within which the holder must resume. */
  suspension?: { article: string; resumption: string };
  /** 延期: how many working days a second person may add, once, and the article that allows it. */
  extension?: { workingDays: number; article: string };
}

/** The rungs that no setting may remove: the consequences that the law demands (第十六条、第十七条). Reminders may go. */
export const indispensableRungs = ({ ladder }: Pick<Limit, 'ladder'>): Rung[] =>
  ladder.filter((rung) => RUNGS[rung].effect !== 'remind');

/** The rungs that no setting may add: supervision, where there is nobody to supervise. */
export const forbiddenRungs = ({ unsupervised }: Pick<Limit, 'unsupervised'>): Rung[] =>
  unsupervised ? FULL_LADDER.filter((rung) => RUNGS[rung].effect === 'supervise') : [];

/** The position of a rung in the order of time. */
export const rungOrder = (rung: Rung): number => Object.keys(RUNGS).indexOf(rung);

/**
 * The last reminder whose time has passed. A ladder that begins or is restored goes on after it: nobody is reminded late,
 * of several days at once. Breach and supervision are never passed over.
 * @param rungs in order of time; `at` and `now` are engine time, epoch ms.
 */
export const reminderBehind = (rungs: readonly { rung: Rung; at: number }[], now: number): Rung | null =>
  rungs.filter(({ rung, at }) => RUNGS[rung].effect === 'remind' && at <= now).at(-1)?.rung ?? null;

const FULL_LADDER = ['due-2', 'due-1', 'due', 'due+3'] as const;
const REMINDER_LADDER = ['due-1', 'due'] as const;
const NEGLECT_LADDER = ['due-1', 'due', 'due+3'] as const;

/** The seven days for submission are part of the twenty for publication. */
const SUBMISSION_DAYS = 7;

/** An unanswered supervision leads to 通报批评 (第十六条), not to another supervision. */
const SUPERVISION = '督办事项本身不再转督查督办';

export const LIMITS = {
  // No case has it: a registration is marked where it is accepted (db/intake/registrations.ts).
  'registration.handOver': {
    title: '移交登记信息',
    workingDays: 1,
    kind: 'norm',
    article: '第七条第一款（办理登记注册后……推送）',
    ladder: ['due'],
    obliged: 'registering-authority',
    unsupervised: '受理时标明逾期，没有立案',
  },
  'registrationPush.feedback': {
    title: '反馈许可审批和监管信息',
    workingDays: 7,
    kind: 'statutory',
    article: '第七条第三款',
    ladder: FULL_LADDER,
    suspension: { article: '行政许可法第四十五条', resumption: 'registrationPush.resumption' },
    extension: { workingDays: 10, article: '行政许可法第四十二条' },
  },
  'registrationPush.claim': {
    title: '认领推送的登记信息',
    workingDays: 3,
    kind: 'norm',
    article: '第十七条（及时查询认领）',
    ladder: NEGLECT_LADDER,
  },
  // A suspended limit gets a limit of its own, so that its resumption is not forgotten.
  'registrationPush.resumption': {
    title: '恢复中止的反馈期限',
    workingDays: 20,
    kind: 'norm',
    article: '第十七条（及时反馈）',
    ladder: NEGLECT_LADDER,
  },
  'rollback.ruling': {
    title: '确认审批（行业主管）部门并再次推送',
    workingDays: 2,
    kind: 'norm',
    article: '第七条第二款（及时回退、再次推送）',
    ladder: REMINDER_LADDER,
  },
  'poolEntry.claim': {
    title: '查询认领公示的登记信息',
    workingDays: 5,
    kind: 'norm',
    article: '第七条第二款（查询认领）',
    ladder: REMINDER_LADDER,
    unsupervised: '公示待认领期间没有承办部门',
  },
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
  'listing.appeal': {
    title: '处理对列入名单的申诉',
    workingDays: 20,
    kind: 'norm',
    article: '第九条第一款（按照……规定要求）',
    ladder: REMINDER_LADDER,
    obliged: 'registering-authority',
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
  // Settled at the opening: a received record has been handed over already, in time or late.
  'publication.submission': {
    title: '归集应当公示的信息',
    workingDays: SUBMISSION_DAYS,
    kind: 'statutory',
    article: '第五条第一款',
    ladder: ['due'],
  },
  'publication.publication': {
    title: '公示于企业名下（含归集的7个工作日）',
    workingDays: 20,
    kind: 'statutory',
    article: '第五条第一款',
    ladder: FULL_LADDER,
    obliged: 'registering-authority',
    holderDays: SUBMISSION_DAYS,
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
} as const satisfies Record<string, Limit>;

export type LimitId = keyof typeof LIMITS;

/** The limit within which a suspended limit must be resumed (及时恢复); empty where the limit cannot be suspended. */
export function resumptionOf(limitId: LimitId): LimitId[] {
  const { suspension }: Limit = LIMITS[limitId];
  const isLimit = (id: string): id is LimitId => Object.hasOwn(LIMITS, id);
  return suspension && isLimit(suspension.resumption) ? [suspension.resumption] : [];
}
