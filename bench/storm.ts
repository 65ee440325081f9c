/** Claims go on while many cases fall due at one instant. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client as PgClient } from 'pg';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { freePort } from '../scripts/lib/ports.ts';
import type { System } from '../scripts/lib/system.ts';
import { AUTHORITY, HOLDER, plainRegistration, PROVINCE } from './contestants/product.ts';
import { claimSteadily, figuresOf, openPushes, toldOf } from './lib/claims.ts';
import { rounded } from './lib/figures.ts';
import { importFile } from './lib/import-file.ts';
import { Office } from './lib/office.ts';
import { Queue } from './lib/queue.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';

const TARGETS = { times: 3 };
const CASES = 1000;
const WORKING_DAY = 21_600;
/** Until the instant: to start everything, to open the cases (so many a second at least), to claim while idle. */
const LEAD = { start: 60, perSecond: 12, idle: 20 };
/** Cases to be claimed, opened before; more follow as they are claimed. */
const STANDING = 200;
/** In seconds, after which the storm counts as not recorded. */
const GIVES_UP_S = 600;
const EVERY_MS = 250;
/** Working days of the limit to claim a push; they begin on the day after it was opened. */
const CLAIM_DAYS = 3;

export const summary = '许多事项同一时刻到期时的认领，与空闲时相比';

export const help = `用法：npm run -s bench -- storm [--cases ${CASES}] [--working-day ${WORKING_DAY}] [--lead 秒数]

  --cases        同一时刻到期的事项数
  --working-day  一个工作日折合的秒数；86400 即真实快慢。错开到期处理的时间随之伸缩
  --lead         从启动到到期的秒数，须够全部立案；默认按每秒 ${LEAD.perSecond} 件估计

事项由时钟慢几天的接口进程受理，因此同一时刻到期；此前 ${LEAD.idle} 秒为空闲，每 ${EVERY_MS} 毫秒认领一件尚未到期的，直到全部记录逾期。
目标：p99 不大于空闲时的 ${TARGETS.times} 倍，没有 503，每件恰好记录一次逾期，时刻都是到期的时刻。`;

const FLAGS = { cases: { type: 'string' }, 'working-day': { type: 'string' }, lead: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- storm --help';

/** Lets the clock of the new database begin so that the working day of the storm ends at `instant`, epoch ms. */
async function setClock(databaseUrl: string, instant: number, workingDay: number): Promise<void> {
  const client = new PgClient({ connectionString: databaseUrl });
  await client.connect();
  const anchor = Math.round(instant - (CLAIM_DAYS + 1) * workingDay * 1000);
  await client.query('insert into clock_setting (id, seconds_per_working_day, anchor) values (1, $1, $2)', [
    workingDay,
    anchor,
  ]);
  await client.end();
}

/** Takes a file in on the day from which the limit ends at the instant. */
async function acceptDue(system: System, cases: number, workingDay: number): Promise<void> {
  const port = await freePort();
  const api = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), BEHIND_MS: String((CLAIM_DAYS + 0.5) * workingDay * 1000) };
  const script = path.join('bench', 'storm', 'server-behind.ts');
  const part = system.processPart({ name: 'API behind', script, env, probe: `${api}/health/ready` });
  await part.start();
  const office = await new Office(api).open(PROVINCE);
  const rows = Array.from({ length: cases }, (_, n) => plainRegistration(200_000 + n));
  const { accepted } = await importFile({ api, office, rows });
  if (accepted !== cases) throw new Error(`应当受理 ${cases} 件，受理了 ${accepted} 件`);
  office.close();
  await system.stopPart(part);
}

const OF_THE_STORM = `of_the_storm as (
  select case_id from deadlines where limit_id = 'registrationPush.claim' and case_id ~ '测量-2[0-9]{5}~')`;

interface Recorded {
  breaches: number;
  cases: number;
  /** Different instants at which the breaches count. */
  instants: number;
  /** Entries of the audit log. */
  entries: number;
  /** Epoch ms of the first and the last that was written. */
  first: number | null;
  last: number | null;
}

