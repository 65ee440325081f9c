/**
 * Starts the workflows of open cases again if they are gone or differ from the record (outbox/restore-cases.ts):
 *   npm run restore -- --dry-run
 */
import { Client } from '@temporalio/client';
import { loadConfig } from '../config.ts';
import { titleOf } from '../api/cases/detail.ts';
import { connectDatabase } from '../db/postgres/client.ts';
import { loadClock } from '../db/reference/clock-setting.ts';
import { parseCaseId } from '../domain/case/id.ts';
import type { RecordedStep } from '../domain/case/recorded-step.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { SYSTEM } from '../domain/organs/actor.ts';
import { restoreCases, type RestoredCase, type RestoreDeps, type RestoreResult } from '../outbox/restore-cases.ts';
import { strayWorkflows, type StrayWorkflow } from '../outbox/stray-workflows.ts';
import { dataConverterWith } from '../temporal/data-converter.ts';
import { codecsOf } from '../temporal/payload-codec.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags } from '../runtime/flags.ts';
import { findStanding, temporalEnvironment } from './lib/standing-database.ts';
import { withTemporal } from './lib/temporal-connection.ts';

const HELP = `恢复流程：在办事项的流程在 Temporal 中被终止、失败或丢失的，或者与登记簿（PostgreSQL）的记录不一致的
（其中一方由备份恢复），依登记簿的记录重新启动。

  npm run restore -- [--dry-run] [--data-dir 目录]

  --dry-run  只列出，不恢复、不终止
  --data-dir npm start 的数据目录，默认 .data/main 或 .data/demo 中正在运行的；给出 DATABASE_URL 的，以其为准
  --help     显示本说明

Temporal 与任务队列也是该系统的；给出 TEMPORAL_ADDRESS 等连接变量或 Temporal 的配置文件的，与 npm run worker 相同。已通过的提醒、逾期、督办节点不会重复；
停摆期间到期的节点在恢复后依次补记，逾期仍以届满的时刻为准。

登记簿以外的步骤不作数：登记簿缺少流程已记录的步骤的，逐条列出，须告知承办单位重新办理。不一致的流程先予终止，全部核对后
等待一分钟（其最后一步可能尚未写完）再重新启动；中断的，重新执行即可。核对步骤要有 worker 在运行。
由备份恢复后的处置见 docs/operations.md。`;

const RESULTS: Record<RestoreResult | StrayWorkflow['result'], string> = {
  restored: '已恢复',
  lost: '流程已不存在，待恢复',
  'too-recent': '流程刚刚终止，请一分钟后再恢复',
  'no-input': '没有启动参数的记录，不能恢复',
  'record-behind': '登记簿缺少流程已记录的步骤',
  'workflow-behind': '流程缺少登记簿已有的步骤',
  busy: '正在办理一个步骤，请稍后再核对',
  stuck: '流程无法继续：重放与历史不一致，依登记簿重新启动',
  unanswered: '流程没有应答，未能核对：请查看 worker 是否在运行',
  unrecorded: '流程在运行，登记簿中没有该事项',
  outlived: '登记簿中已办结，流程仍在运行',
};

const FLAGS = { 'dry-run': { type: 'boolean' }, 'data-dir': { type: 'string' }, help: { type: 'boolean' } } as const;

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), FLAGS, '全部选项：npm run restore -- --help');
  if (flags.help) return console.log(HELP);
  const dryRun = flags['dry-run'] === true;
  const standing = findStanding(flags['data-dir'], process.env);
  const temporalEnv = temporalEnvironment(standing, process.env);
  const { databaseUrl, instance } = standing;
  // A case started on another queue than the worker's never moves.
  const taskQueue = process.env['TASK_QUEUE'] || instance?.taskQueue;
  const config = loadConfig({ ...process.env, DATABASE_URL: databaseUrl, TASK_QUEUE: taskQueue });
  const { db, close } = connectDatabase(databaseUrl, 2);
  try {
    const clock = await loadClock(db);
    await withTemporal(temporalEnv, async (connection, namespace) => {
      const dataConverter = dataConverterWith(codecsOf(config.PAYLOAD_KEYS));
      const client = new Client({ connection, namespace, dataConverter });
      await restore({ db, client, clock, taskQueue: config.TASK_QUEUE }, dryRun);
    });
  } finally {
    await close();
  }
}

async function restore(deps: RestoreDeps, dryRun: boolean): Promise<void> {
  const found = new Set<string>();
  const tell = ({ caseId, result, lost = [] }: RestoredCase | (StrayWorkflow & { lost?: undefined })) => {
    found.add(caseId);
    console.log(`${RESULTS[result]}\t${caseId}`);
    for (const step of lost) console.log(`\t${describeStep(caseId, step, deps.clock)}`);
  };
  for await (const one of restoreCases(deps, { dryRun })) tell(one);
  for await (const one of strayWorkflows(deps, { dryRun })) tell(one);
  console.log(found.size === 0 ? '全部在办事项的流程都在运行，与登记簿一致' : `共${found.size}件`);
}

/** What was done, by whom and when, so that it can be done again. */
function describeStep(caseId: string, { action, actor, at }: RecordedStep, clock: Clock): string {
  const title = titleOf(parseCaseId(caseId)?.type ?? null, action);
  const when = new Date(clock.toLegal(at)).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });
  return `登记簿没有的步骤：${when} ${title}（${actor === SYSTEM ? '系统' : actor}）`;
}

await runEntry(main);
