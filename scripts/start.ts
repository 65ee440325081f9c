/** `npm start`: everything on one machine, in one command. */
import path from 'node:path';
import { lockDataDir } from './lib/data-dir-lock.ts';
import { forgetInstance, noteInstance } from './lib/instance.ts';
import { parseOptions, helpText } from './lib/options.ts';
import type { StartOptions } from './lib/options.ts';
import { assertPortFree } from './lib/ports.ts';
import { consoleProgress } from './lib/progress.ts';
import { prepareData } from './lib/prepare-data.ts';
import { findTemporalCli, startDatabase, startTemporal } from './lib/parts.ts';
import type { Launch } from './lib/parts.ts';
import { startProcesses } from './lib/supervised-parts.ts';
import { describeFailure } from '../runtime/describe-failure.ts';
import { createShutdown, StopRequested } from './lib/shutdown.ts';
import { databaseName } from './lib/standing-database.ts';
import { summary } from './lib/summary.ts';
import { buildWeb } from './lib/web-build.ts';

const say = (text: string) => console.log(text);
// A closed terminal must not keep us from stopping what we started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) {
    say(helpText());
    return 0;
  }
  const lock = await lockDataDir(options.dataDir);
  const launch: Launch = { options, progress: consoleProgress(), shutdown: createShutdown(say), say };
  // A killed launcher leaves its note, and in a container the next launcher may have the same process id.
  forgetInstance(options.dataDir);
  try {
    await startAll(launch, lock.recovered);
    if (!options.setupOnly) await launch.shutdown.requested;
    return 0;
  } catch (error) {
    if (error instanceof StopRequested) return 0;
    console.error(`\n${describeFailure(error)}\n`);
    return 1;
  } finally {
    forgetInstance(options.dataDir);
    await launch.shutdown.stopAll();
    lock.release();
  }
}

async function startAll(launch: Launch, recovered: boolean): Promise<void> {
  const { options, shutdown } = launch;
  say(`协同 · 数据目录 ${options.dataDir}${clockNote(options)}`);
  // After a kill -9, the last API frees its port within its own grace period.
  if (!options.setupOnly) await assertPortFree(options.port, 'API', '--port', options.host, recovered ? 15_000 : 0);
  const cli = await findTemporalCli(launch);
  shutdown.check();
  const databaseUrl = await startDatabase(launch);
  shutdown.check();
  const temporal = await startTemporal(launch, cli);
  shutdown.check();
  const accounts = await prepareData(launch, databaseUrl);
  shutdown.check();
  await launch.progress.step('网页（控制台与公众查询）', buildWeb);
  shutdown.check();
  if (options.setupOnly) return;
  const apiUrl = await startProcesses(launch, { ...temporal, databaseUrl });
  noteInstance(options.dataDir, {
    url: apiUrl,
    temporalAddress: temporal.temporalAddress,
    namespace: temporal.namespace,
    taskQueue: process.env['TASK_QUEUE'] ?? 'cases',
    database: options.databaseUrl === null ? null : databaseName(databaseUrl),
  });
  say(
    summary(
      [
        ['控制台', `${apiUrl}/`],
        ['公众查询', `${apiUrl}/public`],
        ['API 文档', `${apiUrl}/docs`],
        ['健康检查', `${apiUrl}/health/ready`],
        ['Temporal 界面', temporal.uiUrl ?? '（外部服务器；可用 TEMPORAL_UI_URL 指明）'],
        ['日志', path.join(options.dataDir, '*.log')],
      ],
      accounts,
    ),
  );
}

function clockNote({ workingDaySeconds }: StartOptions): string {
  return workingDaySeconds === null ? '' : `（加速时钟：每个工作日 ${workingDaySeconds} 秒）`;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(`\n${describeFailure(error)}\n`);
  return 1;
});
// gRPC and database libraries may keep handles open; everything of ours has been stopped and awaited.
process.exit();
