/** The options and interruption of `npm run demo`; its story is checked in test/e2e/demo.test.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isAlive } from '../../scripts/lib/processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// The CLI is looked for but never run. Nothing runs on this data directory, whatever runs on the usual ones.
const env = {
  PATH: process.env['PATH'] ?? '',
  TEMPORAL_CLI: process.execPath,
  XIETONG_DATA_DIR: path.join(ROOT, 'no'),
};

function demo(...args: string[]) {
  const argv = ['--import', 'tsx', 'scripts/demo.ts', ...args];
  return spawn(process.execPath, argv, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ending(...args: string[]) {
  const child = demo(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
}

test.each([
  ['no address', ['--url', 'nonsense'], /--url 不是网址：nonsense\n.*http:\/\/主机:端口/],
  ['an empty one', ['--url='], /--url 不是网址：（空）\n/],
  ['one that is not of the web', ['--url', 'postgres://127.0.0.1/x'], /--url 不是网址/],
  ['one where nobody answers', ['--url', 'http://127.0.0.1:1/'], /连不上 http:\/\/127\.0\.0\.1:1\n[^]*npm start/],
  ['an unknown option', ['--uri', 'x'], /没有 --uri 这个选项。\n.*--help/],
])('%s is told with its remedy', async (_, args, says) => {
  const { stderr, code } = await ending(...args);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/DATABASE_URL|^\s+at .+:\d+|TypeError/m);
  expect(code).toBe(1);
});

test.each(['--help', '-h'])('%s says how it is used', async (flag) => {
  const { stdout, stderr, code } = await ending(flag);
  expect([stdout, stderr, code]).toEqual([expect.stringMatching(/npm run demo -- .*--url/), '', 0]);
});

test('told to end while its system starts, it leaves neither process nor data', async () => {
  const child = demo();
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  const dataDir = /数据目录 (\S+?)（/.exec(first)![1]!;
  const launcher = Number.parseInt(readFileSync(path.join(dataDir, 'launcher.pid'), 'utf8'), 10);
  expect(isAlive(launcher)).toBe(true);
  child.kill('SIGTERM');
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(stderr).toContain('已中断');
  expect([code, isAlive(launcher), existsSync(dataDir)]).toEqual([1, false, false]);
});
