/** The README's first command as its user has it: started, killed, started again, and ended with Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertPortFree, freePort } from '../../scripts/lib/ports.ts';

const ROOT = new URL('../..', import.meta.url);
const SCOPE = '许可项目：农药零售。';

let dataDir: string;
let ports: number[];
let launcher: ChildProcess | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-start-'));
  // Under root PostgreSQL has an account of its own.
  await chmod(dataDir, 0o711);
  ports = [];
  while (ports.length < 4) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
});

afterAll(async () => {
  if (launcher?.exitCode === null && launcher.signalCode === null) await end('SIGINT');
  await rm(dataDir, { recursive: true, force: true });
});

/** @returns when the table of links is printed. */
async function start(): Promise<string> {
  const names = ['--port', '--temporal-port', '--ui-port', '--pg-port'];
  const flags = names.flatMap((name, i) => [name, String(ports[i])]);
  const args = ['--import', 'tsx', 'scripts/start.ts', '--data-dir', dataDir, ...flags];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  launcher = child;
  let said = '';
  return await new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes('控制台') && said.includes('xietong-demo')) resolve(said);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
}

async function end(signal: NodeJS.Signals) {
  const ended = once(launcher!, 'exit');
  launcher!.kill(signal);
  return await ended;
}

async function request(account: string, route: string, body?: unknown): Promise<Response> {
  const base = `http://127.0.0.1:${ports[0]}/api/v1`;
  const json = (content: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
  const session = await fetch(`${base}/session`, json({ username: account, password: 'xietong-demo' }));
  const { token } = (await session.json()) as { token: string };
  const init = body === undefined ? { headers: {} } : json(body);
  return await fetch(`${base}${route}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
}

async function push(): Promise<{ caseId: string; stage: string } | undefined> {
  const response = await request('nongye', `/pushes?q=${encodeURIComponent('重启-001')}`);
  const { items } = (await response.json()) as { items: { caseId: string; stage: string }[] };
  return items[0];
}

test('a case goes on where it was, after kill -9 and a second start; Ctrl-C ends all that was started', async () => {
  await start();
  const registration = { registrationNo: '重启-001', uscc: '91350100M000100Y43', name: '天心区重启农资有限公司' };
  const accepted = await request('dengji', '/registrations', { ...registration, regionCode: '430103', scope: SCOPE });
  expect(accepted.status).toBe(201);
  await expect.poll(push, { timeout: 30_000 }).toMatchObject({ stage: 'pushed' });

  await end('SIGKILL');
  await start();

  const { caseId } = (await push())!;
  const command = (verb: string, body: unknown) =>
    request('nongye', `/pushes/${encodeURIComponent(caseId)}/${verb}`, body);
  expect((await command('claim', {})).status).toBe(200);
  expect((await command('feedback', { outcome: 'permit-granted', permitNo: '湘农许〔2026〕1号' })).status).toBe(200);

  expect(await end('SIGINT')).toEqual([0, null]);
  for (const port of ports) await assertPortFree(port, '任何服务', '--port');
}, 240_000);
