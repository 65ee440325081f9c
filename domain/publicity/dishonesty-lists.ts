/** 失信名单: the lists whose enterprises are jointly restricted (第九条). */
export const DISHONESTY_LISTS = {
  // 总局令第44号, in force since 2021-09-01; before it 严重违法失信企业名单 (工商总局令第83号).
  'serious-dishonest': '严重违法失信名单',
  'abnormal-operation': '经营异常名录',
  'court-debtor': '失信被执行人名单',
} as const;

export type DishonestyList = keyof typeof DISHONESTY_LISTS;

/** Names that lists had, as older files carry them. */
export const FORMER_LIST_TITLES: Readonly<Record<string, DishonestyList>> = {
  严重违法失信企业名单: 'serious-dishonest',
};
