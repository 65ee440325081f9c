import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { assertPortFree } from './ports.ts';
import { notedElsewhere, prepareInstallation } from './postgres-account.ts';
import type { Account, Installation } from './postgres-account.ts';
import { commandLine, isAlive, stopPid } from './processes.ts';
import { run } from './run.ts';
import { startServerProcess } from './server-process.ts';
import { SetupError } from '../../runtime/setup-error.ts';

const USER = 'xietong';
/** The name of the product's database in the embedded server. */
export const DATABASE = 'xietong';

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly logFile: string;
  /** E.g. ['-c', 'fsync=off'] if the data need not outlive the run. */
  readonly flags?: readonly string[];
}

export interface RunningPostgres {
  readonly pid: number;
  readonly dataDir: string;
  readonly databaseUrl: (database: string) => string;
  readonly stop: () => Promise<void>;
}

/** Starts PostgreSQL on dataDir. Creates the cluster the first time, and cleans up what a kill -9 left behind. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const installation = await prepareInstallation(options.dataDir);
  await clearLeftovers(installation.dataDir);
  await assertPortFree(options.port, 'PostgreSQL', '--pg-port');
  const passwordFile = passwordFileOf(options.dataDir);
  if (!existsSync(path.join(installation.dataDir, 'PG_VERSION'))) await initialise(installation, passwordFile);
  const password = await readPassword(passwordFile, installation.dataDir);
  const databaseUrl = (database: string) => urlOf(password, options.port, database);
  // For a moment, the sessions of a killed server still hold its shared memory; until then a start is refused.
  const attempts = recordedPid(installation.dataDir) === null ? 1 : 5;
  const pid = await retry(attempts, () => launch(installation, options, databaseUrl('postgres')));
  // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint, without waiting for clients.
  return { pid, dataDir: installation.dataDir, databaseUrl, stop: () => stopPid(pid, 'SIGINT', 30_000) };
}

export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** @returns the address, once the server has answered. */
export async function reachable(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 15_000 });
  await client.connect();
  await client.end();
  return databaseUrl;
}

/** The postmaster running on this data directory, or null. Another program with the same process id does not count. */
export function runningPostmaster(dataDir: string): number | null {
  const pid = recordedPid(dataDir);
  if (pid === null || !isAlive(pid)) return null;
  const command = commandLine(pid) ?? '';
  return command.includes('postgres') && command.includes(dataDir) ? pid : null;
}

/**
 * Where the server on this data directory listens, as it wrote itself: it may use any port.
 * @param wantedDataDir as given to startPostgres; under root the files may be elsewhere
 * @returns the address of the product's database; null if no server runs
 */
export function runningDatabaseUrl(wantedDataDir: string): string | null {
  const dataDir = [wantedDataDir, notedElsewhere(wantedDataDir)].find(
    (one) => one !== null && runningPostmaster(one) !== null,
  );
  if (!dataDir) return null;
  const port = Number(pidFile(dataDir)[3]);
  const password = readFileSync(passwordFileOf(wantedDataDir), 'utf8').trim();
  return port ? urlOf(password, port, DATABASE) : null;
}

const passwordFileOf = (dataDir: string) => path.join(path.dirname(dataDir), 'postgres.password');

const urlOf = (password: string, port: number, database: string) =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** @returns whether a server was running on the directory. */
export async function stopOrphanPostmaster(dataDir: string): Promise<boolean> {
  const orphan = runningPostmaster(dataDir);
  if (orphan === null) return false;
  await stopPid(orphan, 'SIGINT', 30_000);
  return true;
}

const recordedPid = (dataDir: string): number | null => Number(pidFile(dataDir)[0]) || null;

/** The lines that a server writes about itself: process id first, port fourth. Empty if there is no file. */
function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Cleans up: a launcher killed with -9 leaves its server running, and a power cut leaves the pid file. */
async function clearLeftovers(dataDir: string): Promise<void> {
  if (await stopOrphanPostmaster(dataDir)) return;
  const recorded = recordedPid(dataDir);
  // PostgreSQL itself removes the file of a dead process, more carefully than we could. It refuses to start if the
  // process id now belongs to another program.
  if (recorded !== null && isAlive(recorded)) await rm(path.join(dataDir, 'postmaster.pid'), { force: true });
}

/**
 * Creates the cluster in a temporary directory and renames it when complete: one cut short by a kill -9 would never
 * start.
 */
async function initialise({ account, binDir, dataDir }: Installation, passwordFile: string): Promise<void> {
  await writeFile(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  const unfinished = `${dataDir}.new`;
  const handOver = await mkdtemp(path.join(tmpdir(), 'xietong-initdb-'));
  const readable = path.join(handOver, 'password');
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(readable, await readFile(passwordFile), { mode: 0o600 });
    for (const file of [unfinished, handOver, readable]) await own(file, account);
    const args = ['-D', unfinished, '-U', USER, '--auth=scram-sha-256', `--pwfile=${readable}`];
    // C sorts by code point on every machine alike. What people see sorted is sorted by the application.
    args.push('--encoding=UTF8', '--locale=C', '--lc-messages=C');
    await run(path.join(binDir, 'initdb'), args, { account, cwd: '/' });
    await rename(unfinished, dataDir);
  } finally {
    await rm(handOver, { recursive: true, force: true });
  }
}

async function readPassword(passwordFile: string, dataDir: string): Promise<string> {
  try {
    return (await readFile(passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new SetupError(
      `数据库目录 ${dataDir} 已存在，但口令文件 ${passwordFile} 不见了。`,
      ['恢复该文件', '或换一个数据目录：npm start -- --data-dir 目录'],
      error,
    );
  }
}

async function own(file: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
}

function launch({ account, binDir, dataDir }: Installation, options: PostgresOptions, url: string): Promise<number> {
  const args = ['-D', dataDir, '-p', String(options.port), '-c', 'listen_addresses=127.0.0.1'];
  // Socket files in /tmp would collide between two data directories, and we do not use them.
  args.push('-c', 'unix_socket_directories=', '-c', 'timezone=UTC', ...(options.flags ?? []));
  return startServerProcess({
    name: 'PostgreSQL',
    command: path.join(binDir, 'postgres'),
    args,
    account,
    logFile: options.logFile,
    isReady: () => answers(url),
    remedies: [
      '换一个端口：npm start -- --pg-port 端口',
      '或使用已有的 PostgreSQL：DATABASE_URL=postgres://… npm start',
    ],
  });
}

async function retry<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempts <= 1) throw error;
    await sleep(1_000);
    return await retry(attempts - 1, work);
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
