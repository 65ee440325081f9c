/** A province's reference data in full, by file: how long it takes until they are in force, beside the registrations of a day. */
import { text } from 'node:stream/consumers';
import { csvFile } from '../api/http/csv.ts';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { NOUNS, type Noun } from '../domain/reference-data/nouns.ts';
import { keysOf } from '../domain/keys.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { composeReferenceFiles } from '../scripts/lib/reference-files.ts';
import type { System } from '../scripts/lib/system.ts';
import { PROVINCE } from './contestants/product.ts';
import { rounded } from './lib/figures.ts';
import { importFile } from './lib/import-file.ts';
import { Office } from './lib/office.ts';
import { Report } from './lib/report.ts';
import { withSystem } from './lib/running-system.ts';
import { composeRegister } from './register.ts';

/** Seconds for all five files, from the first dry run to the last approval. */
const TARGET = 300;
const REGISTRATIONS = 10_000;

export const summary = '一个省规模的基础数据文件：核对、比较、提案、审批的用时';

export const help = `用法：npm run -s bench -- reference-files [--registrations ${REGISTRATIONS}]

  --registrations  先导入的登记数；影响按其中最近的1万件比较

14个市州、122个县区和各市州一个开发区、45个行业、600个事项：每个文件先 dryRun，再提案，由另一名平台管理员审批。
目标：全部生效不超过 ${TARGET} 秒。`;

const FLAGS = { registrations: { type: 'string' } } as const;
const HINT = '全部选项：npm run -s bench -- reference-files --help';

interface Answer {
  counts: { added: number; changed: number; retired: number };
  rejected: number;
  faults: { line: number; message: string }[];
  effect: { compared: number; changed: number; redirected: number } | null;
  proposalId: number | null;
}

async function send(api: string, office: Office, noun: Noun, file: string, query: Record<string, string>) {
  const search = new URLSearchParams({ filename: `${noun}.csv`, sample: '10000', ...query }).toString();
  const response = await fetch(`${api}/api/v1/admin/${noun}/import?${search}`, {
    method: 'POST',
    headers: { ...office.authorization('admin'), 'content-type': 'text/csv' },
    body: file,
  });
  const answer = (await response.json()) as Answer;
  if (!response.ok || answer.rejected > 0) throw new Error(`${noun}：${JSON.stringify(answer).slice(0, 500)}`);
  return answer;
}

const secondsSince = (began: number) => (performance.now() - began) / 1000;

async function measure(system: System, registrations: number): Promise<number> {
  const report = new Report('reference-files');
  const api = system.apis[0]!;
  const office = await new Office(api).open(PROVINCE, 'admin', 'fuhe');
  const rows = composeRegister(loadCatalogue(), 1, registrations).map(({ expectedItems: _, ...row }) => row);
  await importFile({ api, office, rows });
  const files = composeReferenceFiles();
  const figures: Record<string, object> = {};
  const start = performance.now();
  for (const noun of keysOf(NOUNS)) {
    const file = await text(csvFile(files[noun]));
    const query: Record<string, string> =
      NOUNS[noun].file === 'edition' ? { version: noun === 'catalogue' ? '2030.1' : '2030' } : {};
    let began = performance.now();
    const { counts, effect } = await send(api, office, noun, file, { ...query, dryRun: 'true' });
    const dry = secondsSince(began);
    // The shipped measures are a province's own already.
    if (counts.added + counts.changed + counts.retired === 0) continue;
    began = performance.now();
    const { proposalId } = await send(api, office, noun, file, { ...query, reason: '规模测试' });
    const propose = secondsSince(began);
    began = performance.now();
    await office.done('fuhe', `/api/v1/admin/proposals/${proposalId}/decision`, {
      decision: 'approve',
      reason: '同意',
    });
    const approve = secondsSince(began);
    report.say(
      `${NOUNS[noun].title} ${files[noun].length - 1} 行：核对 ${rounded(dry)} 秒，提案 ${rounded(propose)} 秒，审批 ${rounded(approve)} 秒` +
        `；新增 ${counts.added}，变更 ${counts.changed}，撤销 ${counts.retired}` +
        (effect ? `；最近 ${effect.compared} 件登记中 ${effect.redirected} 件推送给其他部门` : ''),
    );
    figures[noun] = {
      rows: files[noun].length - 1,
      dry,
      propose,
      approve,
      counts,
      effect: effect && { compared: effect.compared, changed: effect.changed, redirected: effect.redirected },
    };
  }
  const seconds = secondsSince(start);
  report.goal({ what: '全部生效', value: seconds, most: TARGET, unit: ' 秒' });
  office.close();
  return report.end({ registrations, seconds, figures });
}

export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, FLAGS, HINT);
  const registrations = wholeFlag('registrations', flags.registrations, HINT) ?? REGISTRATIONS;
  const options = { name: 'bench', secondsPerWorkingDay: null, workers: 0, apis: 1 };
  return withSystem(options, (system) => measure(system, registrations));
}
