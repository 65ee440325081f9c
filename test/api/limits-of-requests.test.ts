/** How often one address may ask what costs us, or what tells it something. */
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
