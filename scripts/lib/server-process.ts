import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { stopPid, waitUntil } from './processes.ts';
import { SetupError } from '../../runtime/setup-error.ts';

export interface ServerProcess {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly account?: { readonly uid?: number; readonly gid?: number };
  readonly logFile: string;
  readonly isReady: () => Promise<boolean>;
  readonly remedies: readonly string[];
  /** Called as soon as there is a process id, before the server is ready: a kill -9 in between must leave a trace. */
  readonly onPid?: (pid: number) => Promise<void>;
}

const READY_TIMEOUT_MS = 90_000;

/** Starts a server that keeps running when we end, and waits until it answers. @returns its process id. */
export async function startServerProcess(server: ServerProcess): Promise<number> {
  const log = openSync(server.logFile, 'a');
  // Detached: Ctrl-C reaches the whole foreground group, but the launcher has to stop things in order.
  const options = { ...server.account, cwd: '/', detached: true, stdio: ['ignore' as const, log, log] };
  const child = spawn(server.command, server.args, options);
  closeSync(log);
  let ended: string | null = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal ?? `退出码 ${code}`));
  const { pid } = child;
  if (pid !== undefined) await server.onPid?.(pid);
  const answered = await waitUntil(async () => ended !== null || (await server.isReady()), READY_TIMEOUT_MS, 100);
  child.unref();
  if (pid !== undefined && answered && ended === null) return pid;
  if (pid !== undefined && ended === null) await stopPid(pid);
  throw notStarted(server, ended ?? `${READY_TIMEOUT_MS / 1000} 秒内未就绪`);
}

function notStarted({ name, logFile, remedies }: ServerProcess, why: string): SetupError {
  const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n');
  return new SetupError(`${name} 没有启动成功（${why}）。日志 ${logFile} 的末尾：\n${tail}`, remedies);
}
