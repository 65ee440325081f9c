/** GB/T 2260 codes: two digits each for province, prefecture and county; 00 stands for the whole level. */

/** The digits that the codes of all regions inside share: 430000 → 43, 430100 → 4301, 430103 → 430103. */
export function regionPrefix(code: string): string {
  return code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code;
}

/** Whether a code is that of the whole province. */
export const isProvince = (code: string): boolean => code.endsWith('0000');

/** Whether `code` is `outer` or lies inside it. */
export function isWithin(code: string, outer: string): boolean {
  return code.startsWith(regionPrefix(outer));
}

/** Whether the code is that of a county, which has no region below it. */
export const isCounty = (code: string): boolean => !code.endsWith('00');