const recorded = async (queue: Queue): Promise<Recorded> =>
  (
    await queue.ask<Recorded>(
      `with ${OF_THE_STORM}, fired as (select r.* from rungs r join of_the_storm using (case_id) where rung = 'due'),
       entries as (select count(*)::int as entries from audit_log join of_the_storm using (case_id) where action = 'rung:due')
       select count(*)::int as breaches, count(distinct case_id)::int as cases, count(distinct due_at)::int as instants, entries,
         extract(epoch from min(recorded_at))::float * 1000 as first, extract(epoch from max(recorded_at))::float * 1000 as last
       from entries left join fired on true group by entries`,
    )
  )[0]!;

async function measure(
  system: System,
  { cases, workingDay, instant }: { cases: number; workingDay: number; instant: number },
) {
  const report = new Report('storm');
  const office = await new Office(system.apis[0]!).open(AUTHORITY, HOLDER);
  const queue = await Queue.open(system);
  await acceptDue(system, cases, workingDay);
  const standing = await openPushes(office, 0, STANDING);
  const inTime = await queue.drained(instant - LEAD.idle * 1000 - Date.now());
  if (!inTime)
    throw new Error(`到期前没有全部立案：${JSON.stringify(await queue.backlog())}，请加大 --lead 或减少 --cases`);
  report.say(`${cases} 个事项已立案，${rounded((instant - Date.now()) / 1000)} 秒后同时到期`);
  await sleep(Math.max(0, instant - LEAD.idle * 1000 - Date.now()));
  const take = () => standing.pop();
  const idle = figuresOf(
    await claimSteadily(office, take, { everyMs: EVERY_MS, over: () => Date.now() > instant - 2000 }),
  );
  report.say(`空闲时的认领：${toldOf(idle)}`);
  let state = await recorded(queue);
  // The last claims are answered after the instant, so some breaches may be there already.
  if (state.first !== null && state.first < instant) throw new Error('有事项在到期之前记录了逾期');
  const over = () => state.entries >= cases || Date.now() > instant + GIVES_UP_S * 1000;
  // More to claim, opened at the pace at which they are claimed; and how far the record is.
  const watching = (async () => {
    for (let n = 1000; !over(); n += 4) {
      await sleep(1000);
      if (standing.length < 40) standing.unshift(...(await openPushes(office, n, 4, 1)));
      state = await recorded(queue);
    }
  })();
  const [claims] = await Promise.all([claimSteadily(office, take, { everyMs: EVERY_MS, over }), watching]);
  const during = figuresOf(claims);
  const seconds = ((state.last ?? NaN) - instant) / 1000;
  report.say(`到期期间的认领：${toldOf(during)}`);
  report.say(
    `全部记录用 ${rounded(seconds)} 秒（第一件在到期后 ${rounded(((state.first ?? NaN) - instant) / 1000)} 秒）`,
  );
  report.goal({ what: 'p99 与空闲之比', value: during.p99 / idle.p99, most: TARGETS.times });
  report.goal({ what: '没有办成的认领', value: during.putOff + during.refused, most: 0, unit: ' 次' });
  report.goal({
    what: '没有恰好记录一次逾期的事项',
    value: Math.abs(cases - state.cases) + Math.abs(state.entries - state.cases),
    most: 0,
    unit: ' 个',
  });
  report.goal({ what: '逾期的不同时刻', value: state.instants, least: 1, most: 1, unit: ' 个' });
  office.close();
  await queue.close();
  return report.end({ cases, workingDay, idle, during, seconds, recorded: state });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const cases = wholeFlag('cases', flags.cases, HINT) ?? CASES;
  const workingDay = wholeFlag('working-day', flags['working-day'], HINT) ?? WORKING_DAY;
  const usual = Math.ceil(LEAD.start + (cases + STANDING) / LEAD.perSecond + LEAD.idle);
  const instant = Date.now() + (wholeFlag('lead', flags.lead, HINT) ?? usual) * 1000;
  const migrated = (databaseUrl: string) => setClock(databaseUrl, instant, workingDay);
  const options = { name: 'bench', secondsPerWorkingDay: workingDay, workers: 1, apis: 1, migrated };
  return withSystem(options, (system) => measure(system, { cases, workingDay, instant }));
}
