/** The README's first command as a user runs it: started, killed, started again, ended with Ctrl-C. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertPortFree } from '../../scripts/lib/ports.ts';
import { Launched } from '../support/launched.ts';

const SCOPE = '许可项目：农药零售。';

let launched: Launched;

beforeAll(async () => {
  launched = await Launched.prepare();
});

afterAll(() => launched.remove());

async function request(account: string, route: string, body?: unknown): Promise<Response> {
  const base = `${launched.url}/api/v1`;
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
  await launched.start();
  const registration = { registrationNo: '重启-001', uscc: '91350100M000100Y43', name: '天心区重启农资有限公司' };
  const accepted = await request('dengji', '/registrations', { ...registration, regionCode: '430103', scope: SCOPE });
  expect(accepted.status).toBe(201);
  await expect.poll(push, { timeout: 30_000 }).toMatchObject({ stage: 'pushed' });

  await launched.end('SIGKILL');
  await launched.start();

  const { caseId } = (await push())!;
  const command = (verb: string, body: unknown) =>
    request('nongye', `/pushes/${encodeURIComponent(caseId)}/${verb}`, body);
  expect((await command('claim', {})).status).toBe(200);
  expect((await command('feedback', { outcome: 'not-applied' })).status).toBe(200);

  expect(await launched.end('SIGINT')).toEqual([0, null]);
  for (const port of launched.ports) await assertPortFree(port, '任何服务', '--port');
}, 240_000);
