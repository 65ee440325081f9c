/** How an item of the catalogue is dealt with: the four ways of 证照分离 (国发〔2021〕7号), and the filings beside them. */
export const ITEM_MODES = {
  approval: '审批',
  filing: '备案',
  commitment: '告知承诺',
  streamlined: '优化准入服务',
  abolished: '取消',
} as const;

export type ItemMode = keyof typeof ITEM_MODES;

/** What a qualifier of the scope makes of an item's permit. */
export const QUALIFIER_EFFECTS = { filing: '只须备案', none: '无须许可或者备案' } as const;

export type QualifierEffect = keyof typeof QUALIFIER_EFFECTS;
