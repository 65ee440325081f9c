/** Lifecycles a second of the product, of Temporal alone and of its peers, in turns in one run. */
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import type { System } from '../scripts/lib/system.ts';
import { Bare } from './contestants/bare.ts';
import { round, type Contestant } from './contestants/contestant.ts';
import { openDbos, openPgBoss } from './contestants/peers.ts';
import { Product } from './contestants/product.ts';
import { median, rounded } from './lib/figures.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';

const TARGET = 0.8;
const USERS = '5,20,40';
const SECONDS = 4;
const ROUNDS = 3;
/** Lifecycles of each contestant before anything is measured. */
const WARM_UP = 60;

export const summary = '每秒办结的事项：协同、裸 Temporal、同类产品，同一次运行中轮流';

export const help = `用法：npm run -s bench -- lifecycle [--users ${USERS}] [--seconds ${SECONDS}] [--rounds ${ROUNDS}] [--without-peers]

  --users    同时办理的人数，逗号分隔
  --seconds  每一轮的秒数
  --rounds   每种人数各轮几次，取中位数
  --without-peers  不测同类产品 pg-boss 与 DBOS

协同：经 HTTP 登记（推送立案）→ 认领 → 反馈（办结）。裸 Temporal：同一 Temporal 与 PostgreSQL 上，启动、写一行的本地活动、三十天计时器、
两个各写一行的 Update，没有 HTTP。同类产品在同一 PostgreSQL 上办同样的事，不能表达的部分另行列出。目标：每种人数下协同与裸 Temporal 之比都不小于 ${TARGET}。`;

const FLAGS = {
  users: { type: 'string' },
  seconds: { type: 'string' },
  rounds: { type: 'string' },
  'without-peers': { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run -s bench -- lifecycle --help';

/** @returns how many lifecycles a second each contestant ended, by round. */
async function race(
  contestants: readonly Contestant[],
  users: number,
  { rounds, seconds, next }: { rounds: number; seconds: number; next: () => number },
): Promise<Map<Contestant, number[]>> {
  const rates = new Map(contestants.map((one): [Contestant, number[]] => [one, []]));
  for (let turn = 0; turn < rounds; turn += 1) {
    // Each begins as often as the others, so that none always meets what another has left behind.
    const order = contestants.map((_, index) => contestants[(index + turn) % contestants.length]!);
    for (const contestant of order) {
      const end = performance.now() + seconds * 1000;
      const done = await round(contestant, users, () => performance.now() > end, next);
      rates.get(contestant)!.push(done.lifecycles / done.seconds);
    }
  }
  return rates;
}

interface Wanted {
  users: readonly number[];
  rounds: number;
  seconds: number;
  peers: boolean;
}

async function measure(system: System, { users, rounds, seconds, peers }: Wanted): Promise<number> {
  const report = new Report('lifecycle');
  const product = await Product.open(system.apis[0]!);
  const bare = await Bare.open(system);
  const contestants: Contestant[] = [
    product,
    bare,
    ...(peers ? [await openPgBoss(system), await openDbos(system)] : []),
  ];
  let given = 0;
  const next = () => (given += 1);
  for (const one of contestants) {
    await round(one, 20, (begun) => begun >= WARM_UP, next);
    if (one.lacks) report.say(`${one.name} 不能表达：${one.lacks}`);
  }
  const figures = [];
  for (const count of users) {
    const rates = await race(contestants, count, { rounds, seconds, next });
    const perSecond = Object.fromEntries([...rates].map(([{ name }, values]) => [name, rounded(median(values))]));
    const spread = Object.fromEntries([...rates].map(([{ name }, values]) => [name, values.map(rounded)]));
    const told = Object.entries(perSecond).map(([name, rate]) => `${name} ${rate}`);
    report.say(`${count} 人：每秒办结 ${told.join('，')}（${rounds} 轮的中位数）`);
    const ratio = median(rates.get(product)!) / median(rates.get(bare)!);
    report.goal({ what: `${count} 人，协同与裸 Temporal 之比`, value: ratio, least: TARGET });
    figures.push({ users: count, perSecond, rounds: spread });
  }
  if (product.office.putOff > 0) report.say(`协同答复 503 共 ${product.office.putOff} 次，都以同一幂等键重试办成`);
  for (const one of contestants) await one.close();
  return report.end({ lifecycles: given, putOff: product.office.putOff, figures });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const rounds = wholeFlag('rounds', flags.rounds, HINT) ?? ROUNDS;
  const seconds = wholeFlag('seconds', flags.seconds, HINT) ?? SECONDS;
  const users = (flags.users ?? USERS).split(',').map((one) => wholeFlag('users', one, HINT)!);
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 1, apis: 1 };
  const wanted = { users, rounds, seconds, peers: !flags['without-peers'] };
  return withSystem(options, (system) => measure(system, wanted));
}
