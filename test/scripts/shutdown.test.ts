/** A launch whose output nobody reads any more ends as after Ctrl-C: what it started is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const dir = mkdtempSync(path.join(tmpdir(), 'xietong-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LAUNCH = `
  import { writeFileSync } from 'node:fs';
  import { createShutdown } from ${JSON.stringify(fileURLToPath(new URL('../../scripts/lib/shutdown.ts', import.meta.url)))};
  const shutdown = createShutdown((text) => console.log(text));
  shutdown.add({ name: 'part', stop: async () => writeFileSync(process.env.STOPPED, 'stopped'), kill: () => undefined });
  const talking = setInterval(() => console.log('figures'), 20);
  await shutdown.requested;
  await shutdown.stopAll();
  clearInterval(talking);
`;

it.each(['the reader goes away', 'SIGTERM'])(
  '%s: the parts are stopped, and the process ends by itself',
  async (how) => {
    const STOPPED = path.join(dir, how);
    const args = ['--import', 'tsx', '--input-type=module', '-e', LAUNCH];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, STOPPED },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    if (how === 'SIGTERM') child.kill();
    else child.stdout.destroy();
    expect(await ended).toEqual([0, null]);
    expect(readFileSync(STOPPED, 'utf8')).toBe('stopped');
  },
);
