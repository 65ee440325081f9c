/** What an open case costs the worker that holds it in memory, and what it costs one that does not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { waitUntil } from '../scripts/lib/processes.ts';
import type { Part, System } from '../scripts/lib/system.ts';
import { plainRegistration, PROVINCE } from './contestants/product.ts';
import { cpuOf, memoryOf } from './lib/cpu.ts';
import { median, rounded } from './lib/figures.ts';
import { importFile } from './lib/import-file.ts';
import { Office } from './lib/office.ts';
import { Queue } from './lib/queue.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';

const TARGET_MS = 20;
const CASES = 1000;
/** Opened before anything is measured, so that what grows only once has grown. */
const WARM_UP = 300;
const ASKED = 150;
const OPENING_MS = 240_000;
const STARTS_MS = 60_000;
/** In ms. Garbage of the openings is collected meanwhile, some of it. */
const RESTS_MS = 5000;

export const summary = '办件进程缓存一个事项的内存；不在缓存中的事项重放的时间';

export const help = `用法：npm run -s bench -- cache [--cases ${CASES}]

  --cases  测量内存时立案的事项数；不超过缓存的容量才有意义

先立案 ${WARM_UP} 个，再立案 --cases 个：办件进程常驻内存（VmRSS）的增加除以件数。然后重新启动办件进程（缓存为空），对 ${ASKED} 个事项各查询一次
（重放），再各查询一次（已在缓存）：两次处理器时间之差除以件数。目标：重放 ≤ ${TARGET_MS} 毫秒。`;

const FLAGS = { cases: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- cache --help';
/** A query that every case answers. */
const QUERY = 'recordedSteps';

/** Asks each case in turn. @returns the worker's processor time a case and the usual answer's time, both in ms. */
async function asked(queue: Queue, worker: Part, caseIds: readonly string[]) {
  const before = cpuOf(worker.pid!);
  const times = [];
  for (const caseId of caseIds) {
    const began = performance.now();
    await queue.client.workflow.getHandle(caseId).query(QUERY);
    times.push(performance.now() - began);
  }
  return { cpu: (cpuOf(worker.pid!) - before) / caseIds.length, ms: median(times) };
}

async function measure(system: System, cases: number): Promise<number> {
  const report = new Report('cache');
  const api = system.apis[0]!;
  const office = await new Office(api).open(PROVINCE);
  const queue = await Queue.open(system);
  const worker = system.parts.find(({ name }) => name === 'worker 1')!;
  const caseIds: string[] = [];
  const open = async (from: number, count: number) => {
    const rows = Array.from({ length: count }, (_, n) => plainRegistration(from + n));
    await importFile({ api, office, rows }, (_, ids) => caseIds.push(...ids));
    if (!(await queue.drained(OPENING_MS))) throw new Error('没有及时全部立案');
    await sleep(RESTS_MS);
    return memoryOf(worker.pid!);
  };
  const empty = memoryOf(worker.pid!);
  const before = await open(0, WARM_UP);
  const after = await open(WARM_UP, cases);
  const kilobytes = ((after - before) * 1000) / cases;
  report.say(
    `办件进程 ${rounded(empty)} MB；${WARM_UP} 个事项后 ${rounded(before)} MB，再 ${cases} 个后 ${rounded(after)} MB`,
  );
  report.say(`缓存一个事项 ${rounded(kilobytes)} kB`);
  await system.stopPart(worker);
  await worker.start();
  const answers = () =>
    asked(queue, worker, caseIds.slice(0, 1)).then(
      () => true,
      () => false,
    );
  if (!(await waitUntil(answers, STARTS_MS, 500))) throw new Error('重新启动的办件进程没有应答');
  // The cases asked first load what all share, so they are not among those that count.
  await asked(queue, worker, caseIds.slice(0, 20));
  const chosen = caseIds.slice(-ASKED);
  const evicted = await asked(queue, worker, chosen);
  const cached = await asked(queue, worker, chosen);
  report.say(
    `查询：不在缓存 ${rounded(evicted.ms)} ms（处理器 ${rounded(evicted.cpu)}），在缓存 ${rounded(cached.ms)} ms（处理器 ${rounded(cached.cpu)}）`,
  );
  const replay = evicted.cpu - cached.cpu;
  report.goal({ what: '重放一个不在缓存的事项', value: replay, most: TARGET_MS, unit: ' ms' });
  office.close();
  await queue.close();
  return report.end({ cases, megabytes: { empty, before, after }, kilobytes, evicted, cached, replay });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const cases = wholeFlag('cases', flags.cases, HINT) ?? CASES;
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 1, apis: 1 };
  return withSystem(options, (system) => measure(system, cases));
}
