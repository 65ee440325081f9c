/** Processor time and memory of processes, from /proc: Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells processor time to programs in hundredths of a second, whatever the kernel counts in. */
const MS_PER_TICK = 10;

export interface ProcessTimes {
  parent: number;
  /** Of its own, all threads, user and system, ms. */
  own: number;
  /** Of its children that have ended and were waited for, ms. */
  ended: number;
}

/** Reads a line of `/proc/<pid>/stat`. The name, in parentheses, may itself hold spaces and parentheses. */
export function parseStat(line: string): ProcessTimes {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // proc(5) counts from 1; the third field, the state, is our first.
  const field = (n: number) => Number(fields[n - 3]);
  return {
    parent: field(4),
    own: (field(14) + field(15)) * MS_PER_TICK,
    ended: (field(16) + field(17)) * MS_PER_TICK,
  };
}

function timesOf(pid: number): ProcessTimes | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Processor time that a process and its children have used since they began, in ms. Sessions of PostgreSQL are children
 * of its first process; those that have ended count in it.
 * @throws Error if the process is not there.
 */
export function cpuOf(pid: number): number {
  const times = timesOf(pid);
  if (!times) throw new Error(`进程 ${pid} 不在了，或者没有 /proc（只能在 Linux 上测量）`);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid);
  return children.reduce((total, { own, ended }) => total + own + ended, times.own + times.ended);
}

/** Reads a field of `/proc/<pid>/status` that is given in kB. @returns MB (10⁶ bytes); NaN where there is none. */
export function parseMegabytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return (Number(kibibytes ?? NaN) * 1024) / 1e6;
}

/** Memory that a process holds now, in MB. */
export const memoryOf = (pid: number): number => parseMegabytes(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
