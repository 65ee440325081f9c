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
 * Builds into a directory of its own and moves the result into place in one step: two processes preparing the same thing
 * cannot leave half of it, and the one that comes second uses what the first one made.
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
      // A directory cannot be renamed over another: somebody else was first.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    // Go marks its module cache read-only; nothing of ours is, but a leftover must never fail the start.
    await rm(workDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What a killed process left half-built: up to 250 MB each. */
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
