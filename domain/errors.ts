/**
 * The closed union of refusals. Every refusal that leaves the system carries one of these codes, a Chinese message with
 * cause and remedy and, where the law decides, the article. api/plugins/problems.ts turns them into RFC 9457 problems.
 */
export const ERROR_CODES = {
  // input
  'input.invalid': { status: 400, title: '请求内容不符合要求' },
  'input.unsupported-encoding': { status: 415, title: '文件编码无法识别' },
  'input.unsupported-media-type': { status: 415, title: '不支持的内容类型' },
  'input.too-large': { status: 413, title: '请求内容过大' },
  'input.empty-file': { status: 400, title: '文件没有内容' },
  'uscc.invalid': { status: 400, title: '统一社会信用代码校验不通过' },
  'region.unknown': { status: 400, title: '行政区划代码不存在' },
  'department.unknown': { status: 400, title: '部门不存在' },
  'sector.unknown': { status: 400, title: '行业不存在' },
  // identity and access
  'auth.required': { status: 401, title: '请先登录' },
  'auth.failed': { status: 401, title: '账号或密码错误' },
  'auth.password-change-required': { status: 403, title: '须先修改密码' },
  'auth.password-expired': { status: 403, title: '一次性密码已过期' },
  'auth.password-mismatch': { status: 409, title: '原密码不正确' },
  'access.denied': { status: 403, title: '没有办理权限' },
  'resource.not-found': { status: 404, title: '没有找到' },
  'rate.limited': { status: 429, title: '请求过于频繁' },
  // business
  'registration.not-moved-out': { status: 409, title: '尚未迁出' },
  'registration.conflict': { status: 409, title: '同一登记编号已有不同内容' },
  'record.conflict': { status: 409, title: '同一文书号已有不同内容' },
  'record.identity-changed': { status: 409, title: '文书号或企业不能更改' },
  'record.version-changed': { status: 409, title: '内容已有新的版本' },
  'record.unpublished': { status: 409, title: '信息尚未公示' },
  'record.not-publishable': { status: 422, title: '依规定不予公示' },
  'record.event-unfit': { status: 409, title: '该信息不能有这一变动' },
  'record.event-exists': { status: 409, title: '同一变动已有不同内容' },
  'record.withdrawn': { status: 409, title: '信息已撤下' },
  'correction.pending': { status: 409, title: '已有在办的更正申请' },
  'correction.unchanged': { status: 409, title: '与现在公示的内容相同' },
  'correction.superseded': { status: 409, title: '申请后已另行更正' },
  'correction.not-superseded': { status: 409, title: '没有另案更正' },
  'idempotency.key-reused': { status: 422, title: '幂等键已用于另一请求' },
  'transition.refused': { status: 409, title: '当前环节不能办理此操作' },
  'case.closed': { status: 409, title: '事项已办结' },
  'case.interrupted': { status: 503, title: '事项的流程已中断' },
  'pool.already-claimed': { status: 409, title: '已被其他部门认领' },
  'push.outcome-unfit': { status: 409, title: '结果与事项不符' },
  'push.decision-declared': { status: 409, title: '已报告过决定日期' },
  'push.ruling-is-final': { status: 409, title: '裁定为最终裁定，不能再次回退' },
  'rollback.arbitration-required': { status: 409, title: '多次回退，须由督查机构裁定' },
  'rollback.same-department': { status: 409, title: '改派部门与退回部门相同' },
  'limit.lapsed': { status: 409, title: '期限已届满' },
  'limit.suspended': { status: 409, title: '期限已中止' },
  'limit.suspended-too-often': { status: 409, title: '中止次数已满' },
  'limit.not-suspended': { status: 409, title: '期限没有中止' },
  'suspension.already-requested': { status: 409, title: '已有中止申请' },
  'suspension.not-requested': { status: 409, title: '没有中止申请' },
  'extension.already-requested': { status: 409, title: '已申请过延期' },
  'extension.not-requested': { status: 409, title: '没有延期申请' },
  'review.same-person': { status: 409, title: '须由另一人审核' },
  'supervision.exists': { status: 409, title: '已有督办事项' },
  'supervision.not-overdue': { status: 409, title: '期限尚未届满' },
  'criticism.no-ground': { status: 409, title: '没有可以通报批评的逾期' },
  'criticism.pending': { status: 409, title: '已提请通报批评' },
  'criticism.no-hearing': { status: 409, title: '不在陈述期内' },
  'criticism.not-heard': { status: 409, title: '未听取陈述' },
  'criticism.document-refused': { status: 422, title: '不能登记的决定文书' },
  'supervision.already-criticised': { status: 409, title: '已通报批评' },
  'attachment.refused': { status: 400, title: '不能接受的附件' },
  'attachment.full': { status: 503, title: '暂不接收附件' },
  'attachment.unknown': { status: 409, title: '附件不存在或不能使用' },
  'limit.ladder-incomplete': { status: 409, title: '逾期记录与督办节点不能取消' },
  'limit.supervises-nobody': { status: 409, title: '该期限没有可督办的部门' },
  'limit.statutory': { status: 409, title: '法定期限不能更改' },
  'catalogue.version-taken': { status: 409, title: '目录版本已存在' },
  'proposal.own': { status: 403, title: '不能审批本人的提案' },
  'proposal.decided': { status: 409, title: '提案已有决定' },
  'proposal.overtaken': { status: 409, title: '提案所依据的数据已变更' },
  'proposal.unchanged': { status: 409, title: '与现行数据相同' },
  'calendar.rewrites-past': { status: 409, title: '不能改动已计算的日历' },
  'calendar.insufficient': { status: 422, title: '日历数据不足' },
  'complaint.enterprise-unregistered': { status: 422, title: '企业没有登记信息' },
  'complaint.same-department': { status: 409, title: '移送的部门就是承办部门' },
  'complaint.transferred-too-often': { status: 409, title: '移送次数已满' },
  'support-measure.exists': { status: 409, title: '同一扶持文号已有不同内容' },
  'listing.conflict': { status: 409, title: '同一名单条目已有不同内容' },
  'credit-repair.pending': { status: 409, title: '已有在办的信用修复' },
  'credit-repair.exists': { status: 409, title: '同一申请编号已有不同内容' },
  'listing.court-only': { status: 409, title: '法院的名单只能由法院决定' },
  'listing.minimum-publicity': { status: 409, title: '最短公示期未满' },
  'listing.full-list-doubtful': { status: 409, title: '可能不是全量名单' },
  'listing.natural-person': { status: 422, title: '名单条目为自然人' },
  'account.username-taken': { status: 409, title: '账号已被使用' },
  'account.own': { status: 409, title: '不能办理本人的账号' },
  'account-list.not-at-stage': { status: 409, title: '名册不在该环节' },
  'account-list.nothing-to-issue': { status: 409, title: '没有需要密码的账号' },
  'account-list.passphrase-wrong': { status: 409, title: '文件口令不正确' },
  'account-list.passwords-expired': { status: 409, title: '一次性密码已过期' },
  'application.not-at-stage': { status: 409, title: '申请不在该环节' },
  'appeal.pending': { status: 409, title: '已有待处理的申诉' },
  'appeal.not-pending': { status: 409, title: '没有待处理的申诉' },
  // notifications
  'subscription.target-refused': { status: 422, title: '接收地址不被允许' },
  'subscription.channel-unavailable': { status: 409, title: '通知渠道未开通' },
  'subscription.too-many': { status: 409, title: '通知订阅过多' },
  // operation
  'record.unavailable': { status: 503, title: '登记簿暂不可用' },
  'process.unavailable': { status: 503, title: '流程引擎暂不可用' },
  internal: { status: 500, title: '系统内部错误' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A refusal with its cause, remedy and, where the law decides, article. Thrown anywhere outside workflows. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** What to do about it, in Chinese. The message says what happened. */
  readonly remedy: string | undefined;
  /** e.g. 第七条第二款 */
  readonly article: string | undefined;
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { remedy?: string; article?: string; details?: unknown } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.remedy = options.remedy;
    this.article = options.article;
    this.details = options.details;
  }
}

/** The refusal of an input that its schema does not accept. @param issues as zod tells them, by their paths in the body. */
export function invalidInput(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
  options: { remedy: string; article?: string },
): Refusal {
  const details = issues.map(({ path, message }) => ({ path: `/body/${path.map(String).join('/')}`, message }));
  return new Refusal('input.invalid', details.map(({ message }) => message).join('；'), { ...options, details });
}
