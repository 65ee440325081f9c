/** 首次装载: rows a second against COPY of the same rows into the same tables, and the memory that it takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client as PgClient } from 'pg';
import { migrate } from '../db/postgres/migrate.ts';
import { seedReference } from '../db/seed.ts';
import { FIRST_LOAD_KINDS, type FirstLoadKind } from '../domain/first-load/kinds.ts';
import { keysOf } from '../domain/keys.ts';
import { readFlags, UsageError, wholeFlag } from '../runtime/flags.ts';
import { copySeconds, countRows } from './lib/copying.ts';
import { memoryOf } from './lib/cpu.ts';
import { rounded } from './lib/figures.ts';
import { withPostgres } from './lib/own-postgres.ts';
import { pastFile } from './lib/past-files.ts';
import { Report } from './lib/report.ts';

const TARGETS = { copy: 1 / 3, growth: 1.15 };
const ROWS = 200_000;
const SAMPLE_MS = 200;
/** A table counts as written by the load if it holds at least one row for so many of the file. */
const SHARE = 20;

export const summary = '首次装载已有的经营主体、公示信息和名单：与 COPY 之比，以及内存';

export const help = `用法：npm run -s bench -- first-load [--rows ${ROWS}] [--only ${keysOf(FIRST_LOAD_KINDS).join('|')}]

  --rows   每个文件的行数；全省为 6000000
  --only   只测一种

在自己的 PostgreSQL（fsync=off）里先后装载三个文件，各由一个新的进程；然后把写下的各表以 COPY（二进制，含全部索引和约束）写进同样的空表。
目标：每秒行数不小于 COPY 的 1/3；装载进程后一半的内存最高值不大于前一半的 ${TARGETS.growth} 倍。`;

const FLAGS = { rows: { type: 'string' }, only: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- first-load --help';

interface Loaded {
  seconds: number;
  samples: { at: number; megabytes: number }[];
}

/** The command, as an operator runs it. */
async function load(databaseUrl: string, kind: FirstLoadKind, file: string): Promise<Loaded> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/first-load.ts', kind, file], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const samples: Loaded['samples'] = [];
  const sampling = setInterval(() => {
    const megabytes = memoryOf(child.pid!);
    if (Number.isFinite(megabytes)) samples.push({ at: performance.now() - began, megabytes });
  }, SAMPLE_MS);
  child.once('exit', () => clearInterval(sampling));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`装载以 ${code} 结束`);
  return { seconds: (performance.now() - began) / 1000, samples };
}

async function measure(report: Report, databaseUrl: string, kind: FirstLoadKind, rows: number, folder: string) {
  const file = path.join(folder, `${kind}.csv`);
  await pipeline(Readable.from(pastFile(kind, rows)), createWriteStream(file));
  const client = new PgClient({ connectionString: databaseUrl });
  await client.connect();
  try {
    const before = await countRows(client);
    await client.query('checkpoint');
    const { seconds, samples } = await load(databaseUrl, kind, file);
    const after = await countRows(client);
    const written = [...after].filter(([name, count]) => count - (before.get(name) ?? 0) >= rows / SHARE);
    await client.query('drop schema if exists yardstick cascade');
    const copied = await copySeconds(
      client,
      written.map(([name]) => name),
    );
    const half = (samples.at(-1)?.at ?? 0) / 2;
    const peak = (isIn: (at: number) => boolean) =>
      Math.max(...samples.filter(({ at }) => isIn(at)).map(({ megabytes }) => megabytes));
    const [first, second] = [peak((at) => at < half), peak((at) => at >= half)];
    const perSecond = { load: rows / seconds, copy: rows / copied };
    report.say(`${FIRST_LOAD_KINDS[kind]}：${rows} 行用 ${rounded(seconds)} 秒，每秒 ${Math.round(perSecond.load)} 行`);
    report.say(`COPY 进同样的 ${written.map(([name]) => name).join('、')} 每秒 ${Math.round(perSecond.copy)} 行`);
    report.goal({ what: `${kind}：与 COPY 之比`, value: perSecond.load / perSecond.copy, least: TARGETS.copy });
    report.goal({
      what: `${kind}：后一半内存（${rounded(second)} MB）与前一半之比`,
      value: second / first,
      most: TARGETS.growth,
    });
    return { seconds, copied, perSecond, megabytes: { first, second }, tables: Object.fromEntries(written) };
  } finally {
    await client.end();
  }
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const rows = wholeFlag('rows', flags.rows, HINT) ?? ROWS;
  const kinds = keysOf(FIRST_LOAD_KINDS).filter((kind) => flags.only === undefined || kind === flags.only);
  if (kinds.length === 0) throw new UsageError(`--only 应为${keysOf(FIRST_LOAD_KINDS).join('、')}之一`, [HINT]);
  const report = new Report('first-load');
  const folder = mkdtempSync(path.join(tmpdir(), 'xietong-first-load-'));
  try {
    return await withPostgres(['province'], async (databaseUrl) => {
      const url = databaseUrl('province');
      await migrate(url);
      await seedReference(url);
      const figures: Record<string, unknown> = {};
      for (const kind of kinds) figures[kind] = await measure(report, url, kind, rows, folder);
      return report.end({ rows, figures });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
