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
import { describeFailure } from './lib/describe-failure.ts';
import { readFlags } from './lib/flags.ts';
import { playAll } from './lib/demo/play.ts';
import { Story } from './lib/demo/story.ts';
import { freePort } from './lib/ports.ts';

const SECONDS_PER_WORKING_DAY = 2;
const say = (line: string) => console.log(line);

interface Running {
  url: string;
  stop: () => Promise<void>;
}

/** `npm start` on ports and in a directory of its own. */
async function startOwn(): Promise<Running> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xietong-demo-'));
  // The account that PostgreSQL runs under where we are root has to reach it.
  chmodSync(dataDir, 0o755);
  const [port, temporal, ui, pg] = [await freePort(), await freePort(), await freePort(), await freePort()];
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
  const stop = async () => {
    await ended(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    say(line);
    if (line.startsWith('已就绪')) {
      child.stdout.resume();
      return { url: `http://127.0.0.1:${port}`, stop };
    }
  }
  await stop();
  throw new Error('系统没有启动成功，原因见上');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function main(): Promise<void> {
  const { url } = readFlags(
    process.argv.slice(2),
    { url: { type: 'string' } },
    '用法：npm run demo -- [--url http://主机:端口]',
  );
  const system = typeof url === 'string' ? { url, stop: async () => undefined } : await startOwn();
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('已中断')));
  });
  try {
    await Promise.race([playAll(new Story(system.url, say)), interrupted]);
    say('\n全部事项演示完毕。');
  } finally {
    await system.stop();
  }
}

await main().catch((error: unknown) => {
  console.error(`\n演示未能完成：${describeFailure(error)}`);
  process.exitCode = 1;
});
