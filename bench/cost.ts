/** What one plain lifecycle costs: processor time by process, statements, transactions, WAL, fsyncs, events. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { DATABASE } from '../scripts/lib/postgres.ts';
import type { System } from '../scripts/lib/system.ts';
import { Bare, BARE_DATABASE } from './contestants/bare.ts';
import { round, type Contestant } from './contestants/contestant.ts';
import { Product } from './contestants/product.ts';
import { COUNTED_AFTER_MS, CounterReader, COUNTING, difference } from './lib/counters.ts';
import { cpuOf } from './lib/cpu.ts';
import { median, rounded, sum } from './lib/figures.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';

const TARGETS = { cpu: 1.4, statements: 40, transactions: 4, fsyncs: 4, walKilobytes: 12, events: 32 };
const USERS = 20;
const LIFECYCLES = 150;
const ROUNDS = 2;
const WARM_UP = 100;
/** In ms. What follows an answer: the workflow ends, notices leave. */
const SETTLES_MS = 2000;
const SHOWN_STATEMENTS = 12;

export const summary = '一个普通事项的花费：各进程的处理器时间、SQL 语句、事务、预写日志、历史事件';

export const help = `用法：npm run -s bench -- cost [--lifecycles ${LIFECYCLES}] [--rounds ${ROUNDS}] [--users ${USERS}] [--statements]

  --lifecycles  每一轮办结的事项数
  --rounds      协同与裸 Temporal 轮流的次数
  --users       同时办理的人数
  --statements  列出发送最多的语句

事项为登记（推送立案）→ 认领 → 反馈（办结）。处理器时间取自 /proc/<进程>/stat（PostgreSQL 连同其子进程），语句取自 pg_stat_statements。
裸 Temporal 的合计含其客户端（本测量进程）的时间：它做的是接口进程对 Temporal 所做的。目标：合计不大于裸的 ${TARGETS.cpu} 倍，
语句 ≤ ${TARGETS.statements}，显式事务 ≤ ${TARGETS.transactions}，落盘 ≤ ${TARGETS.fsyncs} 次，预写日志 ≤ ${TARGETS.walKilobytes} kB，历史事件 ≤ ${TARGETS.events}。`;

