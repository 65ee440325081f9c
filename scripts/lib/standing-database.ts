/** The servers of a running product: those that the environment names, or those of `npm start` on its data directory. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Env } from './cache.ts';
import { dataDirsToSearch, remediesWithout, runningInstance, type Instance } from './instance.ts';
import { runningDatabaseUrl } from './postgres.ts';
import { SetupError } from '../../runtime/setup-error.ts';

export interface Standing {
  readonly databaseUrl: string;
  /** The running `npm start` that uses this database; null if there is none, e.g. with servers of one's own. */
  readonly instance: Instance | null;
  /** null: DATABASE_URL names the database. */
  readonly dataDir: string | null;
}

/**
 * Finds the database and the running system that uses it.
 * @param option the value of --data-dir
 * @throws SetupError with the remedy if no database is running
 */
export function findStanding(option: string | undefined, env: Env): Standing {
  const dataDirs = dataDirsToSearch(option, env);
  if (env['DATABASE_URL']) return ofEnvironment(env['DATABASE_URL'], dataDirs);
  // Running systems first: a server that a killed launcher left behind must not hide them.
  for (const dataDir of dataDirs.toSorted((a, b) => Number(isRunning(b)) - Number(isRunning(a)))) {
    const instance = runningInstance(dataDir);
    if (instance !== null && instance.database !== null) {
      throw new SetupError(`${dataDir} 的系统使用自己的 PostgreSQL（${instance.database}）。`, [
        '启动它时给出的 DATABASE_URL，这里也要给出',
      ]);
    }
    const databaseUrl = runningDatabaseUrl(path.join(dataDir, 'postgres'));
    if (databaseUrl !== null) return { databaseUrl, instance, dataDir };
  }
  const exists = dataDirs.some((dataDir) => existsSync(path.join(dataDir, 'postgres.password')));
  const cause = exists ? '的数据库没有运行' : '没有数据库';
  throw new SetupError(`数据目录 ${dataDirs.join('、')} ${cause}。`, [
    ...remediesWithout(dataDirs),
    '使用自己的 PostgreSQL 的，设置 DATABASE_URL',
  ]);
}

const isRunning = (dataDir: string): boolean => runningInstance(dataDir) !== null;

/** An instance counts only if it uses the named database; otherwise its Temporal would be the wrong one. */
function ofEnvironment(databaseUrl: string, dataDirs: readonly string[]): Standing {
  const named = databaseName(databaseUrl);
  const instances = dataDirs.map(runningInstance);
  const instance = instances.find((one) => one !== null && one.database === named) ?? null;
  return { databaseUrl, instance, dataDir: null };
}

/** `host:port/name` without account and password, fit to be stored in a file. */
export function databaseName(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return '';
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/**
 * The environment with Temporal's settings (config.ts). Unchanged if it names a Temporal or the servers are one's own;
 * otherwise with address and namespace of the running system.
 * @throws SetupError if the system of the data directory is not running
 */
export function temporalEnvironment({ instance, dataDir }: Standing, env: Env): Env {
  if (env['TEMPORAL_ADDRESS'] || env['TEMPORAL_PROFILE']) return env;
  if (instance !== null) {
    const { temporalAddress, namespace } = instance;
    return { ...env, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: env['TEMPORAL_NAMESPACE'] || namespace };
  }
  if (dataDir === null) return env;
  throw new SetupError(`数据目录 ${dataDir} 的系统没有运行，找不到它的 Temporal。`, [
    ...remediesWithout([dataDir]),
    '使用自己的 Temporal 的，设置 TEMPORAL_ADDRESS',
  ]);
}
