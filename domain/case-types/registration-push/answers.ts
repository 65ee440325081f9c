/** The answers that a department may give to a push, with the words that people read. */

/** 回退理由 (第七条第二款：应当说明理由) */
export const RETURN_REASONS = {
  'wrong-department': '不属于本部门职责',
  'not-in-scope': '经营范围不涉及该审批事项',
  'wrong-level': '不属于本级管辖',
  other: '其他',
} as const;

/** 反馈许可审批和监管信息 (第七条第三款) */
export const FEEDBACK_OUTCOMES = {
  'permit-granted': '已许可',
  'permit-refused': '不予许可',
  'permit-pending': '许可办理中',
  'not-applied': '当事人未申请，已纳入监管',
  'no-permit-needed': '经核实无须许可，已纳入监管',
  // After a change or a cancellation.
  'permit-changed': '许可已变更',
  'permit-unaffected': '变更不涉及许可，已知悉',
  'permit-cancelled': '许可已注销',
  'no-permit-held': '未取得许可，已终止监管',
} as const;
