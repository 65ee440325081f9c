/** A lock file that names its process. The lock of a killed process counts as free. */
import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../runtime/errno.ts';
import { commandLine } from './processes.ts';

interface Taken {
  /** True if the last holder was killed. */
  readonly recovered: boolean;
  readonly release: () => void;
}

/** @returns the lock, or the process that holds it. */
export async function tryLock(file: string): Promise<Taken | number> {
  const release = () => rmSync(file, { force: true });
  if (await create(file)) return { recovered: false, release };
  let holder = holderOf(file);
  if (holder === 'unwritten') {
    // The file is still empty: just created, or its process was killed at that moment.
    await sleep(200);
    holder = holderOf(file);
  }
  if (holder === 'gone') return await tryLock(file);
  if (typeof holder === 'number') return holder;
  release();
  if (await create(file)) return { recovered: true, release };
  return await tryLock(file);
}

/** Does the work while no other process does it; waits for one that does. */
export async function withLock<T>(
  file: string,
  { waiting, everyMs = 500 }: { waiting: (holder: number) => void; everyMs?: number },
  work: () => Promise<T>,
): Promise<T> {
  let taken = await tryLock(file);
  if (typeof taken === 'number') waiting(taken);
  while (typeof taken === 'number') {
    await sleep(everyMs);
    taken = await tryLock(file);
  }
  try {
    return await work();
  } finally {
    taken.release();
  }
}

/** @returns the living process that holds the lock, or null. */
export function lockHolder(file: string): number | null {
  const holder = holderOf(file);
  return typeof holder === 'number' ? holder : null;
}

async function create(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n${commandLine(process.pid) ?? ''}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The stored command line tells a living holder from another program with the same process id. */
function holderOf(file: string): number | 'dead' | 'gone' | 'unwritten' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'gone';
    throw error;
  }
  if (text === '') return 'unwritten';
  const [pid, ...command] = text.split('\n');
  const running = pid ? commandLine(Number(pid)) : null;
  return running !== null && running === command.join('\n') ? Number(pid) : 'dead';
}
