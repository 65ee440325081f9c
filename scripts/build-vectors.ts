/**
 * Builds test/vectors: deadlines, working days of each year and credit codes, reckoned in other ways than `domain/` reckons.
 * It imports nothing of `domain/`, so that a mistake there is not repeated here.
 *
 *   npm run vectors              write the files
 *   npm run vectors -- --check   fail if a file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const CALENDAR = new URL('../data/calendar/cn-2026.1.json', import.meta.url);
const TARGET = fileURLToPath(new URL('../test/vectors/', import.meta.url));
/** The limits of the measures and of the norms; and 1, where a mistake of one day shows. */
const LIMITS = [1, 3, 5, 7, 15, 20];
/** GB 32100-2015, table 2. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** The last place of the region's digits. */
const LAST_OF_REGION = 7;
/** Registering departments with their kinds of body (GB 32100-2015, table 1 as amended), and beginnings that it does not have. */
const BODIES =
  '11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 59 61 62 69 71 72 79 81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1'.split(
    ' ',
  );
const NO_BODIES = '00 01 10 14 20 22 30 36 40 42 50 55 60 63 70 73 80 82 90 94 99 A0 A2 B1 N0 N4 Y0 Y2 Y9 X1'.split(
  ' ',
);

const calendarSchema = z.object({
  version: z.string(),
  coveredFrom: z.string(),
  validThrough: z.string(),
  holidays: z.record(z.string(), z.string()),
  makeUpDays: z.array(z.string()),
});

interface Day {
  date: string;
  working: boolean;
}

/** Every day of the calendar in order, from JavaScript's `Date`, where `domain/` uses day numbers. */
function everyDay({ coveredFrom, validThrough, holidays, makeUpDays }: z.infer<typeof calendarSchema>): Day[] {
  const days: Day[] = [];
  const made = new Set(makeUpDays);
  for (const day = new Date(`${coveredFrom}T12:00:00Z`); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const date = day.toISOString().slice(0, 10);
    if (date > validThrough) return days;
    const weekend = day.getUTCDay() % 6 === 0;
    days.push({ date, working: !(date in holidays) && (!weekend || made.has(date)) });
  }
}

/**
 * Deadlines from starts where counting can go wrong: both sides of each change between working and resting days that is
 * not an ordinary weekend's, first and last day of each year, every 29 February. The deadline is found by its position in
 * the list of working days.
 */
function deadlines(days: readonly Day[]) {
  const working = days.filter((day) => day.working).map(({ date }) => date);
  const isOrdinary = (at: number) => {
    const week = days.slice(Math.max(0, at - 3), at + 4);
    return week.every(({ date, working: works }) => works === (new Date(`${date}T12:00:00Z`).getUTCDay() % 6 !== 0));
  };
  const starts = days.filter(
    ({ date, working: works }, at) =>
      /-(12-31|01-01|02-29)$/.test(date) ||
      (!isOrdinary(at) && at > 0 && (days[at - 1]!.working !== works || days[at + 1]?.working !== works)),
  );
  return starts.flatMap(({ date: start }) => {
    const next = working.findIndex((date) => date > start);
    // Omit deadlines beyond the announced calendar: they are not known yet.
    const known = next < 0 ? [] : LIMITS.filter((limit) => next + limit <= working.length);
    const ends = Object.fromEntries(known.map((limit) => [limit, working[next + limit - 1]]));
    return known.length > 0 ? [{ start, deadlines: ends }] : [];
  });
}

function calendarVectors(): string {
  const calendar = calendarSchema.parse(JSON.parse(readFileSync(CALENDAR, 'utf8')));
  const days = everyDay(calendar);
  const years: Record<string, number> = {};
  for (const { date, working } of days) years[date.slice(0, 4)] = (years[date.slice(0, 4)] ?? 0) + Number(working);
  const head = `"calendar": ${JSON.stringify(calendar.version)},\n"days": ${days.length},\n"workingDaysOf": ${JSON.stringify(years)}`;
  return `{\n${head},\n"rows": [\n${deadlines(days).map((row) => JSON.stringify(row)).join(',\n')}\n]\n}\n`; // prettier-ignore
}

/**
 * The check digit by Horner's rule from the last character: the whole code, a number in powers of 3, is a multiple of 31.
 */
function checkDigit(first17: string): string {
  const value = first17.split('').reduceRight((sum, character) => (sum * 3 + ALPHABET.indexOf(character)) % 31, 0);
  return ALPHABET.charAt((31 - value) % 31);
}

/**
 * Codes from a linear congruence, with their check digits; then with every other character in that place, and with beginnings that no
 * code has.
 */
function creditCodes(): string {
  let state = 32_100;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const coded = (body: string) => {
    const rest = Array.from({ length: 15 }, (_, at) =>
      ALPHABET.charAt(below(at + 2 <= LAST_OF_REGION ? 10 : ALPHABET.length)),
    ).join('');
    const characters = body + rest;
    return characters + checkDigit(characters);
  };
  const valid = Array.from({ length: 200 }, () => coded(BODIES[below(BODIES.length)]!));
  const mistyped = valid.slice(0, 20).flatMap((code) =>
    ALPHABET.split('').filter((last) => last !== code.at(-1)).map((last) => code.slice(0, -1) + last),
  ); // prettier-ignore
  const invalid = [...mistyped, ...NO_BODIES.map(coded)];
  const lines = (codes: string[]) => codes.map((code) => JSON.stringify(code)).join(',\n');
  return `{\n"valid": [\n${lines(valid)}\n],\n"invalid": [\n${lines(invalid)}\n]\n}\n`;
}

const FILES = { 'calendar.json': calendarVectors, 'credit-codes.json': creditCodes };

for (const [name, build] of Object.entries(FILES)) {
  const built = build();
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET + name, built);
    console.log(`已写入 ${TARGET}${name}`);
  } else if (readFileSync(TARGET + name, 'utf8') !== built) {
    console.error(`test/vectors/${name} 与生成结果不一致，请运行 npm run vectors 后核对差异`);
    process.exitCode = 1;
  }
}
