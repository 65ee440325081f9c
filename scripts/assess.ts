/**
 * 考核 (第十六条), recomputed by anyone who has the database:
 *   npm run -s assess -- --month 2026-11
 */
import { parseArgs } from 'node:util';
import { connectDatabase } from '../db/client.ts';
import { assessMonth, type ReproducibleAssessment } from '../db/queries/assessment.ts';
import { assessmentRow, ASSESSMENT_COLUMNS } from '../domain/assessment-table.ts';
import { runEntry } from './lib/entry.ts';
import { standingDatabaseUrl } from './lib/standing-database.ts';

const HELP = `月度考核：只依据审计日志计算，任何人可以复算（第十六条；办法见 docs/assessment.md）。

  npm run -s assess -- --month 2026-11 [--region 430103 | --department 430103-agriculture] [--json]

  --month    考核月份，YYYY-MM
  --region   行政区划代码（含下级），默认全省
  --department 部门代码，只算该部门
  --json     输出 JSON，与 GET /api/v1/assessments 相同
  --data-dir npm start 的数据目录，默认 .data/main；给出 DATABASE_URL 的，以其为准
  --help     显示本说明`;

function refuse(message: string): never {
  console.error(`${message}\n\n${HELP}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        month: { type: 'string', default: '' },
        region: { type: 'string' },
        department: { type: 'string' },
        json: { type: 'boolean' },
        'data-dir': { type: 'string', default: process.env['XIETONG_DATA_DIR'] || '.data/main' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch {
    return refuse('参数有误：有不认识的选项，或选项缺少值');
  }
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
  const { month, region, department, json, help, 'data-dir': dataDir } = readOptions();
  if (help) return console.log(HELP);
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month) || month < '2016-11') {
    refuse(`--month “${month}”不是2016年11月以来的月份（YYYY-MM）`);
  }
  if (region !== undefined && !/^\d{6}$/.test(region)) refuse(`--region “${region}”不是6位行政区划代码`);
  if (region !== undefined && department !== undefined) refuse('--region 与 --department 只能给出一个');
  const url =
    standingDatabaseUrl(dataDir, process.env) ?? refuse(`${dataDir} 中没有数据库；请给出 --data-dir 或 DATABASE_URL`);
  const { db, close } = connectDatabase(url, 1);
  try {
    const found = await assessMonth(db, { month, regionCode: region, departmentCode: department });
    if (json) console.log(JSON.stringify(found, null, 2));
    else print(found);
  } finally {
    await close();
  }
}

await runEntry(main);
