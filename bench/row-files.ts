/** Import files of the three formats: processor time and memory of reading them, without the database. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvFile } from '../api/http/csv.ts';
import type { TableRow } from '../api/http/table.ts';
import { xlsxFile } from '../api/http/xlsx.ts';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { rounded } from './lib/figures.ts';
import type { ReadRows } from './lib/read-rows.ts';
import { Report } from './lib/report.ts';
import { composeRegister } from './register.ts';

/** `slower`: of XLSX to CSV. `memory`: MB beyond those of a process that reads nothing. */
const TARGETS = { slower: 3, memory: 150 };
const ROWS = 100_000;

export const summary = '三种格式的导入文件：读取所用的处理器时间和内存';

export const help = `用法：npm run -s bench -- row-files [--rows ${ROWS}]

  --rows  文件的行数

同样的登记信息写成 CSV、JSONL、XLSX，各由一个新的进程读取并校验，不写数据库。
目标：读取 XLSX 所用的处理器时间不超过 CSV 的 ${TARGETS.slower} 倍；每种格式的内存峰值不超过不读文件的进程 ${TARGETS.memory} MB。`;

const FLAGS = { rows: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- row-files --help';

type Registration = Record<'registrationNo' | 'uscc' | 'name' | 'regionCode' | 'scope', string>;

function* tableOf(rows: readonly Registration[]): Generator<TableRow> {
  const fields = ['registrationNo', 'uscc', 'name', 'regionCode', 'scope'] as const;
  yield fields;
  for (const row of rows) yield fields.map((field) => row[field]);
}

function* linesOf(rows: readonly object[]): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

const FORMATS: Record<string, (rows: readonly Registration[]) => Readable> = {
  csv: (rows) => csvFile(tableOf(rows)),
  jsonl: (rows) => Readable.from(linesOf(rows)),
  xlsx: (rows) => xlsxFile(tableOf(rows)),
};

async function readInProcess(...path: string[]): Promise<ReadRows> {
  const child = fork(new URL('lib/read-rows.ts', import.meta.url), path);
  const [answer] = (await once(child, 'message')) as [ReadRows];
  return answer;
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const count = wholeFlag('rows', flags.rows, HINT) ?? ROWS;
  const rows = composeRegister(loadCatalogue(), 1, count).map(({ expectedItems: _, ...row }) => row);
  const report = new Report('row-files');
  const folder = mkdtempSync(join(tmpdir(), 'xietong-row-files-'));
  const figures: Record<string, ReadRows & { megabytes: number }> = {};
  try {
    const { peak: idle } = await readInProcess();
    for (const [format, write] of Object.entries(FORMATS)) {
      const path = join(folder, `rows.${format}`);
      await pipeline(write(rows), createWriteStream(path));
      const read = await readInProcess(path);
      if (read.rows !== count) throw new Error(`${format}：写了 ${count} 行，读到 ${read.rows} 行`);
      const megabytes = statSync(path).size / 1e6;
      figures[format] = { ...read, peak: read.peak - idle, megabytes };
      report.say(
        `${format}：${rounded(megabytes)} MB，处理器 ${rounded(read.seconds)} 秒，每秒 ${Math.round(count / read.seconds)} 行`,
      );
    }
    report.goal({
      what: '读取 XLSX 与 CSV 处理器时间之比',
      value: figures['xlsx']!.seconds / figures['csv']!.seconds,
      most: TARGETS.slower,
    });
    for (const [format, { peak }] of Object.entries(figures)) {
      report.goal({ what: `读取 ${format} 多用的内存`, value: peak, most: TARGETS.memory, unit: ' MB' });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return report.end({ rows: count, figures });
}
