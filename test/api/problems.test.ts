/** Unexpected errors: the answer reveals nothing of the inside, the log has everything. */
import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { openSession } from '../../db/queries/accounts.ts';
import { createLog } from '../../runtime/logging.ts';
import { Product } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { accept, casePath, expectProblem, NOWHERE } from './support/requests.ts';
import type { App } from '../../api/context.ts';

let product: Product;
let app: App;
let handle: DatabaseHandle;
let token: string;
const logged: string[] = [];

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  handle = connectDatabase(product.databaseUrl, 2);
  ({ token } = await openSession(handle.db, 'nongye'));
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  app = await buildApp({
    api: {
      ...(await bareApi(handle.db, product.temporal)),
      commands: { send: () => Promise.reject(new Error('secret of the inside')) },
    },
    logger: createLog({}, sink),
    cookieSecure: false,
    rateLimit: 1000,
  });
});
afterAll(async () => {
  await app.close();
  await product.close();
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object, more: Record<string, string> = {}) {
  const headers = { authorization: `Bearer ${token}`, ...more };
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  const names = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: answer.statusCode, headers: new Headers(names), body: answer.body };
}

it('an error from the inside is logged whole under the number that the answer gives, and told to nobody', async () => {
  const { caseIds } = await accept(product);
  const answer = await ask('POST', casePath('pushes', caseIds[0]!, 'claim'), {});
  const problem = expectProblem(answer, 'internal');
  expect(answer.body).not.toContain('secret');
  const entry = logged.find((line) => line.includes('secret of the inside'));
  expect(JSON.parse(entry!)).toMatchObject({ reqId: problem.instance, level: 50 });
});

it('of a statement that failed the log holds what failed, and nothing of what was sent', async () => {
  const { input } = await accept(product);
  await handle.db.execute(sql`alter table complaint_reports rename to away`);
  const sent = { uscc: input.uscc, category: 'food', content: '销售过期食品', reporterName: '张三' };
  expectProblem(await ask('POST', '/api/v1/public/complaints', sent), 'internal');
  await handle.db.execute(sql`alter table away rename to complaint_reports`);
  const entry = logged.find((line) => line.includes('complaint_reports'));
  expect(entry).toContain('does not exist');
  expect(entry).not.toMatch(/张三|过期/);
});

it('a refusal is no error in the log', async () => {
  logged.length = 0;
  expectProblem(await ask('GET', '/api/v1/pushes/unknown'), 'resource.not-found');
  expect(logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 40)).toEqual([]);
});

it('security headers stand on answers and refusals alike', async () => {
  for (const url of ['/api/v1/limits', '/api/v1/pushes/unknown', '/nothing']) {
    const { headers } = await ask('GET', url);
    expect([url, headers.get('x-content-type-options'), headers.get('content-security-policy')]).toEqual([
      url,
      'nosniff',
      expect.stringContaining("default-src 'self'"),
    ]);
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

it('above the limit of requests the answer is a problem with the time to wait', async () => {
  const narrow = await buildApp({
    api: await bareApi(handle.db, product.temporal),
    logger: false,
    cookieSecure: false,
    rateLimit: 3,
  });
  const answers = await Promise.all(Array.from({ length: 5 }, () => narrow.inject('/api/v1/limits')));
  await narrow.close();
  const putOff = answers.find((answer) => answer.statusCode === 429)!;
  expect(putOff.json()).toMatchObject({ code: 'rate.limited', status: 429 });
  expect(putOff.headers['content-type']).toContain('application/problem+json');
  expect(Number(putOff.headers['retry-after'])).toBeGreaterThan(0);
});
