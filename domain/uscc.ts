/** Unified social credit codes (统一社会信用代码, GB 32100-2015). */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Full-width letters and spaces, as people type and paste them, to what the standard writes. */
export function normaliseUscc(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** The 18th character for the first 17. Only for codes of the standard's alphabet. */
export function usccCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * ALPHABET.indexOf(first17[index]!), 0);
  // The second modulo matters: a sum of 0 modulo 31 gives 0, not 31.
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/**
 * @returns what is wrong with a code, in Chinese with the remedy; undefined for a valid one. The organisation code's own
 * check digit inside is not enforced: the standard's last character covers it.
 */
export function refuseUscc(code: string): string | undefined {
  if (code.length !== 18) return `统一社会信用代码应为18位，现为${code.length}位，请核对`;
  if (!SHAPE.test(code)) return '统一社会信用代码含有不允许的字符（不使用 I、O、S、V、Z，第3至8位为数字），请核对';
  const expected = usccCheckDigit(code.slice(0, 17));
  if (code[17] !== expected) return `统一社会信用代码校验位不符：末位应为${expected}，现为${code[17]}，请核对是否抄录有误`;
  return undefined;
}
