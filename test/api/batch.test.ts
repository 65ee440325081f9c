/** 批量办理: one answer for each item; a refused item does not stop the others. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import type { Problem } from '../../api/plugins/problems.ts';
import { Product } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { accept, expectProblem } from './support/requests.ts';

interface BatchAnswer {
  done: number;
  refused: number;
  items: { caseId: string; done: boolean; result?: { stage: string; step: number }; problem?: Problem }[];
}

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const BATCH = '/api/v1/pushes/batch';
const batch = (as: string, body: unknown, headers: Record<string, string> = {}) =>
  product.post<BatchAnswer>(as, BATCH, body, headers);

async function pushes(count: number, scope = '许可项目：农药零售。') {
  const made = await Promise.all(Array.from({ length: count }, () => accept(product, { scope })));
  return made.map(({ caseIds }) => caseIds[0]!);
}

it('every item is answered in the order asked, done or with its own reason', async () => {
  const mine = await pushes(3);
  const [others] = await pushes(1, '许可项目：食品销售。');
  await product.post('nongye', `/api/v1/pushes/${encodeURIComponent(mine[1]!)}/claim`);
  const caseIds = [mine[0]!, 'push~nobody~x~1', mine[1]!, others!, mine[2]!];
  const { status, body } = await batch('nongye', { action: 'claim', caseIds });
  expect(status).toBe(200);
  expect(body.items.map((item) => item.caseId)).toEqual(caseIds);
  expect(body.items.map((item) => item.problem?.code ?? item.result?.stage)).toEqual([
    'claimed',
    'resource.not-found',
    'transition.refused',
    'resource.not-found',
    'claimed',
  ]);
  expect(body).toMatchObject({ done: 2, refused: 3 });
});

it('the same batch again under its key does nothing twice, and answers the same', async () => {
  const caseIds = await pushes(4);
  const headers = { 'idempotency-key': 'batch-1' };
  const first = await batch('nongye', { action: 'claim', caseIds }, headers);
  const second = await batch('nongye', { action: 'claim', caseIds: [...caseIds, ...caseIds] }, headers);
  expect(second.body).toEqual(first.body);
  const { rows } = await product.handle.pool.query(
    "select case_id from audit_log where action = 'claim' and case_id = any($1)",
    [caseIds],
  );
  expect(rows).toHaveLength(4);
});

it('the content is judged once for all, as for a single case', async () => {
  const caseIds = await pushes(1);
  const problem = expectProblem(await batch('nongye', { action: 'return', caseIds, body: {} }), 'input.invalid');
  expect(problem.errors?.map((error) => error.path)).toContain('/body/reason');
  expectProblem(await batch('nongye', { action: 'abolish', caseIds }), 'input.invalid');
  expectProblem(await batch('nongye', { action: 'constructor', caseIds }), 'input.invalid');
  expectProblem(await batch('nongye', { action: 'claim', caseIds: [] }), 'input.invalid');
  const many = Array.from({ length: 201 }, (_, i) => `push~${i}~x~1`);
  expectProblem(await batch('nongye', { action: 'claim', caseIds: many }), 'input.invalid');
});

it('the commands are the application’s own: another one in the same process, with another catalogue, changes nothing', async () => {
  const api = await bareApi(product.handle.db, product.temporal);
  const other = await buildApp({
    api: { ...api, reference: { ...api.reference, items: new Map() } },
    logger: false,
    cookieSecure: false,
    rateLimit: 1000,
  });
  const caseIds = await pushes(1, '许可项目：软件开发。');
  const claim = { action: 'claim', caseIds, body: { itemIds: ['PA002'] } };
  const { body } = await product.post<BatchAnswer>('nongye', '/api/v1/pool-entries/batch', claim);
  expect(body).toMatchObject({ done: 1, refused: 0 });
  await other.close();
});
