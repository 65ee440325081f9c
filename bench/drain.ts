/** Claims while the cases of a large file are being opened, against claims of an idle system. */
import { loadCatalogue } from '../data/catalogue/load.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import type { System } from '../scripts/lib/system.ts';
import { AUTHORITY, HOLDER, plainRegistration, PROVINCE } from './contestants/product.ts';
import { claimSteadily, figuresOf, openPushes, toldOf, type Claim } from './lib/claims.ts';
import { rounded } from './lib/figures.ts';
import { importFile, type Imported } from './lib/import-file.ts';
import { Office } from './lib/office.ts';
import { Queue } from './lib/queue.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';
import { composeRegister } from './register.ts';

const TARGETS = { newMs: 1000, openTimes: 3 };
const ROWS = 20_000;
const SECONDS = 75;
const IDLE_SECONDS = 25;
/** One row in so many is of the county and department whose official claims here; the others are a province's day. */
const OWN_EVERY = 20;
const EVERY_MS = { open: 250, fresh: 1000 };

export const summary = '一日的文件立案期间的认领，与空闲时相比';

export const help = `用法：npm run -s bench -- drain [--rows ${ROWS}] [--seconds ${SECONDS}]

  --rows     文件的行数
  --seconds  从开始导入起测量多少秒；全部立案的提前结束

空闲时每 ${EVERY_MS.open} 毫秒认领一件已立案的，每 ${EVERY_MS.fresh} 毫秒认领一件刚登记的；然后导入文件，以同样的节奏认领已立案的和文件中刚受理的。
每件只发一次，不等前一件答复。目标：文件中新事项的认领都在 ${TARGETS.newMs} 毫秒内办成；已立案事项的认领 p99 不大于空闲时的 ${TARGETS.openTimes} 倍；没有 503。`;

const FLAGS = { rows: { type: 'string' }, seconds: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- drain --help';
const OWN = /^测量-/;

/** A province's day, with rows in between that the one official here may claim. */
function fileOf(rows: number, from: number): object[] {
  const composed = composeRegister(loadCatalogue(), 1, rows);
  return composed.map(({ expectedItems: _, ...row }, index) =>
    index % OWN_EVERY === 0 ? plainRegistration(from + index) : { ...row, event: 'establish' },
  );
}

/** Claims of both kinds side by side, until it is over. */
async function claims(
  office: Office,
  take: { open: () => string | undefined; fresh: () => string | undefined },
  over: () => boolean,
): Promise<{ open: Claim[]; fresh: Claim[] }> {
  const [open, fresh] = await Promise.all([
    claimSteadily(office, take.open, { everyMs: EVERY_MS.open, over }),
    claimSteadily(office, take.fresh, { everyMs: EVERY_MS.fresh, over }),
  ]);
  return { open, fresh };
}

/** Newly registered cases, each to be claimed at once. */
function registering(office: Office, from: number, seconds: number): string[] {
  const ready: string[] = [];
  const wanted = Math.ceil((seconds * 1000) / EVERY_MS.fresh);
  const one = async () => {
    for (let n = 0; n < wanted; n += 1) {
      ready.push(...(await openPushes(office, from + n, 1, 1)));
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS.fresh * 0.9));
    }
  };
  // Ends with the measuring; a registration that fails leaves one claim less.
  one().catch(() => undefined);
  return ready;
}

async function idle(office: Office, standing: string[]) {
  const ready = registering(office, 100_000, IDLE_SECONDS);
  const end = performance.now() + IDLE_SECONDS * 1000;
  const take = { open: () => standing.pop(), fresh: () => ready.shift() };
  return claims(office, take, () => performance.now() > end);
}

async function underFile(
  all: { api: string; office: Office; queue: Queue; rows: object[] },
  standing: string[],
  seconds: number,
) {
  const { queue, office } = all;
  const own: string[] = [];
  let caseCount = 0;
  let imported: Imported | undefined;
  const importing = importFile(all, (registrationNo, caseIds) => {
    caseCount += caseIds.length;
    if (OWN.test(registrationNo)) own.push(...caseIds);
  }).then((done) => (imported = done));
  const began = performance.now();
  let openedAll: number | undefined;
  const passed = () => (performance.now() - began) / 1000;
  const over = () => openedAll !== undefined || passed() > seconds;
  const watching = (async () => {
    await importing;
    while (!over()) if (await queue.drained(1500)) openedAll = passed();
  })();
  const take = { open: () => standing.pop(), fresh: () => own.splice(Math.floor(Math.random() * own.length), 1)[0] };
  const [claimed] = await Promise.all([claims(office, take, over), watching]);
  const { notStarted, queued } = await queue.backlog();
  return { claimed, caseCount, imported: imported!, openedAll, left: notStarted + queued, seconds: passed() };
}

async function measure(system: System, rows: number, seconds: number): Promise<number> {
  const report = new Report('drain');
  const api = system.apis[0]!;
  const office = await new Office(api).open(AUTHORITY, PROVINCE, HOLDER);
  const queue = await Queue.open(system);
  const enough = Math.ceil(((seconds + IDLE_SECONDS) * 1000) / EVERY_MS.open) + 40;
  const standing = await openPushes(office, 0, enough);
  await queue.drained(60_000);
  // The first claims only warm up.
  await claimSteadily(office, () => standing.pop(), { everyMs: 100, over: () => standing.length <= enough - 40 });
  const before = await idle(office, standing);
  const [idleOpen, idleFresh] = [figuresOf(before.open), figuresOf(before.fresh)];
  report.say(`空闲，已立案的：${toldOf(idleOpen)}`);
  report.say(`空闲，刚登记的：${toldOf(idleFresh)}`);
  const during = await underFile({ api, office, queue, rows: fileOf(rows, 200_000) }, standing, seconds);
  const [open, fresh] = [figuresOf(during.claimed.open), figuresOf(during.claimed.fresh)];
  const { caseCount, imported, openedAll, left } = during;
  report.say(
    `导入 ${imported.accepted} 行（未受理 ${imported.rejected}），${caseCount} 个事项，用 ${rounded(imported.seconds)} 秒`,
  );
  const rate = (caseCount - left) / (openedAll ?? during.seconds);
  const rest =
    openedAll === undefined
      ? `还有 ${left} 个，照此还需 ${rounded(left / rate)} 秒`
      : `全部立案用 ${rounded(openedAll)} 秒`;
  report.say(`每秒约立案 ${rounded(rate)} 个；${rest}`);
  report.say(`期间，已立案的：${toldOf(open)}`);
  report.say(`期间，文件中的：${toldOf(fresh)}`);
  report.goal({ what: '文件中新事项认领最长', value: fresh.most, most: TARGETS.newMs, unit: ' ms' });
  report.goal({ what: '文件中新事项没有办成的认领', value: fresh.putOff + fresh.refused, most: 0, unit: ' 次' });
  report.goal({ what: '已立案事项认领 p99 与空闲之比', value: open.p99 / idleOpen.p99, most: TARGETS.openTimes });
  report.goal({ what: '已立案事项没有办成的认领', value: open.putOff + open.refused, most: 0, unit: ' 次' });
  office.close();
  await queue.close();
  return report.end({
    rows,
    caseCount,
    imported,
    openedAll,
    left,
    rate,
    idle: { open: idleOpen, fresh: idleFresh },
    open,
    fresh,
  });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const rows = wholeFlag('rows', flags.rows, HINT) ?? ROWS;
  const seconds = wholeFlag('seconds', flags.seconds, HINT) ?? SECONDS;
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 1, apis: 1 };
  return withSystem(options, (system) => measure(system, rows, seconds));
}
