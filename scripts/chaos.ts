/**
 * Lets people work while everything around them is killed, and then compares what they were told with what is there:
 *   npm run chaos -- --lifecycles 200 --seed 7
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { connectDatabase, type DatabaseHandle } from '../db/postgres/client.ts';
import { loadClock } from '../db/reference/clock-setting.ts';
import { restoreCase, restoreCases, type RestoredCase } from '../outbox/restore-cases.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { requireReview } from './lib/chaos/beginnings.ts';
import { Checker } from './lib/chaos/checker.ts';
import { Dice } from './lib/chaos/dice.ts';
import { Disturbances } from './lib/chaos/disturbances.ts';
import { keepEvidence } from './lib/chaos/evidence.ts';
import { Journal } from './lib/chaos/journal.ts';
import { Lifecycle } from './lib/chaos/lifecycles.ts';
import { People } from './lib/chaos/people.ts';
import { tally } from './lib/chaos/tally.ts';
import { waitUntil } from './lib/processes.ts';
import { consoleProgress } from './lib/progress.ts';
import { System } from './lib/system.ts';

/** Short enough that limits pass in a run of a minute. */
const SECONDS_PER_WORKING_DAY = 20;
const PEOPLE_AT_ONCE = 32;
/** A terminated workflow may still have an activity in hand. */
const SETTLE_MS = 35_000;
const QUIET_MS = 300_000;
/** How long a case may take to say what it has recorded, when all of them are asked and replayed one after another. */
const ANSWER_MS = 60_000;
const SHOWN = 20;

const HELP = `混沌测试：两个接口进程、两个办件进程、PostgreSQL 和 Temporal 在办件中随机被杀死、停住，流程被终止后恢复，日历改变；
然后核对登记簿、审计日志、流程历史与每个人得到的答复、看到的公示：没有丢失、没有重复、没有错误公示。

  npm run chaos -- [--seconds 秒数 | --lifecycles 件数] [--seed 数] [--working-day 秒数]

  --seconds     办件的时间，默认 60
  --lifecycles  办满这么多件为止
  --working-day 一个工作日折合的秒数，默认 ${SECONDS_PER_WORKING_DAY}；件数多的取大一些，否则放下不办的事项逐件催办、督办，比办件还忙
  --seed        随机数种子，默认取当前时间；相同的种子作相同的选择，进程的快慢不由它决定
  --help        显示本说明

有丢失、重复、错误公示或自相矛盾的，逐条列出，以 1 结束；本测试自己提交的内容不合要求、某项办理从未办成的，也是如此。`;

const FLAGS = {
  seconds: { type: 'string' },
  lifecycles: { type: 'string' },
  seed: { type: 'string' },
  'working-day': { type: 'string' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run chaos -- --help';

const say = (text: string) => console.log(text);

/** Lets `PEOPLE_AT_ONCE` lifecycles run side by side until there were enough, or the time is over. */
async function live(next: (n: number) => Promise<void>, enough: (begun: number) => boolean): Promise<void> {
  let begun = 0;
  const one = async () => {
    while (!enough(begun)) {
      begun += 1;
      await next(begun);
    }
  };
  await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, one));
}

/** Waits until nothing is under way: the outbox is empty. */
const quiet = ({ pool }: DatabaseHandle) =>
  waitUntil(
    async () => {
      const { rows } = await pool.query<{ left: string }>('select count(*) as left from outbox where done_at is null');
      return rows[0]?.left === '0';
    },
    QUIET_MS,
    1000,
  );

/** What restoring would find. A busy worker may leave a question unanswered, so what is found is asked for again. */
async function foundDiffering(deps: Parameters<typeof restoreCases>[0], rounds = 3): Promise<RestoredCase[]> {
  const found: RestoredCase[] = [];
  for await (const one of restoreCases(deps, { dryRun: true })) found.push(one);
  if (found.length === 0 || rounds === 1) return found;
  await sleep(10_000);
  return foundDiffering(deps, rounds - 1);
}

