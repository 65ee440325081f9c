/**
 * Starts the workflows of open cases again if they are gone (outbox/restore-cases.ts):
 *   npm run restore -- --dry-run
 */
import { Client } from '@temporalio/client';
import { loadConfig } from '../config.ts';
import { connectDatabase } from '../db/postgres/client.ts';
import { loadClock } from '../db/reference/clock-setting.ts';
import { restoreCases, type RestoreResult } from '../outbox/restore-cases.ts';
import { dataConverterWith } from '../temporal/data-converter.ts';
import { codecsOf } from '../temporal/payload-codec.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags } from '../runtime/flags.ts';
import { findStanding, temporalEnvironment } from './lib/standing-database.ts';
import { withTemporal } from './lib/temporal-connection.ts';

const HELP = `恢复流程：在办事项的流程在 Temporal 中被终止或丢失的，依登记簿（PostgreSQL）的记录重新启动。

  npm run restore -- [--dry-run] [--data-dir 目录]

  --dry-run  只列出流程已不存在的在办事项，不恢复
  --data-dir npm start 的数据目录，默认 .data/main 或 .data/demo 中正在运行的；给出 DATABASE_URL 的，以其为准
  --help     显示本说明

Temporal 与任务队列也是该系统的；给出 TEMPORAL_ADDRESS 等连接变量或 Temporal 的配置文件的，与 npm run worker 相同。已通过的提醒、逾期、督办节点不会重复；
停摆期间到期的节点在恢复后依次补记，逾期仍以届满的时刻为准。`;

const RESULTS: Record<RestoreResult, string> = {
  restored: '已恢复',
  lost: '流程已不存在，待恢复',
  'too-recent': '流程刚刚终止，请一分钟后再恢复',
  'no-input': '没有启动参数的记录，不能恢复',
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
      let found = 0;
      for await (const { caseId, result } of restoreCases(
        { db, client, clock, taskQueue: config.TASK_QUEUE },
        { dryRun },
      )) {
        found += 1;
        console.log(`${RESULTS[result]}\t${caseId}`);
      }
      console.log(found === 0 ? '全部在办事项的流程都在运行' : `共${found}件`);
    });
  } finally {
    await close();
  }
}

await runEntry(main);
