/** 登记机关: the departments that register enterprises, found by their region. */

/** The sector id of registering authorities among departments. */
export const REGISTRATION_SECTOR = 'registration';

export const registeringAuthorityOf = (regionCode: string): string => `${regionCode}-${REGISTRATION_SECTOR}`;

export const isRegisteringAuthority = (departmentCode: string | null | undefined): boolean =>
  departmentCode?.slice(departmentCode.indexOf('-') + 1) === REGISTRATION_SECTOR;

/** 省工商行政管理局, which runs the platform and publishes (第四条、第五条第一款). */
export const provincialAuthorityOf = (regionCode: string): string =>
  registeringAuthorityOf(`${regionCode.slice(0, 2)}0000`);
