/** Who asks is judged before what is asked (第四条): refusals do not show what other roles' routes take. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { users } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';

let product: Product;
let officer: string;

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  const department = { regionCode: '430103', departmentCode: '430103-agriculture' };
  officer = await newcomer(product, 'officer', { role: 'department-officer', ...department });
});
afterAll(() => product.close());

/** Requests that officers of departments may not make, whatever the content. */
const NOT_THEIRS: [string, string][] = [
  ['POST', '/api/v1/registrations'],
  ['POST', '/api/v1/registrations/import'],
  ['GET', '/api/v1/registrations?limit=none'],
  ['POST', '/api/v1/listings'],
  ['POST', '/api/v1/listings/import'],
  ['POST', '/api/v1/supervisions'],
  ['POST', '/codec/decode'],
  ['GET', '/api/v1/audit?limit=none'],
  ['GET', '/api/v1/statistics/matching?from=never'],
  ['PATCH', '/api/v1/admin/accounts/someone'],
  ['PUT', '/api/v1/admin/limits/push.claim'],
  ['POST', '/api/v1/admin/catalogues'],
];

it.each(NOT_THEIRS)('%s %s is denied to another role before its content is judged', async (method, path) => {
  expectProblem(await product.request(null, method, path, method === 'GET' ? undefined : {}), 'auth.required');
  const answer = await withToken(product, officer, method, path, method === 'GET' ? undefined : {});
  expectProblem(answer, 'access.denied');
});

it('whoever may, is told what the content lacks', async () => {
  expectProblem(await product.post('shengju', '/api/v1/registrations'), 'input.invalid');
});

it('with a one-time password nothing is judged but its change', async () => {
  const token = await newcomer(product, 'new-officer', { role: 'registering-authority', regionCode: '430103' });
  await product.handle.db.update(users).set({ mustChangePassword: true }).where(eq(users.username, 'new-officer'));
  const ask = (method: string, path: string, body?: unknown) => withToken(product, token, method, path, body);
  expectProblem(await ask('POST', '/api/v1/registrations', {}), 'auth.password-change-required');
  expectProblem(await ask('POST', '/api/v1/pushes/unknown/claim', {}), 'auth.password-change-required');
  expect((await ask('GET', '/api/v1/session')).status).toBe(200);
  expectProblem(await ask('PUT', '/api/v1/session/password', {}), 'input.invalid');
  expect((await ask('DELETE', '/api/v1/session')).status).toBe(204);
});

it('what does not exist is not found, for those who are not signed in too', async () => {
  for (const path of ['/api/v1/nothing', '/nothing/at/all.txt']) {
    const { status } = await product.get(null, path);
    expect([path, status]).toEqual([path, path.startsWith('/api') ? 404 : 200]);
  }
  expectProblem(await product.post(null, '/api/v1/nothing'), 'resource.not-found');
});
