/** The closed lists of a registration, with the words that people read. */

export const REGISTRATION_KINDS = {
  enterprise: '企业',
  individual: '个体工商户',
  cooperative: '农民专业合作社',
} as const;
export const REGISTRATION_ORIGINS = { 'in-province': '本省', 'out-of-province': '外省' } as const;
export const REGISTRATION_EVENTS = { establish: '设立', change: '变更', cancel: '注销' } as const;

export type RegistrationKind = keyof typeof REGISTRATION_KINDS;
export type RegistrationOrigin = keyof typeof REGISTRATION_ORIGINS;
export type RegistrationEvent = keyof typeof REGISTRATION_EVENTS;
