/**
 * Builds data/calendar from npm `chinese-days`, whose table follows the State Council's yearly notices. Its raw table is
 * read, not its functions: they read the process time zone and call days beyond their data working days.
 *
 *   npm run calendar              write the file
 *   npm run calendar -- --check   fail if the file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isWeekend } from '../domain/calendar.ts';

const COVERED_FROM = '2016-01-01';
const TARGET = fileURLToPath(new URL('../data/calendar/cn-2026.1.json', import.meta.url));

interface Table {
  holidays: Record<string, string>;
  workdays: Record<string, string>;
}

function build(): string {
  const require = createRequire(import.meta.url);
  const table = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as Table;
  const { version } = JSON.parse(readFileSync(require.resolve('chinese-days/package.json'), 'utf8')) as { version: string };
  const covered = (days: Record<string, string>) => Object.keys(days).filter((day) => day >= COVERED_FROM).sort();
  const lastYear = covered(table.holidays).at(-1)!.slice(0, 4);
  const name = (day: string) => table.holidays[day]!.split(',')[1]!;
  const calendar = {
    version: 'cn-2026.1',
    source: `国务院办公厅关于部分节假日安排的历年通知；数据取自 npm chinese-days ${version}（MIT）`,
    coveredFrom: COVERED_FROM,
    validThrough: `${lastYear}-12-31`,
    // Weekends inside a holiday are rest days anyway.
    holidays: Object.fromEntries(covered(table.holidays).filter((day) => !isWeekend(day)).map((day) => [day, name(day)])),
    makeUpDays: covered(table.workdays).filter((day) => isWeekend(day)),
  };
  return `${JSON.stringify(calendar, null, 1)}\n`;
}

const built = build();
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, built);
  console.log(`已写入 ${TARGET}`);
} else if (readFileSync(TARGET, 'utf8') !== built) {
  console.error('data/calendar 与 chinese-days 的数据不一致，请运行 npm run calendar 后核对差异');
  process.exitCode = 1;
}
