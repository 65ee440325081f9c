/**
 * The note that a running `npm start` keeps in its data directory, so that other commands find it on whatever ports it
 * uses. The note is valid only while its launcher holds the directory's lock: one that a kill -9 left behind is ignored.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Env } from './cache.ts';
import { LAUNCHER_LOCK } from './data-dir-lock.ts';
import { lockHolder } from './pid-lock.ts';

const instance = z.object({
  /** The launcher's process. */
  pid: z.number(),
  /** The address of API and console. */
  url: z.string(),
  temporalAddress: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  /**
   * `host:port/name` of the PostgreSQL named by DATABASE_URL, never with its password; null for the one in the data
   * directory.
   */
  database: z.string().nullable(),
});

export type Instance = z.infer<typeof instance>;

const noteOf = (dataDir: string) => path.join(dataDir, 'instance.json');

/** Writes the note once everything answers. A reader sees the whole note or none. */
export function noteInstance(dataDir: string, noted: Omit<Instance, 'pid'>): void {
  const unfinished = `${noteOf(dataDir)}.new`;
  writeFileSync(unfinished, `${JSON.stringify({ pid: process.pid, ...noted }, null, 2)}\n`);
  renameSync(unfinished, noteOf(dataDir));
}

/** Removes the note, before the launcher starts anything and when it ends. */
export function forgetInstance(dataDir: string): void {
  rmSync(noteOf(dataDir), { force: true });
}

/** @returns the system that runs on this data directory; null if none does, or if it is still starting. */
export function runningInstance(dataDir: string): Instance | null {
  const launcher = launcherOf(dataDir);
  if (launcher === null) return null;
  try {
    const noted = instance.parse(JSON.parse(readFileSync(noteOf(dataDir), 'utf8')));
    return noted.pid === launcher ? noted : null;
  } catch {
    // The note is absent while the system starts, or another version wrote it.
    return null;
  }
}

/** The process of the `npm start` that holds this data directory, whether it is ready or not. */
const launcherOf = (dataDir: string): number | null => lockHolder(path.join(dataDir, LAUNCHER_LOCK));

/** Where `npm start` keeps its data by default: for the real and for the accelerated clock. */
export const DEFAULT_DATA_DIRS = { real: '.data/main', accelerated: '.data/demo' };

/**
 * Where a command looks for a running system: the directory that option or environment name, otherwise both default ones.
 */
export function dataDirsToSearch(option: string | undefined, env: Env): readonly string[] {
  const named = option || env['XIETONG_DATA_DIR'];
  return (named ? [named] : Object.values(DEFAULT_DATA_DIRS)).map((dir) => path.resolve(dir));
}

/** Remedies if nothing runs on these directories. */
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
