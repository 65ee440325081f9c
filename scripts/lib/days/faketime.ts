/** libfaketime: preloaded into a process and its children, it shifts the time that they get from libc. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../cache.ts';
import { isAlive } from '../processes.ts';
import { SetupError } from '../../../runtime/setup-error.ts';

const FILE = 'faketime/libfaketime.so.1';
/** Debian has a folder for each architecture; other systems do not. */
const FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/local/lib'];
const SHARED_MEMORY = '/dev/shm';
const LEFT_BEHIND = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/;

/** @returns the library's path. @throws SetupError if it is not installed, or the system is not Linux. */
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

/** @param shift e.g. `+90s`: added to the clock from the start of each process. */
export function faketimeEnvironment(library: string, shift: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME: shift,
    // Timers and timeouts take their real time.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Java compares the times of its files with those noted in its class archive.
    NO_FAKE_STAT: '1',
  };
}

/**
 * Writes a wrapper that starts the time-skipping server under a shifted clock. Java reads the monotonic clock so often
 * that libfaketime, while leaving that clock alone, slows its start from one second to twenty, and the SDK waits for
 * five. Java waits through libc, so here the monotonic clock may be shifted, too.
 * @param directory where the wrapper is written.
 */
export function shiftedTestServer(directory: string, testServer: string): string {
  const wrapper = path.join(directory, 'temporal-test-server');
  writeFileSync(wrapper, `#!/bin/sh\nunset FAKETIME_DONT_FAKE_MONOTONIC\nexec '${testServer}' "$@"\n`, { mode: 0o755 });
  return wrapper;
}

/** Deletes the shared memory of killed processes, which libfaketime leaves behind. */
export function sweepFaketime(): void {
  if (!existsSync(SHARED_MEMORY)) return;
  for (const name of readdirSync(SHARED_MEMORY)) {
    const owner = LEFT_BEHIND.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(path.join(SHARED_MEMORY, name), { force: true });
  }
}
