/**
 * Recomputes the 考核 (第十六条) from the audit log, for anyone who has the database:
 *   npm run -s assess -- --month 2026-11
 */
import { connectDatabase } from '../db/postgres/client.ts';
import { assessFromLog, type ReproducibleAssessment } from '../db/queries/assessment.ts';
import { assessmentRow, ASSESSMENT_COLUMNS } from '../domain/oversight/assessment-table.ts';
import { endWithReader, runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';
import { findStanding } from './lib/standing-database.ts';

const HELP = `月度考核：只依据审计日志计算，任何人可以复算（第十六条；办法见 docs/assessment.md）。

  npm run -s assess -- --month 2026-11 [--region 430103 | --department 430103-agriculture] [--json]

  --month    考核月份，YYYY-MM
  --region   行政区划代码（含下级），默认全省
  --department 部门代码，只算该部门
  --json     输出 JSON，同 GET /api/v1/assessments，含全部部门
  --data-dir npm start 的数据目录，默认 .data/main 或 .data/demo 中正在运行的；给出 DATABASE_URL 的，以其为准
  --help     显示本说明`;

const FLAGS = {
  month: { type: 'string' },
  region: { type: 'string' },
  department: { type: 'string' },
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run -s assess -- --help';

interface Scope {
  month: string;
  regionCode: string | undefined;
  departmentCode: string | undefined;
}

function scopeOf(month = '', regionCode?: string, departmentCode?: string): Scope {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month) || month < '2016-11') {
    throw new UsageError(`--month “${month}”不是2016年11月以来的月份（YYYY-MM）`, [HINT]);
  }
  if (regionCode !== undefined && !/^\d{6}$/.test(regionCode)) {
    throw new UsageError(`--region “${regionCode}”不是6位行政区划代码`, [HINT]);
  }
  if (regionCode !== undefined && departmentCode !== undefined) {
    throw new UsageError('--region 与 --department 只能给出一个', [HINT]);
  }
  return { month, regionCode, departmentCode };
}

function print({ month, formulaVersion, digest, departments, regions }: ReproducibleAssessment): void {
  console.log(`月度考核 ${month}（考核办法 ${formulaVersion}）\n`);
  for (const cells of [ASSESSMENT_COLUMNS, ...departments.map(assessmentRow)]) console.log(cells.join('\t'));
  console.log('\n行政区划\t部门数\t得分\t逾期');
  for (const { regionCode, departments: number, score, breaches } of regions) {
    console.log([regionCode, number, score?.toFixed(1) ?? '—', breaches].join('\t'));
  }
  console.log(`\n依据的审计日志 SHA-256：${digest}`);
}

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (flags.help) return console.log(HELP);
  const scope = scopeOf(flags.month, flags.region, flags.department);
  const { databaseUrl } = findStanding(flags['data-dir'], process.env);
  const { db, close } = connectDatabase(databaseUrl, 1);
  try {
    const found = await assessFromLog(db, scope);
    if (flags.json) console.log(JSON.stringify({ ...found, departmentCount: found.departments.length }, null, 2));
    else print(found);
  } finally {
    await close();
  }
}

endWithReader();
await runEntry(main);
