/** Days as people, spreadsheets and databases write them. */
import { foldedText } from '../folding.ts';
import { dateOfDay, legalDateOf, type LegalDate } from './calendar.ts';

/** What the 双公示 standard writes where there is no last day. */
export const FOR_EVER: LegalDate = '2099-12-31';
const WORDS_FOR_EVER = /^(?:长期(?:有效)?|永久(?:有效)?|无固定期限|无期限|9999[-/.年]?12[-/.月]?31日?)$/;

/** 2026-2-3, 2026/2/3, 2026年2月3日, each with or without a time of day (08:30, 0:00:00.0, T08:30:00+08:00). */
const DAY =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
/** The days that spreadsheets count from 1899-12-30, here from 1980 to 2099: what they save of a column that is not shown as dates. */
const SERIAL = /^(?:29[2-9]\d\d|[3-6]\d{4}|7[0-2]\d{3}|730[0-4]\d|73050)(?:\.0+)?$/;
const SERIAL_OF_1970 = 25_569;

const iso = (year: string, month: string, date: string) => `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;

/** YYYY-MM-DD where the text is a day; otherwise the text as it is. A time with an offset is of the day that it is in China. */
export function writtenDay(text: string): string {
  const plain = foldedText(text).trim();
  const [, year, month, date, hour = '0', minute = '00', second = '00', offset] = DAY.exec(plain) ?? [];
  if (year !== undefined && month !== undefined && date !== undefined) {
    const day = iso(year, month, date);
    const instant = offset && Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`);
    return instant ? legalDateOf(instant) : day;
  }
  if (SERIAL.test(plain)) return dateOfDay(Math.trunc(Number(plain)) - SERIAL_OF_1970);
  return plain.replace(DIGITS, '$1-$2-$3');
}

/** 长期 as the standard's last day. */
export const orForEver = (value: unknown): unknown =>
  typeof value === 'string' && WORDS_FOR_EVER.test(value.normalize('NFKC').trim()) ? FOR_EVER : value;
