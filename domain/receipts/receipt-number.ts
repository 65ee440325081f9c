/** 回执号: told on the telephone and guessed by nobody: a date, eight random letters and digits, a check character. */

/** Without letters that are heard or read as another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 12;

/** @param random at least twelve random bytes. @param date the day of the report, `YYYY-MM-DD`. */
export function receiptNumber(random: Uint8Array, date: string): string {
  const letters = Array.from(random.slice(0, RANDOM_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const body = `${date.replaceAll('-', '')}${letters}`;
  return `${body}${checkOf(body)}`;
}

/** As people type it: small letters, spaces, and the letters that are taken for digits. @returns undefined where mistyped. */
export function normaliseReceipt(typed: string): string | undefined {
  const clean = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const [body, check] = [clean.slice(0, -1), clean.slice(-1)];
  const isWhole = /^\d{8}[0-9A-HJKMNP-TV-Z]{12}$/.test(body);
  return isWhole && checkOf(body) === check ? clean : undefined;
}

/** Weighted by position, so that neighbours that change places are noticed. */
function checkOf(body: string): string {
  const sum = Array.from(body).reduce((total, sign, index) => total + ALPHABET.indexOf(sign) * (2 * index + 1), 0);
  return ALPHABET[sum % ALPHABET.length]!;
}
