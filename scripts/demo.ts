/**
 * Plays one case of each type through HTTP alone and tells it as a story: who, what, by which article, due when, and how
 * it was escalated.
 *
 *   npm run demo                                   on the one that runs by an accelerated clock (npm start -- --working-day 2);
 *                                                  where there is none, on one of its own, thrown away afterwards
 *   npm run demo -- --data-dir .data/demo          on the one that runs on this data directory
 *   npm run demo -- --url http://localhost:8080    on the one at this address
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describeFailure } from '../runtime/describe-failure.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';
import { dataDirsToSearch, runningInstance } from './lib/instance.ts';
import { playAll } from './lib/demo/play.ts';
import { Story } from './lib/demo/story.ts';
import { freePort } from './lib/ports.ts';
import { SetupError } from '../runtime/setup-error.ts';

const SECONDS_PER_WORKING_DAY = 2;
const HELP = `演示：每类事项办理一件，逐步说明谁办理、依据哪一条、何时届满、如何催办督办。

  npm run demo -- [--url 地址 | --data-dir 目录]

  --url       在该地址运行中的系统上演示，如 http://localhost:8080
  --data-dir  在该数据目录运行中的系统上演示
  --help      显示本说明

所用的系统须按加速时钟运行（npm start -- --working-day ${SECONDS_PER_WORKING_DAY}）。都不给出的，在 .data/demo、.data/main（或 XIETONG_DATA_DIR）
中正在运行、按加速时钟的系统上演示；没有的，启动一个临时系统，演示后删除。`;
const FLAGS = {
  url: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const HINT = '全部选项：npm run demo -- --help';
const ACCELERATED = `npm start -- --working-day ${SECONDS_PER_WORKING_DAY}`;
const START = `先启动一个系统：${ACCELERATED}`;
const say = (line: string) => console.log(line);

interface System {
  /** Waits until the system answers. @returns its address. */
  ready: () => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts `npm start` with its own ports and data directory. */
function startOwn([port, temporal, ui, pg]: readonly number[]): System {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xietong-demo-'));
  // Under root, PostgreSQL runs under another account, which must be able to reach the directory.
  chmodSync(dataDir, 0o755);
  const options = {
    port,
    'temporal-port': temporal,
    'ui-port': ui,
    'pg-port': pg,
    'working-day': SECONDS_PER_WORKING_DAY,
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const args = ['--import', 'tsx', 'scripts/start.ts', '--data-dir', dataDir, ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    async ready() {
      for await (const line of createInterface({ input: child.stdout })) {
        say(line);
        if (line.startsWith('已就绪')) {
          child.stdout.resume();
          return `http://127.0.0.1:${port}`;
        }
      }
      throw new Error('系统没有启动成功，原因见上');
    },
    async stop() {
      await ended(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** A system that runs already and keeps running. @throws SetupError */
function running(typed: string): System {
  if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol)) {
    throw new SetupError(`--url 不是网址：${typed || '（空）'}`, ['应为 http://主机:端口，如 http://localhost:8080']);
  }
  const url = new URL(typed).href.replace(/\/+$/, '');
  const ready = async () => {
    await accelerated(url);
    say(`在运行中的系统上演示：${url}`);
    return url;
  };
  return { ready, stop: async () => undefined };
}

/** Checks for an accelerated clock: by the real clock a reminder is days away. @throws SetupError */
async function accelerated(url: string): Promise<void> {
  if ((await secondsPerWorkingDay(url)) !== null) return;
  throw new SetupError(`${url} 的系统按真实时间运行，演示要等上几个月。`, [
    `用加速时钟另外启动一个系统：${ACCELERATED}`,
    '或不带选项运行 npm run demo：启动一个临时系统，演示后删除',
  ]);
}

/** @returns null for the real clock. @throws SetupError */
async function secondsPerWorkingDay(url: string): Promise<number | null> {
  const response = await fetch(`${url}/api/v1/session/options`, { signal: AbortSignal.timeout(15_000) }).catch(
    (error: unknown) => {
      throw new SetupError(`连不上 ${url}`, ['检查地址与端口', START], error);
    },
  );
  const options = (await response.json().catch(() => null)) as { workingDaySeconds?: number | null } | null;
  if (options?.workingDaySeconds === undefined) throw new SetupError(`${url} 不是协同平台`, ['检查地址与端口', START]);
  return options.workingDaySeconds;
}

/** The system that runs on a data directory. @throws SetupError */
function runningOn(dataDir: string): System {
  const instance = runningInstance(path.resolve(dataDir));
  if (instance === null) {
    throw new SetupError(`数据目录 ${path.resolve(dataDir)} 的系统没有运行。`, [
      `先启动它：${ACCELERATED} --data-dir ${dataDir}`,
      '或不带选项运行 npm run demo：启动一个临时系统，演示后删除',
    ]);
  }
  return running(instance.url);
}

/** A system with an accelerated clock that runs on a usual data directory; null if there is none. */
async function anyRunning(): Promise<System | null> {
  for (const { url } of dataDirsToSearch(undefined, process.env).flatMap((dir) => runningInstance(dir) ?? [])) {
    if ((await secondsPerWorkingDay(url).catch(() => null)) !== null) return running(url);
  }
  return null;
}

/** The system that the options name; otherwise a running one, or one of our own. @throws SetupError, UsageError */
async function systemFor(url: string | undefined, dataDir: string | undefined): Promise<System> {
  if (url !== undefined && dataDir !== undefined) throw new UsageError('--url 与 --data-dir 只能给出一个', [HINT]);
  if (url !== undefined) return running(url);
  if (dataDir !== undefined) return runningOn(dataDir);
  const found = await anyRunning();
  if (found !== null) return found;
  return startOwn([await freePort(), await freePort(), await freePort(), await freePort()]);
}

async function main(): Promise<void> {
  const { url, 'data-dir': dataDir, help } = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (help) return say(HELP);
  // Handle signals before anything is started, so that an interrupted run leaves nothing behind.
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('已中断')));
  });
  interrupted.catch(() => undefined);
  const system = await systemFor(url, dataDir);
  const play = async () => playAll(new Story(await system.ready(), say));
  try {
    await Promise.race([play(), interrupted]);
    say('\n全部事项演示完毕。');
  } finally {
    await system.stop();
  }
}

await main().catch((error: unknown) => {
  console.error(`\n演示未能完成：${describeFailure(error)}`);
  process.exitCode = 1;
});
