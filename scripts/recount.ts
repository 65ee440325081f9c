/**
 * Counts what statistics and assessment are read from again, and corrects it:
 *   npm run -s recount -- --check
 */
import { connectDatabase } from '../db/postgres/client.ts';
import { correctRollups, findDifferences, type AssessedDifference } from '../db/rollups/recount.ts';
import type { TallyDifference } from '../db/rollups/tallies.ts';
import { endWithReader, runEntry } from '../runtime/entry.ts';
import { readFlags } from '../runtime/flags.ts';
import { findStanding } from './lib/standing-database.ts';

const HELP = `重新统计：依事项、节点、登记信息和审计日志重新计算统计、考核所依据的汇总，与保存的汇总比较。
办理照常进行，不必停机。

  npm run -s recount -- [--check] [--data-dir 目录]

  --check    只比较，不更正；列出差异，有差异的退出码为 1
  --data-dir npm start 的数据目录，默认 .data/main 或 .data/demo 中正在运行的；给出 DATABASE_URL 的，以其为准
  --help     显示本说明`;

const FLAGS = { check: { type: 'boolean' }, 'data-dir': { type: 'string' }, help: { type: 'boolean' } } as const;

/** Differences printed of each kind. */
const SHOWN = 20;

function tallyLine({ grain, figure, kept, recounted, ...of }: TallyDifference): string {
  const about = Object.values(of).filter((value) => value !== null);
  return `统计 ${figure}（${grain}） ${about.map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)).join(' ')}：保存 ${kept}，应为 ${recounted}`;
}

function assessedLine({ kept, recounted }: AssessedDifference): string {
  const { month, caseId, departmentCode } = (recounted ?? kept)!;
  const what = kept ? (recounted ? '与审计日志不同' : '审计日志没有') : '没有保存';
  return `考核 ${month} ${departmentCode} ${caseId}：${what}`;
}

function print(lines: readonly string[]): void {
  for (const line of lines.slice(0, SHOWN)) console.log(line);
  if (lines.length > SHOWN) console.log(`……另有 ${lines.length - SHOWN} 处`);
}

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), FLAGS, '全部选项：npm run -s recount -- --help');
  if (flags.help) return console.log(HELP);
  const { databaseUrl } = findStanding(flags['data-dir'], process.env);
  const { db, close } = connectDatabase(databaseUrl, 1);
  try {
    if (flags.check) {
      const { tallies, assessed } = await findDifferences(db);
      print(tallies.map(tallyLine));
      print(assessed.map(assessedLine));
      const count = tallies.length + assessed.length;
      console.log(count === 0 ? '汇总与重新统计一致。' : `共 ${count} 处差异；不带 --check 运行即更正。`);
      if (count > 0) process.exitCode = 1;
    } else {
      const { tallies, assessed } = await correctRollups(db);
      console.log(`已重新统计：更正统计 ${tallies} 处，考核 ${assessed} 处。`);
    }
  } finally {
    await close();
  }
}

endWithReader();
await runEntry(main);
