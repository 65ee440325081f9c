/** Sizes of enterprises and kinds of support (第十条), as forms and pages word them. */

/** 企业划型 (中小企业划型标准规定): medium-sized enterprises are not meant. */
export const ENTERPRISE_SIZES = { small: '小型企业', micro: '微型企业' } as const;

export const SUPPORT_KINDS = {
  subsidy: '财政资金补贴',
  tax: '税费减免',
  loan: '贷款贴息或担保',
  premises: '经营场所支持',
  training: '培训和咨询服务',
  other: '其他扶持',
} as const;
