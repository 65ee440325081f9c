/**
 * A deadline, counted from the command line:
 *   npm run -s due -- --start 2026-02-13 --days 7
 */
import { parseArgs } from 'node:util';
import { readNewestCalendar } from '../data/calendar-files.ts';
import { addWorkingDays, explainDeadline } from '../domain/deadlines.ts';
import { Refusal } from '../domain/errors.ts';
import { argumentProblem } from './lib/argument-errors.ts';

const HELP = `计算期限：起算事件次日起算，跳过休息日，调休上班计入，届满日 24:00（UTC+8）届满。

  npm run -s due -- --start 2026-02-13 --days 7

  --start   起算事件当日，YYYY-MM-DD（该日不计入）
  --days    工作日数，1 至 9999 的整数
  --explain 逐日说明（输出到标准错误）
  --help    显示本说明`;

const OPTIONS = ['--start', '--days', '--explain', '--help'];
const USAGE = '应写成 --start 2026-02-13 --days 7（日期为 YYYY-MM-DD，日数为 1 至 9999 的整数）';

function refuse(message: string): never {
  console.error(`${message}\n\n${HELP}`);
  process.exit(2);
}

function main(): void {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        start: { type: 'string' },
        days: { type: 'string' },
        explain: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return refuse(argumentProblem(error, OPTIONS, USAGE));
  }
  if (values.help) return console.log(HELP);
  const { start = '', days = '' } = values;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(start) || !isRealDate(start)) refuse(`--start “${start}”不是真实日期（YYYY-MM-DD）`);
  if (!/^[1-9]\d{0,3}$/.test(days)) refuse(`--days “${days}”不是 1 至 9999 的整数`);
  const calendar = readNewestCalendar();
  try {
    const deadline = addWorkingDays(calendar, start, Number(days));
    const explained = values.explain ? explainDeadline(calendar, start, Number(days)) : [];
    console.log(JSON.stringify(deadline));
    explained.forEach(explainLine);
  } catch (error) {
    if (error instanceof Refusal) refuse(`${error.message}。${error.remedy}`);
    throw error;
  }
}

function isRealDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function explainLine({ date, reason, count, provisional }: ReturnType<typeof explainDeadline>[number]): void {
  const counted = count === null ? '不计' : `第${count}个工作日`;
  console.error(`${date}  ${reason}  ${counted}${provisional ? '（暂定）' : ''}`);
}

main();
