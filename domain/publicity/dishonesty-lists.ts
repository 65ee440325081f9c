/** 失信名单: the lists whose enterprises are jointly restricted (第九条). */
export const DISHONESTY_LISTS = {
  'serious-dishonest': '严重违法失信企业名单',
  'abnormal-operation': '经营异常名录',
  'court-debtor': '失信被执行人名单',
} as const;

export type DishonestyList = keyof typeof DISHONESTY_LISTS;
