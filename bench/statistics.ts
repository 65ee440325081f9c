/** How long the statistics and the assessment take at a million cases, and what keeping their rollups costs a step. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { connectDatabase, type Database, type DatabaseHandle } from '../db/postgres/client.ts';
import { migrate } from '../db/postgres/migrate.ts';
import { assessFromLog, assessMonth } from '../db/queries/assessment.ts';
import { countBy, countByDay } from '../db/queries/figures.ts';
import { itemStatistics, keywordStatistics } from '../db/queries/matching-quality.ts';
import { countRegistrations } from '../db/queries/registrations.ts';
import { foldAssessedCases } from '../db/rollups/assessed-cases.ts';
import { correctTallies, tallyDifferences } from '../db/rollups/tallies.ts';
import { seedReference } from '../db/seed.ts';
import type { Actor } from '../domain/organs/actor.ts';
import { COUNTIES, LOAD, TIMELINESS, type Period } from '../domain/oversight/statistics.ts';
import type { CaseConditions } from '../domain/worklist/case-filter.ts';
import { freePort } from '../scripts/lib/ports.ts';
import { ensureDatabase, startPostgres } from '../scripts/lib/postgres.ts';
import { generateCases } from './statistics-data.ts';
import { walOfLifecycles } from './statistics-wal.ts';

const TARGET_MS = 300;

export const summary = 'statistics and assessment at 1,000,000 cases, against 10,000; what their rollups cost a step';

export const help = `Usage: npm run -s bench -- statistics [--cases N] [--small N] [--rounds N]

  --cases N    cases of the large data set (default 1000000)
  --small N    cases of the small one (default 10000)
  --rounds N   how often each question is asked of each, in turn (default 100)

Starts a PostgreSQL of its own, generates cases of two years with limits, breaches and log in it, fills the rollups by the
recount, and asks what the pages ask. Target: p99 below ${TARGET_MS} ms at the large size. The recount is timed beside it, and must
agree. At the end it plays lifecycles with the triggers and without, and prints the bytes of WAL that they differ by.`;

const PROVINCE: Actor = { username: 'bench', role: 'supervisor', regionCode: '430000', departmentCode: null };
const LAST_DAY = '2026-11-28';
const MONTH: Period = { from: '2026-10-30', to: LAST_DAY };
const YEAR: Period = { from: '2025-11-28', to: LAST_DAY };
/** A leap year: the longest period that a chart by day shows. */
const DAYS: Period = YEAR;
const LEGAL_NOW = new Date(`${LAST_DAY}T10:00:00Z`);

interface Question {
  name: string;
  ask: (db: Database) => Promise<unknown>;
}

type Figures = Record<string, { conditions: (period: Period) => CaseConditions }>;
const conditionsOf = (figures: Figures, period: Period) =>
  Object.fromEntries(Object.entries(figures).map(([name, { conditions }]) => [name, conditions(period)]));

const scope = { actor: PROVINCE, conditions: {}, legalNow: LEGAL_NOW };
const OFFICER: Actor = {
  ...PROVINCE,
  role: 'department-lead',
  departmentCode: '430103-agriculture',
  regionCode: '430103',
};
const own = { actor: OFFICER, conditions: { department: '430103-agriculture', own: true }, legalNow: LEGAL_NOW };

/** As api/statistics/load.ts asks. */
const load = (of: typeof scope | typeof own, period: Period) => (db: Database) =>
  Promise.all([
    ...(['opened', 'closed', 'breached'] as const).map((figure) => countByDay(db, of, figure, period)),
    countBy(db, of, 'nothing', conditionsOf(LOAD, period)),
  ]);
const counties = (period: Period) => (db: Database) =>
  Promise.all([
    countBy(db, scope, 'region', conditionsOf(COUNTIES, period)),
    countRegistrations(db, { within: '430000', acceptedFrom: period.from, acceptedTo: period.to }),
  ]);
const timeliness = (by: 'department' | 'region' | 'caseType', period: Period) => (db: Database) =>
  countBy(db, { ...scope, conditions: { own: by === 'department' } }, by, conditionsOf(TIMELINESS, period));
const returned = {
  caseType: 'registrationPush',
  stage: 'returned',
  closedFrom: MONTH.from,
  closedTo: MONTH.to,
} as const;

