/** The closed lists of a registration, with the words that people read. */
import type { RegistrationDetails } from './details.ts';

export const REGISTRATION_KINDS = {
  enterprise: '企业',
  individual: '个体工商户',
  cooperative: '农民专业合作社',
} as const;
export const REGISTRATION_ORIGINS = { 'in-province': '本省', 'out-of-province': '外省' } as const;
export const REGISTRATION_EVENTS = {
  establish: '设立',
  change: '变更',
  cancel: '注销',
  revoke: '吊销',
  annul: '撤销登记',
  dormant: '歇业',
  resume: '恢复营业',
  moveIn: '迁入',
  moveOut: '迁出',
  filing: '备案',
} as const;
/** What an enterprise is after its registrations. */
export const ENTERPRISE_STANDINGS = {
  active: '存续',
  dormant: '歇业',
  movedOut: '迁出',
  revoked: '吊销，未注销',
  annulled: '登记已撤销',
  cancelled: '注销',
} as const;

export type RegistrationKind = keyof typeof REGISTRATION_KINDS;
export type RegistrationOrigin = keyof typeof REGISTRATION_ORIGINS;
export type EnterpriseStanding = keyof typeof ENTERPRISE_STANDINGS;
export type RegistrationEvent = keyof typeof REGISTRATION_EVENTS;

/** The titles under which pages and files show the details. */
export const DETAIL_TITLES = {
  address: '住所',
  premises: '经营场所',
  representative: '法定代表人（负责人、经营者）',
  capital: '注册资本',
  enterpriseType: '企业类型',
  industry: '行业代码',
  establishedOn: '成立日期',
  validFrom: '营业期限自',
  validUntil: '营业期限至',
  registeringOrgan: '登记机关',
} as const satisfies Partial<Record<keyof RegistrationDetails, string>>;
