/**
 * A deadline, counted from the command line:
 *   npm run -s due -- --start 2026-02-13 --days 7
 */
import { readNewestCalendar } from '../data/calendar-files.ts';
import { addWorkingDays, explainDeadline } from '../domain/clock/deadlines.ts';
import { Refusal } from '../domain/errors.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';

const HELP = `计算期限：起算事件次日起算，跳过休息日，调休上班计入，届满日 24:00（UTC+8）届满。

  npm run -s due -- --start 2026-02-13 --days 7

  --start   起算事件当日，YYYY-MM-DD（该日不计入）
  --days    工作日数，1 至 9999 的整数
  --explain 逐日说明（输出到标准错误）
  --help    显示本说明`;

const FLAGS = {
  start: { type: 'string' },
  days: { type: 'string' },
  explain: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
const HINT = '应写成 npm run -s due -- --start 2026-02-13 --days 7';

function main(): void {
  const flags = readFlags(process.argv.slice(2), FLAGS, HINT);
  const { start = '', days = '', explain, help } = flags;
  if (help) return console.log(HELP);
  if (!isRealDate(start)) throw new UsageError(`--start “${start}”不是真实日期（YYYY-MM-DD）`, [HINT]);
  if (!/^[1-9]\d{0,3}$/.test(days)) throw new UsageError(`--days “${days}”不是 1 至 9999 的整数`, [HINT]);
  const calendar = readNewestCalendar();
  try {
    const deadline = addWorkingDays(calendar, start, Number(days));
    const explained = explain ? explainDeadline(calendar, start, Number(days)) : [];
    console.log(JSON.stringify(deadline));
    explained.forEach(explainLine);
  } catch (error) {
    if (error instanceof Refusal) throw new UsageError(error.message, [...(error.remedy ? [error.remedy] : []), HINT]);
    throw error;
  }
}

function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function explainLine({ date, reason, count, provisional }: ReturnType<typeof explainDeadline>[number]): void {
  const counted = count === null ? '不计' : `第${count}个工作日`;
  console.error(`${date}  ${reason}  ${counted}${provisional ? '（暂定）' : ''}`);
}

await runEntry(main);
