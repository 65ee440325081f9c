import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isAlive } from './processes.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Outside the checkout, so that a fresh clone does not build the same things again. */
export function cacheDir(env: Env = process.env): string {
  if (env['XIETONG_CACHE']) return path.resolve(env['XIETONG_CACHE']);
  if (env['XDG_CACHE_HOME']) return path.join(env['XDG_CACHE_HOME'], 'xietong');
  return path.join(homedir(), '.cache', 'xietong');
}

/**
 * Builds in a temporary directory and renames the result into place: two processes that prepare the same thing never
 * leave half of it, and the second uses the first one's result.
 */
export async function installAtomically(target: string, build: (workDir: string) => Promise<string>): Promise<string> {
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true });
  await sweepAbandoned(parent);
  const workDir = path.join(parent, `.tmp-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(workDir);
  try {
    const built = await build(workDir);
    await rename(built, target).catch((error: unknown) => {
      // A directory cannot be renamed over an existing one: another process was first.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    // Go makes its module cache read-only. A leftover must never fail the start.
    await rm(workDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Deletes what killed processes left half-built: up to 250 MB each. */
async function sweepAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = /^\.tmp-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function findOnPath(name: string, env: Env = process.env): Promise<string | null> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const directory of (env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(directory, name + suffix);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}
