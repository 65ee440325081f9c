/** Sign-in: one opaque token, as cookie or bearer; nothing tells which accounts exist. */
import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import type { Problem } from '../../api/plugins/problems.ts';
import { sessions, users } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';

const SESSION = '/api/v1/session';
const PASSWORD = 'xietong-demo';

interface Session {
  token: string;
  expiresAt: string;
  account: { username: string; role: string; roleTitle: string };
}

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const signIn = (username: string, password: string) => product.post<Session>(null, SESSION, { username, password });

describe('refused', () => {
  it('a wrong password and an unknown account get the same answer', async () => {
    const [wrong, unknown] = await Promise.all([signIn('dengji', 'wrong'), signIn('nobody-here', 'wrong')]);
    const problems = [wrong, unknown].map((answer) => expectProblem(answer, 'auth.failed'));
    const [first, second] = problems.map(({ instance: _, ...rest }) => rest);
    expect(first).toEqual(second);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('guesses at one account are limited, and keep nobody else out', async () => {
    const guesses = await Promise.all(Array.from({ length: 25 }, () => signIn('victim', 'guess')));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(20);
    expectProblem(
      guesses.find(({ status }) => status === 429)!,
      'rate.limited',
    );
    expect((await signIn('shenji', PASSWORD)).status).toBe(200);
  });

  it('an empty account or password names the field', async () => {
    const problem = expectProblem(await signIn('', ''), 'input.invalid');
    expect(problem.errors).toEqual([
      { path: '/username', message: '请填写账号' },
      { path: '/password', message: '请填写密码' },
    ]);
  });

  it.each([
    ['no token', {}],
    ['an invented bearer', { authorization: 'Bearer invented' }],
    ['an invented cookie', { cookie: 'xietong_session=invented' }],
    ['basic authentication', { authorization: `Basic ${Buffer.from(`dengji:${PASSWORD}`).toString('base64')}` }],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['a bearer of eight thousand letters', { authorization: `Bearer ${'x'.repeat(8000)}` }],
  ] as [string, Record<string, string>][])('%s is nobody', async (_, headers) => {
    const answer = await product.request(null, 'GET', SESSION, undefined, headers);
    expectProblem(answer, 'auth.required');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['POST', '/api/v1/catalogue/try'],
    ['GET', '/api/v1/pushes'],
    ['GET', '/api/v1/rollbacks'],
    ['GET', '/api/v1/pool-entries'],
    ['GET', '/api/v1/pool-entries/download'],
    ['GET', '/api/v1/supervisions'],
    ['GET', '/api/v1/inbox'],
    ['GET', '/api/v1/audit'],
    ['GET', '/api/v1/statistics/matching'],
    ['GET', '/api/v1/statistics/timeliness/export'],
    ['GET', '/api/v1/tasks'],
    ['GET', '/api/v1/cases'],
    ['GET', '/api/v1/registrations'],
    ['GET', '/api/v1/registrations/X-1'],
    ['GET', '/api/v1/imports/00000000-0000-4000-8000-000000000000'],
  ])('%s %s needs sign-in', async (method, path) => {
    const body = method === 'POST' ? { scope: '餐饮服务' } : undefined;
    expectProblem(await product.request(null, method, path, body), 'auth.required');
  });
});

describe('signed in', () => {
  it('the cookie is HttpOnly, SameSite=Strict, for the whole site and ends with the session', async () => {
    const { headers, body } = await signIn('dengji', PASSWORD);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^xietong_session=[\w-]{43};/);
    for (const part of [/; HttpOnly/i, /; SameSite=Strict/i, /; Path=\//i]) expect(cookie).toMatch(part);
    expect(new Date(/Expires=([^;]+)/.exec(cookie)![1]!).getTime()).toBeCloseTo(Date.parse(body.expiresAt), -4);
    const seen = await product.request(null, 'GET', SESSION, undefined, { cookie: cookie.split(';')[0]! });
    expect(seen.body).toEqual(body.account);
  });

  it('the cookie changes nothing on the word of another site’s page, sister sites included', async () => {
    const { headers } = await signIn('dengji', PASSWORD);
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    const own = new URL(product.url).origin;
    const remove = (more: Record<string, string>) =>
      product.request(null, 'POST', '/api/v1/inbox/read', { upTo: 0 }, { cookie, ...more });
    const FOREIGN: Record<string, string>[] = [
      { origin: 'https://other.hunan.gov.cn' },
      { origin: 'null' },
      { origin: own, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      // Only a bearer token takes the cookie's place; other headers do not matter.
      { authorization: 'Basic x', 'sec-fetch-site': 'same-site' },
      { authorization: 'Bearer', 'sec-fetch-site': 'same-site' },
    ];
    for (const foreign of FOREIGN) expectProblem(await remove(foreign), 'access.denied');
    const OWN: Record<string, string>[] = [
      {},
      { origin: own },
      { origin: 'https://x.cn', 'sec-fetch-site': 'same-origin' },
    ];
    for (const ownPage of OWN) expect((await remove(ownPage)).status).not.toBe(403);
    // Reading is allowed: the browser itself keeps the answer from the other page.
    const read = await product.request(null, 'GET', SESSION, undefined, {
      cookie,
      origin: 'https://other.hunan.gov.cn',
    });
    expect(read.status).toBe(200);
  });

  it('no page of another origin may ask with the session, but the Temporal UI for what it shows', async () => {
    const ask = (path: string, origin = 'http://127.0.0.1:8233') =>
      product.request<string>(null, 'OPTIONS', path, undefined, { origin, 'access-control-request-method': 'POST' });
    const decode = await ask('/codec/decode');
    expect([decode.status, decode.headers.get('access-control-allow-origin')]).toEqual([204, 'http://127.0.0.1:8233']);
    for (const path of ['/api/v1/inbox/read', '/api/v1/session', '/nothing']) {
      const answer = await ask(path);
      expectProblem(answer, 'resource.not-found');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('the token works as a bearer and is stored only as its hash', async () => {
    const { body } = await signIn('nongye', PASSWORD);
    expect((await withToken(product, body.token, 'GET', SESSION)).body).toMatchObject({
      username: 'nongye',
      role: 'department-officer',
      roleTitle: '部门经办人',
    });
    const stored = await product.handle.db.select().from(sessions);
    expect(JSON.stringify(stored)).not.toContain(body.token);
  });

  it('sign-out ends the token at once, and only this one', async () => {
    const [one, other] = await Promise.all([signIn('weijian', PASSWORD), signIn('weijian', PASSWORD)]);
    expect((await withToken(product, one.body.token, 'DELETE', SESSION)).status).toBe(204);
    expectProblem(await withToken(product, one.body.token, 'GET', SESSION), 'auth.required');
    expectProblem(await withToken(product, one.body.token, 'DELETE', SESSION), 'auth.required');
    expect((await withToken(product, other.body.token, 'GET', SESSION)).status).toBe(200);
  });

  it("a disabled account's session ends, and it cannot sign in", async () => {
    const token = await newcomer(product, 'leaver', { role: 'auditor', regionCode: '430000' });
    expect((await withToken(product, token, 'GET', SESSION)).status).toBe(200);
    await product.handle.db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, 'leaver'));
    expectProblem(await withToken(product, token, 'GET', SESSION), 'auth.required');
    expectProblem(await withToken(product, token, 'GET', '/api/v1/pushes'), 'auth.required');
    expectProblem(await signIn('leaver', 'whatever'), 'auth.failed');
  });

  it('an expired session is no session', async () => {
    const token = await newcomer(product, 'sleeper', { role: 'auditor', regionCode: '430000' });
    const past = new Date(Date.now() - 1000);
    await product.handle.db.update(sessions).set({ expiresAt: past }).where(eq(sessions.username, 'sleeper'));
    expectProblem(await withToken(product, token, 'GET', SESSION), 'auth.required');
  });
});

it('passwords, hashes and tokens are neither logged nor returned', async () => {
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  const app = await buildApp({
    api: await bareApi(product.handle.db, product.temporal),
    logger: pino({ level: 'trace' }, sink),
    cookieSecure: true,
    rateLimit: 1000,
  });
  const inject = (payload: object) => app.inject({ method: 'POST', url: SESSION, payload });
  const right = await inject({ username: 'dengji', password: PASSWORD });
  const wrong = await inject({ username: 'dengji', password: 'wrong-secret' });
  const malformed = await inject({ username: 'dengji', password: { nested: 'wrong-secret' } });
  const { token } = right.json<Session>();
  await app.inject({ method: 'GET', url: SESSION, headers: { authorization: `Bearer ${token}` } });
  const [cookie] = String(right.headers['set-cookie']).split(';');
  const out = await app.inject({ method: 'DELETE', url: SESSION, headers: { cookie } });
  await app.close();

  expect([right, wrong, malformed].map((answer) => answer.statusCode)).toEqual([200, 401, 400]);
  // Neither a sister site nor anyone on the network can set a cookie of this name.
  for (const { headers } of [right, out])
    expect(headers['set-cookie']).toMatch(/^__Host-xietong_session=.*; Path=\/.*; Secure/i);
  expect(out.statusCode).toBe(204);
  expect(logged.join('')).toContain('/api/v1/session');
  for (const secret of [PASSWORD, 'wrong-secret', token, 'scrypt$']) expect(logged.join('')).not.toContain(secret);
  const answers = [right, wrong, malformed].map((answer) => answer.body).join('');
  for (const secret of [PASSWORD, 'wrong-secret', 'scrypt$']) expect(answers).not.toContain(secret);
});

// Last, because it uses up this client's attempts.
it('too many attempts are put off, with the time to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => signIn('dengji', 'guess')));
  const putOff = answers.filter((answer) => answer.status === 429);
  expect(putOff.length).toBeGreaterThanOrEqual(5);
  const problem: Problem = expectProblem(putOff[0]!, 'rate.limited');
  expect(problem.remedy).toBe('请稍后再试');
  expect(Number(putOff[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
});