async function run(system: System, seed: number, enough: (begun: number) => boolean): Promise<boolean> {
  const handle = connectDatabase(system.databaseUrl, 5);
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  const clock = await loadClock(handle.db);
  const dice = new Dice(seed);
  const journal = new Journal();
  const people = new People(system.apis, journal);
  const deps = { db: handle.db, client, clock, taskQueue: 'cases', settleMs: SETTLE_MS };
  /** Restores cases one by one, as soon as their last activity is over. */
  const restore = async (caseIds: readonly string[]) => {
    await sleep(SETTLE_MS);
    for (const caseId of caseIds) journal.note(`恢复（${(await restoreCase(deps, caseId)) ?? '已结束'}）`);
  };
  let over = false;
  const surroundings = { system, people, pool: handle.pool, client, clock, restore };
  const disturbances = new Disturbances(surroundings, dice.nth(0));
  const disturbing = disturbances.run(() => over);
  const telling = setInterval(() => say(`  … ${journal.lifecycles} 件，${journal.deeds.length} 次办理`), 15_000);
  const setting = { people, clock, run: seed.toString(36) };
  await requireReview(people, dice.nth(0));
  await live(async (n) => {
    await new Lifecycle(setting, n, dice.nth(n)).live();
    journal.lifecycles += 1;
  }, enough);
  over = true;
  clearInterval(telling);
  await disturbing;
  // What could not be restored then, because something was away, is now.
  await sleep(SETTLE_MS);
  await disturbances.revive();
  for await (const { result } of restoreCases(deps)) journal.note(`恢复（${result}）`);
  await quiet(handle);
  const differing = await foundDiffering({ ...deps, patience: ANSWER_MS });
  const findings = await new Checker(handle.pool, journal).check(
    client,
    clock,
    differing.map(({ caseId, result }) => `${caseId}: ${result}`),
  );
  const isSound = tell(journal, findings);
  if (!isSound) {
    const { directory, missing } = await keepEvidence(system.dataDir, client, differing);
    say(`日志与有差异事项的流程历史已留存：${directory}`);
    for (const what of missing) say(`  未能留存 ${what}`);
  }
  await connection.close();
  await handle.close();
  return isSound;
}

function tell(journal: Journal, findings: Awaited<ReturnType<Checker['check']>>): boolean {
  const count = (kind: string) => findings.filter((one) => one.kind === kind).length;
  const done = journal.deeds.filter(({ answers }) => answers.some(({ status }) => status === 200)).length;
  const disturbed = new Map<string, number>();
  for (const what of journal.disturbances) {
    const sort = what.replace(/\s?\d.*$/, '');
    disturbed.set(sort, (disturbed.get(sort) ?? 0) + 1);
  }
  say(`\n${journal.lifecycles} 件，${journal.deeds.length} 次办理（成功 ${done}），${journal.attempts} 次请求`);
  say(`看到公示 ${journal.looks.length} 次；干扰 ${journal.disturbances.length} 次：`);
  for (const [what, times] of disturbed) say(`  ${what} ${times} 次`);
  say('各项办理与提交，成功次数/办理次数（拒绝的原因和次数）：');
  for (const line of tally(journal)) say(`  ${line}`);
  for (const { kind, text } of findings.slice(0, SHOWN)) say(`${kind}  ${text}`);
  if (findings.length > SHOWN) say(`……共 ${findings.length} 条`);
  say(
    `丢失 ${count('lost')}，重复 ${count('doubled')}，错误公示 ${count('shown-wrongly')}，自相矛盾 ${count('contradiction')}，内容不合要求 ${count('malformed')}，从未办成 ${count('never-accepted')}`,
  );
  return findings.length === 0;
}

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (flags.help) return say(HELP);
  const lifecycles = wholeFlag('lifecycles', flags.lifecycles, HINT);
  const seconds = wholeFlag('seconds', flags.seconds, HINT) ?? 60;
  const seed = wholeFlag('seed', flags.seed, HINT) ?? Date.now() % 1_000_000;
  const workingDay = wholeFlag('working-day', flags['working-day'], HINT) ?? SECONDS_PER_WORKING_DAY;
  say(`种子 ${seed}（再次运行：npm run chaos -- --seed ${seed}）`);
  const progress = consoleProgress();
  const system = await System.start({ name: 'chaos', secondsPerWorkingDay: workingDay, workers: 2, apis: 2, progress });
  let stopped = false;
  const stop = () => {
    // A second time: without the verdict.
    if (stopped) void system.stop().finally(() => process.exit(1));
    stopped = true;
    say('不再开始新的事项，办完后核对；再按一次 Ctrl-C 立即停止');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    const end = Date.now() + seconds * 1000;
    const enough = (begun: number) => stopped || (lifecycles === undefined ? Date.now() > end : begun >= lifecycles);
    if (!(await run(system, seed, enough))) process.exitCode = 1;
  } finally {
    await system.stop();
  }
}

await runEntry(main);