const FLAGS = {
  lifecycles: { type: 'string' },
  rounds: { type: 'string' },
  users: { type: 'string' },
  statements: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run -s bench -- cost --help';

type Cpu = Record<string, number>;

/** Processor time so far, in ms, by what people call the processes. */
function cpuNow(system: System, bare: Bare): Cpu {
  const pidOf = (name: string) => system.parts.find((part) => part.name === name)!.pid!;
  const { user, system: kernel } = process.cpuUsage();
  return {
    接口: cpuOf(pidOf('API 1')),
    办件: cpuOf(pidOf('worker 1')),
    裸办件: cpuOf(bare.worker.pid!),
    Temporal: cpuOf(pidOf('Temporal')),
    PostgreSQL: cpuOf(pidOf('PostgreSQL')),
    客户端: (user + kernel) / 1000,
  };
}

interface Measuring {
  system: System;
  bare: Bare;
  reader: CounterReader;
  users: number;
  lifecycles: number;
  next: () => number;
}

async function costOf(contestant: Contestant, database: string, all: Measuring) {
  const { system, bare, reader, users, lifecycles, next } = all;
  const before = { cpu: cpuNow(system, bare), counters: await reader.read(database) };
  const { seconds } = await round(contestant, users, (begun) => begun >= lifecycles, next);
  await sleep(SETTLES_MS);
  const cpu = difference(cpuNow(system, bare), before.cpu);
  const exact = await reader.read(database);
  await sleep(COUNTED_AFTER_MS);
  const { fsyncs, fullPages } = await reader.read(database);
  const counters = difference({ ...exact, fsyncs, fullPages }, before.counters);
  return { cpu, counters, seconds };
}

type Cost = Awaited<ReturnType<typeof costOf>>;

/** The costs of all rounds together, for one lifecycle. */
function each(costs: readonly Cost[], lifecycles: number) {
  const total = <K extends string>(of: (cost: Cost) => Record<K, number>) => {
    const keys = Object.keys(of(costs[0]!)) as K[];
    const entries = keys.map((key) => [key, sum(costs.map((cost) => of(cost)[key])) / lifecycles / costs.length]);
    return Object.fromEntries(entries) as Record<K, number>;
  };
  const perSecond = median(costs.map(({ seconds }) => lifecycles / seconds));
  return { cpu: total(({ cpu }) => cpu), counters: total(({ counters }) => counters), perSecond };
}

const sumOf = (cpu: Cpu, names: readonly string[]) => sum(names.map((name) => cpu[name]!));
const told = (cpu: Cpu, names: readonly string[]) => names.map((name) => `${name} ${rounded(cpu[name]!)}`).join(' + ');

const OURS = ['接口', '办件', 'Temporal', 'PostgreSQL'];
const BARES = ['客户端', '裸办件', 'Temporal', 'PostgreSQL'];

/** The events of the last cases' histories: the usual number. */
async function eventsOf(system: System, caseIds: readonly string[]): Promise<number> {
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  const lengths = [];
  for (const caseId of caseIds) {
    const handle = client.workflow.getHandle(caseId);
    await handle.result();
    lengths.push((await handle.describe()).historyLength);
  }
  await connection.close();
  return median(lengths);
}

function tell(report: Report, ours: ReturnType<typeof each>, bares: ReturnType<typeof each>) {
  const [sumOurs, sumBare] = [sumOf(ours.cpu, OURS), sumOf(bares.cpu, BARES)];
  report.say(`处理器毫秒一件  协同：${told(ours.cpu, OURS)} = ${rounded(sumOurs)}`);
  report.say(`                裸：${told(bares.cpu, BARES)} = ${rounded(sumBare)}`);
  const withoutClient = sumOurs / (sumBare - bares.cpu['客户端']!);
  report.say(`每秒办结  协同 ${rounded(ours.perSecond)}，裸 ${rounded(bares.perSecond)}`);
  report.goal({ what: '处理器时间与裸 Temporal 之比', value: sumOurs / sumBare, most: TARGETS.cpu });
  report.say(`裸不计客户端时为 ${rounded(withoutClient)} 倍`);
  const { statements, transactions, fsyncs, walBytes, fullPages } = ours.counters;
  report.goal({ what: 'SQL 语句一件', value: statements, most: TARGETS.statements });
  report.goal({ what: '显式事务一件', value: transactions, most: TARGETS.transactions });
  report.goal({ what: '落盘（fsync）一件', value: fsyncs, most: TARGETS.fsyncs });
  report.goal({ what: '预写日志一件', value: walBytes / 1000, most: TARGETS.walKilobytes, unit: ' kB' });
  report.say(`其中整页映像 ${rounded(fullPages)} 个一件（检查点后首次改动的页，每个至多 8 kB）`);
  return { sumOurs, sumBare, withoutClient };
}

async function measure(system: System, flags: { lifecycles: number; rounds: number; users: number; list: boolean }) {
  const { lifecycles, rounds, users, list } = flags;
  const report = new Report('cost');
  const reader = await CounterReader.open(system.databaseUrl);
  const product = await Product.open(system.apis[0]!);
  const bare = await Bare.open(system);
  let given = 0;
  const next = () => (given += 1);
  for (const one of [product, bare]) await round(one, users, (begun) => begun >= WARM_UP, next);
  const all = { system, bare, reader, users, lifecycles, next };
  await reader.reset();
  await sleep(COUNTED_AFTER_MS);
  const costs: [Cost[], Cost[]] = [[], []];
  for (let turn = 0; turn < rounds; turn += 1) {
    costs[0].push(await costOf(product, DATABASE, all));
    costs[1].push(await costOf(bare, BARE_DATABASE, all));
  }
  const [ours, bares] = [each(costs[0], lifecycles), each(costs[1], lifecycles)];
  const sums = tell(report, ours, bares);
  const events = await eventsOf(system, product.closed.slice(-20));
  const bareEvents = await bare.events();
  report.goal({ what: `普通事项的历史事件（裸 ${bareEvents}）`, value: events, most: TARGETS.events });
  if (list) {
    for (const { calls, ms, query } of await reader.mostOften(DATABASE, SHOWN_STATEMENTS)) {
      const perCase = rounded(calls / lifecycles / rounds);
      report.say(`${perCase} 次一件，${rounded(ms / calls)} 毫秒  ${query.replaceAll(/\s+/g, ' ').slice(0, 150)}`);
    }
  }
  await Promise.all([product.close(), bare.close(), reader.close()]);
  return report.end({ lifecycles: lifecycles * rounds, users, ours, bare: bares, ...sums, events, bareEvents });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const wanted = {
    lifecycles: wholeFlag('lifecycles', flags.lifecycles, HINT) ?? LIFECYCLES,
    rounds: wholeFlag('rounds', flags.rounds, HINT) ?? ROUNDS,
    users: wholeFlag('users', flags.users, HINT) ?? USERS,
    list: flags.statements ?? false,
  };
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 1, apis: 1, postgresFlags: COUNTING };
  return withSystem(options, (system) => measure(system, wanted));
}
