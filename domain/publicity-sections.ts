/**
 * 企业名下的公示栏目: sections of the national enterprise credit publicity system in which records of departments appear
 * (企业信息公示暂行条例第六、七、十七条), in the order in which it shows them.
 */
export const PUBLICITY_SECTIONS = {
  permits: '行政许可信息',
  randomInspections: '双随机抽查结果信息',
  penalties: '行政处罚信息',
  abnormalOperation: '列入经营异常名录信息',
  seriousViolation: '列入严重违法失信名单（黑名单）信息',
  others: '其他依法应当公示的信息',
} as const;

export type PublicitySection = keyof typeof PUBLICITY_SECTIONS;

/** A permit and a penalty have their own section; what else is published says where it belongs. */
export const OTHER_SECTIONS = {
  randomInspections: PUBLICITY_SECTIONS.randomInspections,
  abnormalOperation: PUBLICITY_SECTIONS.abnormalOperation,
  seriousViolation: PUBLICITY_SECTIONS.seriousViolation,
  others: PUBLICITY_SECTIONS.others,
} as const satisfies Partial<Record<PublicitySection, string>>;
