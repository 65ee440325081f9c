/** A large file through the API: the memory it takes, and its speed against COPY into the same tables. */
import { Client as PgClient } from 'pg';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import type { System } from '../scripts/lib/system.ts';
import { PROVINCE } from './contestants/product.ts';
import { copySeconds, countRows } from './lib/copying.ts';
import { memoryOf } from './lib/cpu.ts';
import { rounded } from './lib/figures.ts';
import { importFile } from './lib/import-file.ts';
import { Office } from './lib/office.ts';
import { costOfRows } from './lib/row-cost.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';
import { composeRegister } from './register.ts';

/** `published`: without a case, a registration costs at most so much of one that waits in the pool. */
const TARGETS = { copy: 1 / 3, growth: 1.15, published: 0.75 };
const ROWS = 100_000;
const SAMPLE_MS = 100;
/** A table counts as written by the import if it holds at least one row for so many of the file. */
const SHARE = 20;

export const summary = '经接口导入大文件：内存，以及与直接 COPY 进同样各表之比';

export const help = `用法：npm run -s bench -- import [--rows ${ROWS}] [--kinds]

  --rows   文件的行数
  --kinds  只测每种登记一行的花费（字节、毫秒），每种 --rows 行

不启动办件进程：测的是受理。接口进程的常驻内存每 ${SAMPLE_MS} 毫秒取一次；后一半的最高值不大于前一半的 ${TARGETS.growth} 倍，即为平稳。
然后把导入写下的各表（行数达到文件 1/${SHARE} 的）以 COPY（二进制，含全部索引和约束）写进同样的空表。目标：导入每秒行数不小于 COPY 的 1/3。`;

const FLAGS = { rows: { type: 'string' }, kinds: { type: 'boolean' } } as const;
const HINT = '全部选项：npm run -s bench -- import --help';

interface Sample {
  rows: number;
  megabytes: number;
}

async function measure(system: System, rows: number): Promise<number> {
  const report = new Report('import');
  const api = system.apis[0]!;
  const office = await new Office(api).open(PROVINCE);
  const client = new PgClient({ connectionString: system.databaseUrl });
  // After Ctrl-C the server ends before its clients do.
  client.on('error', () => undefined);
  await client.connect();
  const file = composeRegister(loadCatalogue(), 1, rows).map(({ expectedItems: _, ...row }) => row);
  const before = await countRows(client);
  const { pid } = system.parts.find(({ name }) => name === 'API 1')!;
  const idle = memoryOf(pid!);
  const samples: Sample[] = [];
  let accepted = 0;
  const sampling = setInterval(() => samples.push({ rows: accepted, megabytes: memoryOf(pid!) }), SAMPLE_MS);
  await client.query('checkpoint');
  const imported = await importFile({ api, office, rows: file }, () => (accepted += 1));
  clearInterval(sampling);
  const peak = (part: (sample: Sample) => boolean) =>
    Math.max(...samples.filter(part).map(({ megabytes }) => megabytes));
  const [first, second] = [peak((one) => one.rows < accepted / 2), peak((one) => one.rows >= accepted / 2)];
  const after = await countRows(client);
  const written = [...after].filter(([name, count]) => count - before.get(name)! >= rows / SHARE);
  const copied = await copySeconds(
    client,
    written.map(([name]) => name),
  );
  const perSecond = { import: imported.accepted / imported.seconds, copy: imported.accepted / copied };
  report.say(
    `导入 ${imported.accepted} 行（未受理 ${imported.rejected}）用 ${rounded(imported.seconds)} 秒，每秒 ${rounded(perSecond.import)} 行`,
  );
  report.say(`写下 ${written.map(([name, count]) => `${name} ${count - before.get(name)!}`).join('，')}`);
  report.say(`COPY 进同样的 ${written.length} 张表用 ${rounded(copied)} 秒，每秒 ${rounded(perSecond.copy)} 行`);
  report.say(`接口进程 ${rounded(idle)} MB，前一半最高 ${rounded(first)} MB，后一半最高 ${rounded(second)} MB`);
  report.goal({ what: '后一半内存与前一半之比', value: second / first, most: TARGETS.growth });
  report.goal({ what: '导入与 COPY 之比', value: perSecond.import / perSecond.copy, least: TARGETS.copy });
  office.close();
  await client.end();
  const megabytes = { idle, first, second };
  return report.end({
    rows,
    seconds: imported.seconds,
    copied,
    perSecond,
    megabytes,
    tables: Object.fromEntries(written),
  });
}

/** Most registrations touch no approval: what one of them costs, beside one that opens a case. */
async function measureKinds(system: System, rows: number): Promise<number> {
  const report = new Report('import-kinds');
  const office = await new Office(system.apis[0]!).open(PROVINCE);
  const client = new PgClient({ connectionString: system.databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const costs = await costOfRows(client, { api: system.apis[0]!, office, rows });
  for (const [kind, { bytes, ms }] of Object.entries(costs)) {
    report.say(`${kind}：一行 ${Math.round(bytes)} 字节，${rounded(ms)} 毫秒`);
  }
  const ratio = costs.不涉及审批.bytes / costs.部门不明确.bytes;
  report.goal({ what: '不涉及审批与部门不明确一行字节之比', value: ratio, most: TARGETS.published });
  office.close();
  await client.end();
  return report.end({ rows, costs });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const rows = wholeFlag('rows', flags.rows, HINT) ?? ROWS;
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 0, apis: 1 };
  return withSystem(options, (system) => (flags.kinds ? measureKinds(system, rows) : measure(system, rows)));
}
