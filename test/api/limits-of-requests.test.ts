/** How often one address may send requests that cost us effort or reveal something. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../support/product.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';

const SIGN_INS = 30;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE, app: { signInLimit: SIGN_INS } });
});
afterAll(() => product.close());

async function ask(remoteAddress: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await product.app.inject({ method, url, remoteAddress, ...(payload && { payload }) });
  const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
  return { status: answer.statusCode, headers, body: answer.body };
}

const signIn = (address: string, username: string, password = 'guess') =>
  ask(address, 'POST', '/api/v1/session', { username, password });

describe('sign-in', () => {
  it('one password tried on many accounts is limited by address, and keeps no other address out', async () => {
    for (let index = 0; index < SIGN_INS; index += 1) {
      expectProblem(await signIn('192.0.2.1', `account-${index}`), 'auth.failed');
    }
    const refused = await signIn('192.0.2.1', 'shenji', 'xietong-demo');
    expectProblem(refused, 'rate.limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn('192.0.2.2', 'shenji', 'xietong-demo')).status).toBe(200);
  });

  it('a network of IPv6 is one address: its owner has 2^64 of them', async () => {
    for (let index = 0; index < 20; index += 1) {
      expectProblem(await signIn(`2001:db8::${index + 1}`, 'dengji'), 'auth.failed');
    }
    expectProblem(await signIn('2001:db8::abcd', 'dengji'), 'rate.limited');
    expectProblem(await signIn('2001:db8:0:1::1', 'dengji'), 'auth.failed');
    for (let index = 20; index < SIGN_INS; index += 1) await signIn(`2001:db8::${index + 1}`, `account-${index}`);
    expectProblem(await signIn('2001:db8::abcd', 'nongye'), 'rate.limited');
  });
});

it('a request that does not end is not waited for for ever', () => {
  const { requestTimeout, headersTimeout } = product.app.server;
  expect([requestTimeout, headersTimeout]).toEqual([30 * 60_000, 60_000]);
});

describe('what is open to all', () => {
  const PUBLIC: [string, number, 'GET' | 'POST', string][] = [
    ['a search', 300, 'GET', '/api/v1/public/enterprises?q=农资'],
    ['an enterprise’s page', 300, 'GET', '/api/v1/public/enterprises/91430103MA4L000000'],
    ['an objection', 20, 'POST', '/api/v1/public/corrections'],
    ['the progress of an objection', 20, 'GET', '/api/v1/public/corrections/X'],
    ['a complaint', 20, 'POST', '/api/v1/public/complaints'],
    ['the progress of a complaint', 20, 'GET', '/api/v1/public/complaints/X'],
    ['a receipt', 20, 'GET', '/api/v1/public/receipts/X'],
    ['an upload', 20, 'POST', '/api/v1/public/attachments'],
    ['an application for an account', 20, 'POST', '/api/v1/account-applications'],
    ['the progress of an application', 20, 'GET', '/api/v1/account-applications/X/progress'],
  ];
  it.each(PUBLIC.map((row, index) => [...row, `198.51.100.${index}`] as const))(
    '%s is answered %i times a minute',
    async (_, times, method, url, address) => {
      const once = async () => (await ask(address, method, encodeURI(url), method === 'POST' ? {} : undefined)).status;
      for (let index = 0; index < times; index += 1) expect(await once()).not.toBe(429);
      expectProblem(await ask(address, method, encodeURI(url), method === 'POST' ? {} : undefined), 'rate.limited');
    },
  );
});
