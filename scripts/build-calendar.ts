/**
 * Builds data/calendar from npm `chinese-days`, whose table follows the State Council's yearly notices. Its raw table is
 * read, not its functions: they read the process time zone and call days beyond their data working days.
 *
 *   npm run calendar              write the file
 *   npm run calendar -- --check   fail if the file differs
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isWeekend } from '../domain/clock/calendar.ts';

const COVERED_FROM = '2016-01-01';
/** Raise this when a later notice changes days of a year already published: a version is never rewritten. */
const REVISION = 1;

const tableSchema = z.object({
  /** Rest days and make-up days: date to `English name,中文名称,…`. */
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
});

function readPackage(file: string): unknown {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`chinese-days/${file}`), 'utf8'));
}

function build(): { version: string; text: string } {
  const table = tableSchema.parse(readPackage('dist/chinese-days.json'));
  const { version: packageVersion } = z.object({ version: z.string() }).parse(readPackage('package.json'));
  const covered = (days: Record<string, string>) =>
    Object.keys(days)
      .filter((day) => day >= COVERED_FROM)
      .sort();
  const lastYear = covered(table.holidays).at(-1)!.slice(0, 4);
  const name = (day: string) => table.holidays[day]!.split(',')[1]!;
  const calendar = {
    version: `cn-${lastYear}.${REVISION}`,
    source: `国务院办公厅关于部分节假日安排的历年通知；数据取自 npm chinese-days ${packageVersion}（MIT）`,
    coveredFrom: COVERED_FROM,
    validThrough: `${lastYear}-12-31`,
    // Weekends inside a holiday are rest days anyway.
    holidays: Object.fromEntries(
      covered(table.holidays)
        .filter((day) => !isWeekend(day))
        .map((day) => [day, name(day)]),
    ),
    makeUpDays: covered(table.workdays).filter((day) => isWeekend(day)),
  };
  return { version: calendar.version, text: `${JSON.stringify(calendar, null, 1)}\n` };
}

const { version, text } = build();
const target = fileURLToPath(new URL(`../data/calendar/${version}.json`, import.meta.url));
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
  console.log(`已写入 data/calendar/${version}.json`);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error(`data/calendar/${version}.json 与 chinese-days 的数据不一致，请运行 npm run calendar 后核对差异`);
  process.exitCode = 1;
}
