/**
 * Plays one case of each type through HTTP alone and tells it as a story: who, what, by which article, due when, and how
 * it was escalated.
 *
 *   npm run demo                                   on a system of its own, with an accelerated clock, thrown away afterwards
 *   npm run demo -- --url http://localhost:8080    on a running one (npm start -- --working-day 2)
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describeFailure } from '../runtime/describe-failure.ts';
import { readFlags } from '../runtime/flags.ts';
import { playAll } from './lib/demo/play.ts';
import { Story } from './lib/demo/story.ts';
import { freePort } from './lib/ports.ts';
import { SetupError } from '../runtime/setup-error.ts';

const SECONDS_PER_WORKING_DAY = 2;
const HELP = `演示：每类事项办理一件，逐步说明谁办理、依据哪一条、何时届满、如何催办督办。

  npm run demo -- [--url 地址]

  --url   在运行中的系统上演示，如 http://localhost:8080（须是 npm start -- --working-day ${SECONDS_PER_WORKING_DAY} 这样的加速时钟）；
          不给出的，启动一个临时系统，演示后删除
  --help  显示本说明`;
const FLAGS = { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
const START = `先启动一个系统：npm start -- --working-day ${SECONDS_PER_WORKING_DAY}`;
const say = (line: string) => console.log(line);

interface System {
  /** Its address, once it answers. */
  ready: () => Promise<string>;
  stop: () => Promise<void>;
}

/** `npm start` on ports and in a directory of its own. */
function startOwn([port, temporal, ui, pg]: readonly number[]): System {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xietong-demo-'));
  // The account that PostgreSQL runs under where we are root has to reach it.
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

/** One that runs already, and goes on. @throws SetupError */
function running(typed: string): System {
  if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol)) {
    throw new SetupError(`--url 不是网址：${typed || '（空）'}`, ['应为 http://主机:端口，如 http://localhost:8080']);
  }
  const url = new URL(typed).href.replace(/\/+$/, '');
  return { ready: () => answering(url), stop: async () => undefined };
}

/** @throws SetupError */
async function answering(url: string): Promise<string> {
  const { ok } = await fetch(`${url}/health/live`).catch((error: unknown) => {
    throw new SetupError(`连不上 ${url}`, ['检查地址与端口', START], error);
  });
  if (!ok) throw new SetupError(`${url} 不是协同平台`, ['检查地址与端口', START]);
  return url;
}

async function main(): Promise<void> {
  const { url, help } = readFlags(process.argv.slice(2), FLAGS, '全部选项：npm run demo -- --help');
  if (help) return say(HELP);
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
  // Before anything is started: who is told to end meanwhile leaves nothing behind.
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('已中断')));
  });
  const system = typeof url === 'string' ? running(url) : startOwn(ports);
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
