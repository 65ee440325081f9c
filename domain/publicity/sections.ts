import type { DishonestyList } from './dishonesty-lists.ts';

/**
 * 企业名下的公示栏目: the sections of the national enterprise credit publicity system in which departments' records appear
 * (企业信息公示暂行条例第六、七、十七条), in that system's order.
 */
export const PUBLICITY_SECTIONS = {
  permits: '行政许可信息',
  randomInspections: '双随机抽查结果信息',
  productInspections: '产品质量监督抽查结果信息',
  certificationInspections: '认证监管抽查检查结果信息',
  foodInspections: '食品抽查检查结果信息',
  otherInspections: '其他抽查检查结果信息',
  penalties: '行政处罚信息',
  abnormalOperation: '列入经营异常名录信息',
  seriousViolation: '列入严重违法失信名单（黑名单）信息',
  others: '其他依法应当公示的信息',
} as const;

export type PublicitySection = keyof typeof PUBLICITY_SECTIONS;

/** The sections that a record of kind `other` may name. Permits and penalties have sections of their own. */
export const OTHER_SECTIONS = {
  randomInspections: PUBLICITY_SECTIONS.randomInspections,
  productInspections: PUBLICITY_SECTIONS.productInspections,
  certificationInspections: PUBLICITY_SECTIONS.certificationInspections,
  foodInspections: PUBLICITY_SECTIONS.foodInspections,
  otherInspections: PUBLICITY_SECTIONS.otherInspections,
  abnormalOperation: PUBLICITY_SECTIONS.abnormalOperation,
  seriousViolation: PUBLICITY_SECTIONS.seriousViolation,
  others: PUBLICITY_SECTIONS.others,
} as const satisfies Partial<Record<PublicitySection, string>>;

/** The section in which an entry of a list (第九条) is shown while it is in force. Courts publish debtors themselves. */
export const SECTIONS_OF_LISTS: Partial<Record<DishonestyList, PublicitySection>> = {
  'abnormal-operation': 'abnormalOperation',
  'serious-dishonest': 'seriousViolation',
};