const QUESTIONS: Question[] = [
  { name: 'load, 30 days', ask: load(scope, MONTH) },
  { name: 'load, 366 days', ask: load(scope, DAYS) },
  { name: 'load of a department, 366 days', ask: load(own, DAYS) },
  { name: 'counties, 30 days', ask: counties(MONTH) },
  { name: 'counties, a year', ask: counties(YEAR) },
  { name: 'timeliness by department, 30 days', ask: timeliness('department', MONTH) },
  { name: 'timeliness by department, a year', ask: timeliness('department', YEAR) },
  { name: 'timeliness by region, a year', ask: timeliness('region', YEAR) },
  { name: 'timeliness by case type, 30 days', ask: timeliness('caseType', MONTH) },
  {
    name: 'reasons of returns, 30 days',
    ask: (db) => countBy(db, scope, 'nothing', { all: returned, wrong: { ...returned, returnReason: 'not-in-scope' } }),
  },
  {
    name: 'matching',
    ask: async (db) => [await keywordStatistics(db, PROVINCE), await itemStatistics(db, PROVINCE)],
  },
  { name: 'assessment of a month', ask: (db) => assessMonth(db, { month: '2026-10', regionCode: '430000' }) },
  {
    name: 'assessment of a department',
    ask: (db) => assessMonth(db, { month: '2026-10', departmentCode: '430103-agriculture' }),
  },
];

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]!;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** A database with this many cases and their rollups, which the recount fills. */
async function prepare(url: string, count: number): Promise<DatabaseHandle> {
  await migrate(url);
  await seedReference(url);
  const handle = connectDatabase(url, 4);
  const generated = await timed(() => generateCases(handle, count));
  const counted = await timed(() => correctTallies(handle.db));
  const folded = await timed(() => foldAssessedCases(handle.db));
  await handle.db.execute(sql`vacuum analyze`);
  console.log(
    `${count} cases: generated in ${seconds(generated.ms)}; tallies counted in ${seconds(counted.ms)} (${counted.result} rows), ` +
      `log of ${folded.result} entries assessed in ${seconds(folded.ms)}`,
  );
  return handle;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { cases: { type: 'string' }, small: { type: 'string' }, rounds: { type: 'string' } },
  });
  const numbers = [values.cases ?? '1000000', values.small ?? '10000', values.rounds ?? '100'].map(Number);
  if (numbers.some((one) => !Number.isInteger(one) || one < 1))
    throw new Error('--cases, --small and --rounds take whole numbers');
  const [cases, small, rounds] = numbers as [number, number, number];
  const dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-bench-'));
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    port: await freePort(),
    logFile: path.join(dataDir, 'postgres.log'),
    flags: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'].flatMap((flag) => [
      '-c',
      flag,
    ]),
  });
  const handles: DatabaseHandle[] = [];
  try {
    for (const [name, count] of [
      ['small', small],
      ['large', cases],
    ] as const) {
      await ensureDatabase(postgres.databaseUrl('postgres'), name);
      handles.push(await prepare(postgres.databaseUrl(name), count));
    }
    const [little, large] = handles as [DatabaseHandle, DatabaseHandle];
    const lines = await askInTurn(little.db, large.db, rounds, small, cases);
    const recounted = await compareWithRecount(large.db);
    const wal = await walOfLifecycles(little);
    console.log(
      `WAL of a lifecycle (${wal.statements}): ${wal.without} bytes without the rollups' triggers, ${wal.with} with them: ` +
        `+${wal.with - wal.without} in its steps; folding them later +${wal.folding}`,
    );
    const met = recounted.equal && lines.every((line) => line.met);
    console.log(met ? '全部达到目标' : '有未达到的目标');
    console.log(
      JSON.stringify({ bench: 'statistics', cases, small, rounds, targetMs: TARGET_MS, met, lines, recounted, wal }),
    );
    return met ? 0 : 1;
  } finally {
    for (const { close } of handles) await close();
    await postgres.stop();
    await rm(postgres.dataDir, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function askInTurn(little: Database, large: Database, rounds: number, small: number, cases: number) {
  console.log(`\n${rounds} rounds in turn, ms:`);
  const name = (text: string) => text.padEnd(36);
  console.log(`  ${name('')} ${`${small} p50, p99`.padStart(20)} ${`${cases} p50, p99`.padStart(20)}   ratio`);
  const lines = [];
  for (const question of QUESTIONS) {
    const times: [number[], number[]] = [[], []];
    // One round each to fill the caches.
    for (const db of [little, large]) await question.ask(db);
    for (let round = 0; round < rounds; round++) {
      times[0].push((await timed(() => question.ask(little))).ms);
      times[1].push((await timed(() => question.ask(large))).ms);
    }
    const [few, many] = times.map((one) => ({ p50: quantile(one, 0.5), p99: quantile(one, 0.99) })) as [Span, Span];
    const met = many.p99 < TARGET_MS;
    const shown = ({ p50, p99 }: Span) => `${p50.toFixed(1)}, ${p99.toFixed(1)}`.padStart(20);
    const ratio = many.p50 / few.p50;
    console.log(
      `  ${name(question.name)} ${shown(few)} ${shown(many)} ${ratio.toFixed(1).padStart(7)}   ${met ? '达到目标' : '未达到'}`,
    );
    lines.push({ name: question.name, small: few, large: many, ratio, met });
  }
  return lines;
}

interface Span {
  p50: number;
  p99: number;
}

async function compareWithRecount(db: Database) {
  const tallies = await timed(() => tallyDifferences(db));
  const scopeOf = { month: '2026-10', regionCode: '430000' };
  const log = await timed(() => assessFromLog(db, scopeOf));
  const { digest, departments } = await assessMonth(db, scopeOf);
  const isSame = digest === log.result.digest && isDeepStrictEqual(departments, log.result.departments);
  const equal = tallies.result.length === 0 && isSame;
  console.log(
    `\nfull recount: all statistics ${seconds(tallies.ms)}, ${tallies.result.length} differences; the month from the log ${seconds(log.ms)}, ` +
      `${isSame ? 'the same digest' : 'ANOTHER digest'}: ${equal ? '达到目标' : '未达到'}`,
  );
  return { talliesMs: tallies.ms, differences: tallies.result.length, monthMs: log.ms, equal };
}
