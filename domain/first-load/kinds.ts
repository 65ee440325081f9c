/** 首次装载: what a province has when it starts, taken in as what it is: no push, no case, no limit, no notice. */
export const FIRST_LOAD_KINDS = {
  enterprises: '经营主体',
  records: '应当公示的信息',
  listings: '失信名单条目',
} as const;

export type FirstLoadKind = keyof typeof FIRST_LOAD_KINDS;

/** Who took rows in where the command names no account. */
export const FIRST_LOADER = 'first-load';
