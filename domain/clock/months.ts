/** Terms in months and years (民法典第二百零一条、第二百零二条). */
import { dateOfDay, dayNumber, type LegalDate } from './calendar.ts';

/**
 * The last day of a term of whole months: the day with the same number in the last month or, where that month has none, its
 * last day. The day on which the term begins is not counted.
 */
export function monthsAfter(start: LegalDate, months: number): LegalDate {
  const [year = 0, month = 1, date = 1] = start.split('-').map(Number);
  const first = (ordinal: number): LegalDate => {
    const [inYear, inMonth] = [Math.floor(ordinal / 12), (ordinal % 12) + 1];
    return `${String(inYear).padStart(4, '0')}-${String(inMonth).padStart(2, '0')}-01`;
  };
  const last = year * 12 + (month - 1) + months;
  const length = dayNumber(first(last + 1)) - dayNumber(first(last));
  return dateOfDay(dayNumber(first(last)) + Math.min(date, length) - 1);
}
