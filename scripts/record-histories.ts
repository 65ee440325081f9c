/**
 * Plays every workflow type's main paths on a real server, worker and database, under the accelerated clock, and keeps
 * their histories for test/replay.
 *
 *   npm run histories              record the paths that have no history yet
 *   npm run histories -- --replace record all anew: only while no case of an earlier version is running anywhere
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';

import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import { connectDatabase } from '../db/postgres/client.ts';
import { ensureClock, loadClock } from '../db/reference/clock-setting.ts';
import { migrate } from '../db/postgres/migrate.ts';
import { seedReference } from '../db/seed.ts';
import type { RestoreDeps } from '../outbox/restore-cases.ts';
import { startWorker } from '../worker.ts';
import { toJson } from './lib/histories/history-json.ts';
import { Player, type Scenario } from './lib/histories/player.ts';
import { RECORDED_SCENARIOS } from './lib/histories/recorded-scenarios.ts';
import { CALENDAR_SCENARIOS, SCENARIOS } from './lib/histories/scenarios.ts';
import { freePort } from './lib/ports.ts';
import { startPostgres } from './lib/postgres.ts';
import { consoleProgress } from './lib/progress.ts';
import { resolveTemporalCli } from './lib/temporal-cli.ts';
import { startTemporalServer } from './lib/temporal-server.ts';

const TARGET = fileURLToPath(new URL('../test/replay/histories/', import.meta.url));
/**
 * A neglected push is supervised after eleven of these. Long enough that no timer fires in the workflow task of a
 * command.
 */
const SECONDS_PER_WORKING_DAY = 2;
const NAMESPACE = 'default';
const TASK_QUEUE = 'cases';
/** Replaces the process id and host name of the recording machine. */
const IDENTITY = 'recorder';

type Stop = () => Promise<unknown>;

async function startServers(dataDir: string, stops: Stop[]) {
  const cli = await resolveTemporalCli(consoleProgress());
  const postgres = await startPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    port: await freePort(),
    logFile: path.join(dataDir, 'postgres.log'),
  });
  stops.push(() => postgres.stop());
  const temporal = await startTemporalServer({ cli, dataDir, port: await freePort(), uiPort: null, persistent: false });
  stops.push(() => temporal.stop());
  const databaseUrl = postgres.databaseUrl('postgres');
  await migrate(databaseUrl);
  await seedReference(databaseUrl);
  await ensureClock(databaseUrl, SECONDS_PER_WORKING_DAY);
  return { databaseUrl, address: temporal.address };
}

async function startEverything(dataDir: string, stops: Stop[]): Promise<RestoreDeps> {
  const { databaseUrl, address } = await startServers(dataDir, stops);
  const handle = connectDatabase(databaseUrl);
  stops.push(() => handle.close());
  const connection = await NativeConnection.connect({ address });
  stops.push(() => connection.close());
  const client = new Client({
    connection: await Connection.connect({ address }),
    namespace: NAMESPACE,
    identity: IDENTITY,
  });
  stops.push(() => client.connection.close());
  const worker = await startWorker({
    config: { TASK_QUEUE },
    handle,
    connection,
    client,
    log: pino({ level: 'silent' }),
    options: { identity: IDENTITY },
  });
  stops.push(() => worker.stop());
  const { db } = handle;
  return { client, db, clock: await loadClock(db), taskQueue: TASK_QUEUE };
}

async function record(deps: RestoreDeps): Promise<void> {
  mkdirSync(TARGET, { recursive: true });
  const player = new Player(deps);
  await recordAll(CALENDAR_SCENARIOS, 'RPL-CAL', player, deps.client);
  await recordAll(SCENARIOS, 'RPL', player, deps.client);
  await recordAll(RECORDED_SCENARIOS, 'RPR', player, deps.client);
}

async function recordAll(scenarios: Scenario[], series: string, player: Player, client: Client): Promise<void> {
  const replace = process.argv.includes('--replace');
  // Play all at once, because a scenario mostly waits for its limits. Await all, because they use the connection.
  const outcomes = await Promise.allSettled(
    scenarios.map(async ({ name, play }, index) => {
      const file = path.join(TARGET, `${name}.json`);
      if (existsSync(file) && !replace) return;
      const caseId = await play(player, `${series}-${String(index + 1).padStart(4, '0')}`);
      const history = await client.workflow.getHandle(caseId).fetchHistory();
      writeFileSync(file, toJson(history));
      console.log(`${name}：${history.events?.length ?? 0} 个事件`);
    }),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} 条路径没有录成`);
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-histories-'));
// Under root, PostgreSQL runs under another account, which must be able to enter the directory.
await chmod(dataDir, 0o711);
const stops: Stop[] = [];
try {
  await record(await startEverything(dataDir, stops));
} finally {
  for (const stop of stops.toReversed()) await stop();
  await rm(dataDir, { recursive: true, force: true });
}
