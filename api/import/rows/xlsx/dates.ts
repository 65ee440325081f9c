/** Days and times, which a workbook stores as numbers: days since a beginning, times as fractions of a day. */

const DAY_S = 86_400;
const DAY_MS = DAY_S * 1000;
/** Serial 61 is 1 March 1900: the system of 1900 counts a 29 February that was none. */
const FALSE_DAY = 60;
const START_1900 = Date.UTC(1899, 11, 30);
const START_1904 = Date.UTC(1904, 0, 1);
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/**
 * The day as YYYY-MM-DD; with a time, as YYYY-MM-DD HH:mm:ss; a mere time as HH:mm:ss. It is what people see in the cell,
 * so Beijing time.
 * @returns undefined for a number that is no day.
 */
export function dateOfSerial(serial: number, isFrom1904: boolean): string | undefined {
  const end = (YEAR_10000 - (isFrom1904 ? START_1904 : START_1900)) / DAY_MS;
  if (!(serial >= 0 && serial < end)) return undefined;
  const seconds = Math.round(serial * DAY_S);
  const day = Math.floor(seconds / DAY_S);
  const rest = seconds - day * DAY_S;
  const time = new Date(rest * 1000).toISOString().slice(11, 19);
  if (day === 0 && !isFrom1904) return time;
  if (day === FALSE_DAY && !isFrom1904) return undefined;
  const start = isFrom1904 ? START_1904 : START_1900 + (day < FALSE_DAY ? DAY_MS : 0);
  const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10);
  return rest === 0 ? date : `${date} ${time}`;
}

/** The inverse in the system of 1900, for days since March 1900. @param instant wall-clock time as if it were UTC. */
export const serialOf = (instant: number): number => (instant - START_1900) / DAY_MS;
