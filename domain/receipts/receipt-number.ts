/** 回执号: a date, twelve random characters, a check character. Easy to say on the telephone, impossible to guess. */

/** Crockford's base 32, which leaves out letters that are easily taken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 12;

/** @param random at least twelve random bytes. @param date the day of the report, `YYYY-MM-DD`. */
export function receiptNumber(random: Uint8Array, date: string): string {
  const letters = Array.from(random.slice(0, RANDOM_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const body = `${date.replaceAll('-', '')}${letters}`;
  return `${body}${checkOf(body)}`;
}

/**
 * A receipt number as people type it, in its stored form: small letters, spaces, and O, I, L typed for digits are accepted.
 * @returns undefined where it is mistyped.
 */
export function normaliseReceipt(typed: string): string | undefined {
  const clean = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const [body, check] = [clean.slice(0, -1), clean.slice(-1)];
  const isWhole = /^\d{8}[0-9A-HJKMNP-TV-Z]{12}$/.test(body);
  return isWhole && checkOf(body) === check ? clean : undefined;
}

/** The check character. Weights by position reveal two neighbours that changed places. */
function checkOf(body: string): string {
  const sum = Array.from(body).reduce((total, sign, index) => total + ALPHABET.indexOf(sign) * (2 * index + 1), 0);
  return ALPHABET[sum % ALPHABET.length]!;
}
