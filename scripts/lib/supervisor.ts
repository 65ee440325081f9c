import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Env } from './cache.ts';
import { stopPid } from './processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** In ms. A child that ran this long was healthy: after its next crash the pauses start over. */
const HEALTHY_MS = 60_000;

export interface SupervisedOptions {
  readonly name: string;
  /** A TypeScript file, relative to the repository. */
  readonly script: string;
  readonly env: Env;
  readonly logFile: string;
  readonly say: (text: string) => void;
}

export interface Supervised {
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

/** Keeps one child running: after a crash it says why and starts the child again, with growing pauses. */
export function supervise(options: SupervisedOptions): Supervised {
  let child: ChildProcess;
  let stopping = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;

  const launch = () => {
    const began = Date.now();
    child = spawnChild(options);
    child.once('error', (error) => options.say(`${options.name} 无法启动：${error.message}`));
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (Date.now() - began > HEALTHY_MS) pauseMs = FIRST_PAUSE_MS;
      const why = signal ?? `退出码 ${code}`;
      options.say(
        `${options.name} 意外退出（${why}），${pauseMs / 1000} 秒后重新启动。日志 ${options.logFile} 的末尾：`,
      );
      options.say(lastLines(options.logFile));
      timer = setTimeout(launch, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  launch();

  return {
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await stopPid(child.pid);
    },
    kill() {
      stopping = true;
      child.kill('SIGKILL');
    },
  };
}

/** Starts a child that ends with us. */
export function spawnChild({
  script,
  env,
  logFile,
}: Pick<SupervisedOptions, 'script' | 'env' | 'logFile'>): ChildProcess {
  const log = openSync(logFile, 'a');
  const args = ['--import', 'tsx', path.join(ROOT, script)];
  // Through the channel the child learns that we are gone, see parent-watch.ts. Detached: Ctrl-C is for the launcher
  // only.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    env: { ...env, XIETONG_SUPERVISED: '1' },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n');
}
