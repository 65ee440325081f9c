/**
 * What a running `npm start` notes in its data directory, so that the other commands find it on whatever ports it was given.
 * The note counts only while its launcher holds the lock of the directory: one left behind by kill -9 is no instance.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Env } from './cache.ts';
import { LAUNCHER_LOCK } from './data-dir-lock.ts';
import { lockHolder } from './pid-lock.ts';

const instance = z.object({
  /** The launcher. */
  pid: z.number(),
  /** Of API and console. */
  url: z.string(),
  temporalAddress: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  /** `host:port/name` of a PostgreSQL that DATABASE_URL named; null: the one in the data directory. Never with its password. */
  database: z.string().nullable(),
});

export type Instance = z.infer<typeof instance>;

const noteOf = (dataDir: string) => path.join(dataDir, 'instance.json');

/** Called by the launcher once everything answers. A reader sees the whole note or none. */
export function noteInstance(dataDir: string, noted: Omit<Instance, 'pid'>): void {
  const unfinished = `${noteOf(dataDir)}.new`;
  writeFileSync(unfinished, `${JSON.stringify({ pid: process.pid, ...noted }, null, 2)}\n`);
  renameSync(unfinished, noteOf(dataDir));
}

/** Called by the launcher before it starts anything, and when it ends. */
export function forgetInstance(dataDir: string): void {
  rmSync(noteOf(dataDir), { force: true });
}

/** @returns what runs on this data directory now; null where nothing does, or where it is still starting. */
export function runningInstance(dataDir: string): Instance | null {
  const launcher = launcherOf(dataDir);
  if (launcher === null) return null;
  try {
    const noted = instance.parse(JSON.parse(readFileSync(noteOf(dataDir), 'utf8')));
    return noted.pid === launcher ? noted : null;
  } catch {
    // Absent while the system starts, or written by another version.
    return null;
  }
}

/** The process of the `npm start` that has this data directory, whether it is ready or not. */
const launcherOf = (dataDir: string): number | null => lockHolder(path.join(dataDir, LAUNCHER_LOCK));

/** Where `npm start` keeps its data unless told otherwise: by the real clock, and by the accelerated one. */
export const DEFAULT_DATA_DIRS = { real: '.data/main', accelerated: '.data/demo' };

/** Where a command looks for a running system: the directory that the option or the environment names, else both usual ones. */
export function dataDirsToSearch(option: string | undefined, env: Env): readonly string[] {
  const named = option || env['XIETONG_DATA_DIR'];
  return (named ? [named] : Object.values(DEFAULT_DATA_DIRS)).map((dir) => path.resolve(dir));
}

/** What to do where nothing runs on a directory. */
export function remediesWithout(dataDirs: readonly string[]): string[] {
  const starting = dataDirs.find((dir) => launcherOf(dir) !== null);
  if (starting !== undefined) return [`${starting} 的系统正在启动：等 npm start 列出网址后再试`];
  const usual = Object.values(DEFAULT_DATA_DIRS).map((dir) => path.resolve(dir));
  const named = dataDirs.filter((dir) => !usual.includes(dir));
  return [
    `先启动系统：npm start${named.map((dir) => ` -- --data-dir ${dir}`).join('')}`,
    '数据目录不是默认的，用 --data-dir（或环境变量 XIETONG_DATA_DIR）指明',
  ];
}
