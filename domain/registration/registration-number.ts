/**
 * 注册号 (工商注册号): by which registers numbered enterprises before the credit code. Fifteen digits: six of the region, eight in order,
 * one to check (GS 15-2006); thirteen of an 个体工商户 before that.
 */

/** The last digit, by ISO 7064 MOD 11,10. @param digits digits only. */
export function hasRegistrationCheck(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === Number(digits.at(-1));
}

export const isRegistrationNumber = (text: string): boolean =>
  /^\d{13}$/.test(text) || (/^\d{15}$/.test(text) && hasRegistrationCheck(text));
