/** Starts our own two processes: the worker and the API. */
import path from 'node:path';
import type { Env } from './cache.ts';
import type { Launch, TemporalPart } from './parts.ts';
import { waitUntil } from './processes.ts';
import { SetupError } from '../../runtime/setup-error.ts';
import { supervise } from './supervisor.ts';
import { withTemporal } from './temporal-connection.ts';

const READY_TIMEOUT_MS = 120_000;

/** @returns the API's address, once the API says that it is ready. */
export async function startProcesses(launch: Launch, servers: TemporalPart & { databaseUrl: string }): Promise<string> {
  const { options, progress, shutdown } = launch;
  const env = childEnvironment(launch, servers);
  start(launch, '办件进程 worker', 'worker.ts', env);
  start(launch, '接口进程 api', 'server.ts', env);
  const local = options.host === '0.0.0.0' || options.host === '127.0.0.1';
  const url = `http://${local ? 'localhost' : options.host}:${options.port}`;
  const probe = `http://${local ? '127.0.0.1' : options.host}:${options.port}/health/ready`;
  let stopped = false;
  void shutdown.requested.then(() => (stopped = true));
  await progress.step('worker 与 API', async () => {
    const ready = async () => stopped || ((await answersReady(probe)) && (await hasWorker(env)));
    if (await waitUntil(ready, READY_TIMEOUT_MS, 200)) return;
    const logs = path.join(options.dataDir, '*.log');
    throw new SetupError(`worker 或 API 在 ${READY_TIMEOUT_MS / 1000} 秒内没有就绪（${probe}）。`, [
      `查看日志：${logs}`,
    ]);
  });
  shutdown.check();
  return url;
}

function start({ options, shutdown, say }: Launch, name: string, script: string, env: Env): void {
  const logFile = path.join(options.dataDir, `${path.basename(script, '.ts')}.log`);
  const child = supervise({ name, script, env, logFile, say });
  shutdown.add({ name, ...child });
}

function childEnvironment({ options }: Launch, servers: TemporalPart & { databaseUrl: string }): Env {
  const clock = options.workingDaySeconds;
  return {
    ...process.env,
    DATABASE_URL: servers.databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: servers.namespace,
    ...(servers.uiUrl === null ? {} : { TEMPORAL_UI_URL: servers.uiUrl }),
    FILES_DIR: process.env['FILES_DIR'] ?? path.join(options.dataDir, 'files'),
    // Always set: a variable of the outer environment must not offer demonstration accounts.
    XIETONG_DEMO: String(options.sample),
    HOST: options.host,
    PORT: String(options.port),
    ...(clock === null ? {} : { XIETONG_WORKING_DAY_SECONDS: String(clock) }),
  };
}

/** Whether a worker polls the queue. The API can be up while no case moves, so only the server knows. */
function hasWorker(env: Env): Promise<boolean> {
  return withTemporal(env, async (connection, namespace) => {
    const taskQueue = { name: env['TASK_QUEUE'] ?? 'cases' };
    const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue });
    return (pollers?.length ?? 0) > 0;
  });
}

/** Whether an API that runs says that it is ready. @param url of its `/health/ready`. */
export async function answersReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
