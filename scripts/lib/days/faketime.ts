/** libfaketime: preloaded into a process and its children, it moves the time that they ask libc for. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../cache.ts';
import { isAlive } from '../processes.ts';
import { SetupError } from '../../../runtime/setup-error.ts';

const FILE = 'faketime/libfaketime.so.1';
/** Debian has a folder for each architecture, other systems have not. */
const FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/local/lib'];
const SHARED_MEMORY = '/dev/shm';
const LEFT_BEHIND = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/;

/** @returns the library's path. @throws SetupError where there is none, or the system has no preloading of this kind. */
export function findFaketime(env: Env = process.env, folders: readonly string[] = FOLDERS): string {
  if (process.platform !== 'linux') {
    throw new SetupError('只有 Linux 能以 LD_PRELOAD 平移时钟。', ['在 Linux 或其容器中运行 npm run test:days']);
  }
  const given = env['LIBFAKETIME'];
  const below = (folder: string) =>
    existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  const candidates = given
    ? [given]
    : folders.flatMap((folder) => [folder, ...below(folder)].map((one) => path.join(one, FILE)));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new SetupError(given ? `环境变量 LIBFAKETIME 指向的文件不存在：${given}` : '没有 libfaketime，不能平移时钟。', [
    'Debian、Ubuntu：apt-get install faketime',
    '已安装在别处的：LIBFAKETIME=/路径/libfaketime.so.1 npm run test:days',
  ]);
}

/** @param shift as `+90s`: what is read from the clock once, at the start of each process, is added from then on. */
export function faketimeEnvironment(library: string, shift: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME: shift,
    // Timers and timeouts take as long as ever.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Java compares the times of its files with those that it noted in its class archive.
    NO_FAKE_STAT: '1',
  };
}

/**
 * The time-skipping server's program for a shifted run. Java asks for the monotonic clock so often that libfaketime's way of
 * leaving it alone makes its start take twenty seconds instead of one, and the SDK waits for five; Java's own waiting goes
 * through libc, so there the monotonic clock may be moved with the other.
 * @param directory where the program is written.
 */
export function shiftedTestServer(directory: string, testServer: string): string {
  const wrapper = path.join(directory, 'temporal-test-server');
  writeFileSync(wrapper, `#!/bin/sh\nunset FAKETIME_DONT_FAKE_MONOTONIC\nexec '${testServer}' "$@"\n`, { mode: 0o755 });
  return wrapper;
}

/** Removes the shared memory of processes that were killed: libfaketime leaves it to the process to do so. */
export function sweepFaketime(): void {
  if (!existsSync(SHARED_MEMORY)) return;
  for (const name of readdirSync(SHARED_MEMORY)) {
    const owner = LEFT_BEHIND.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(path.join(SHARED_MEMORY, name), { force: true });
  }
}
