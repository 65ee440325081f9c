/** The grounds of a removal, with the labels that people read. */
export const REMOVAL_GROUNDS = {
  'credit-repaired': '信用修复',
  'obligation-performed': '义务已履行',
  'list-exit': '期满移出名单',
  revoked: '列入决定被撤销',
} as const;
