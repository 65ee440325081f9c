import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { freePort } from '../../scripts/lib/ports.ts';
import { startPostgres, stopOrphanPostmaster } from '../../scripts/lib/postgres.ts';
import { isAlive } from '../../scripts/lib/processes.ts';
import { consoleProgress } from '../../scripts/lib/progress.ts';
import { resolveTemporalCli } from '../../scripts/lib/temporal-cli.ts';
import { startTemporalServer, stopOrphanTemporal } from '../../scripts/lib/temporal-server.ts';
import { resolveTestServer } from '../../scripts/lib/test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of this run's PostgreSQL. */
    databaseAdminUrl: string;
    /** A real Temporal server, for tests that wait in real time. */
    temporalAddress: string;
    /** The executable of the time-skipping server; null if there is none (never under CI). */
    testServerPath: string | null;
  }
}

export interface TestServers {
  readonly databaseAdminUrl: string;
  readonly temporalAddress: string;
  readonly testServerPath: string | null;
  readonly stop: () => Promise<void>;
}

const TEMPLATE = 'xietong_template';
const DIRECTORY_PREFIX = 'xietong-test-';
/** The data need not outlive the run: no test simulates a power cut. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'].flatMap((flag) => [
  '-c',
  flag,
]);

/** Starts one PostgreSQL and one Temporal server for the run; each test file has its own database and task queues. */
export async function startServers(): Promise<TestServers> {
  await sweepAbandoned();
  const dataDir = await mkdtemp(path.join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopOne of stops.toReversed()) await stopOne();
    await rm(dataDir, { recursive: true, force: true });
  };
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(dataDir, 0o711);
  try {
    // One after another: either may compile, and there may be only two cores.
    const cli = await resolveTemporalCli(consoleProgress());
    const testServerPath = await timeSkippingServer();
    const postgres = await startPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      port: await freePort(),
      logFile: path.join(dataDir, 'postgres.log'),
      flags: FAST,
    });
    stops.push(async () => {
      await postgres.stop();
      await rm(postgres.dataDir, { recursive: true, force: true });
    });
    const port = await freePort();
    const temporal = await startTemporalServer({ cli, dataDir, port, uiPort: null, persistent: false });
    stops.push(temporal.stop);
    stops.push(endWithProcess([postgres.pid, temporal.pid]));
    const databaseAdminUrl = postgres.databaseUrl('postgres');
    await prepareTemplate(databaseAdminUrl);
    return { databaseAdminUrl, temporalAddress: temporal.address, testServerPath, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends the servers if the run ends without its teardown, e.g. by Ctrl-C. @returns a function that stops watching. */
function endWithProcess(pids: readonly number[]): () => Promise<void> {
  const end = () => {
    // SIGINT is PostgreSQL's fast shutdown.
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGINT');
  };
  const interrupted = () => process.exit(130);
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  return async () => {
    process.off('exit', end);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
  };
}

/** A new database with all migrations applied, copied from the template in some ten milliseconds. */
export async function createTestDatabase(): Promise<string> {
  const adminUrl = inject('databaseAdminUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (client) => client.query(`create database ${name} template ${TEMPLATE}`));
  return databaseUrl(adminUrl, name);
}

/** Closes a database to new and existing connections, as if PostgreSQL were gone. */
export async function closeDatabase(url: string): Promise<void> {
  const name = nameOf(url);
  await withClient(inject('databaseAdminUrl'), async (client) => {
    await client.query(`alter database ${name} with allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  });
}

export async function openDatabase(url: string): Promise<void> {
  const name = nameOf(url);
  await withClient(inject('databaseAdminUrl'), (client) =>
    client.query(`alter database ${name} with allow_connections true`),
  );
}

/** Backs a database up. @returns the backup's name. */
export async function backUp(url: string): Promise<string> {
  const backup = `backup_${randomBytes(6).toString('hex')}`;
  await copyDatabase(nameOf(url), backup, nameOf(url));
  return backup;
}

/** Puts a backup in a database's place; what was written since is lost. */
export async function putBack(url: string, backup: string): Promise<void> {
  await copyDatabase(backup, nameOf(url), nameOf(url));
}

/** @param live is closed to everybody meanwhile: a database that is copied or replaced must have no connections. */
async function copyDatabase(from: string, to: string, live: string): Promise<void> {
  await withClient(inject('databaseAdminUrl'), async (client) => {
    await client.query(`alter database ${live} with allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [live]);
    await client.query(`drop database if exists ${to}`);
    await client.query(`create database ${to} template ${from}`);
    await client.query(`alter database ${live} with allow_connections true`);
  });
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

async function timeSkippingServer(): Promise<string | null> {
  const server = await resolveTestServer();
  if (server.path !== null) return server.path;
  // Under CI, a skipped tier would look like a passed one.
  if (process.env['CI'] === 'true') throw new Error(server.reason);
  process.stderr.write(`跳过需要跳时服务器的测试：${server.reason}\n`);
  return null;
}

async function prepareTemplate(adminUrl: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`create database ${TEMPLATE}`));
  const migrations = new URL('../../db/postgres/migrate.ts', import.meta.url);
  if (!existsSync(migrations)) return;
  const { migrate } = await import('../../db/postgres/migrate.ts');
  await migrate(databaseUrl(adminUrl, TEMPLATE));
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient<T>(connectionString: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Ends the servers of a run that was killed with -9, by the process ids in directories of our name. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(DIRECTORY_PREFIX) ? Number(name.slice(DIRECTORY_PREFIX.length).split('-')[0]) : NaN;
    if (!owner || isAlive(owner)) continue;
    const dataDir = path.join(tmpdir(), name);
    await stopOrphanTemporal(dataDir);
    await stopOrphanPostmaster(path.join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  }
}
