/** What officials' returns and claims say about keywords (M2), with real workflows behind the API. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, casePath, expectProblem } from './support/requests.ts';

interface Statistics {
  keywords: { itemId: string; keyword: string; judged: number; falseHits: number; precision: number | null }[];
  items: { itemId: string; found: number; missed: number; recall: number | null }[];
}

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const statistics = async (as: string) => (await product.get<Statistics>(as, '/api/v1/statistics/matching')).body;

async function act(as: string, noun: string, caseId: string, verb: string, body: object = {}) {
  await eventually(
    () => product.get<CaseView>(as, casePath(noun, caseId)),
    (seen) => seen.status === 200 && seen.body.deadlines.length > 0,
  );
  const answer = await product.post<CommandResult>(as, casePath(noun, caseId, verb), body);
  expect([verb, answer.status, answer.body]).toEqual([verb, 200, expect.anything()]);
  return answer.body;
}

it('precision comes from returns as not in scope, recall from claims that name an item', async () => {
  expect(await statistics('ducha')).toEqual({ keywords: [], items: [] });

  // Four hits of one keyword: two fed back, one returned as not in scope, one returned for another reason.
  const pushes = [];
  for (let i = 0; i < 4; i += 1) pushes.push(await accept(product, { scope: '许可项目：农药零售。' }));
  const [itemId] = pushes[0]!.items;
  expect(pushes[0]!.items).toHaveLength(1);
  for (const { caseIds } of pushes.slice(0, 2)) {
    await act('nongye', 'pushes', caseIds[0]!, 'claim');
    await act('nongye', 'pushes', caseIds[0]!, 'feedback', { outcome: 'not-applied' });
  }
  const notInScope = { reasonCode: 'not-in-scope', reason: '该主体不经营农药' };
  await act('nongye', 'pushes', pushes[2]!.caseIds[0]!, 'return', notInScope);
  await act('nongye', 'pushes', pushes[3]!.caseIds[0]!, 'return', { reasonCode: 'wrong-level', reason: '属市级' });

  const pesticide = { itemId, keyword: '农药零售', judged: 4, falseHits: 1, precision: 0.75 };
  expect((await statistics('ducha')).keywords).toEqual([pesticide]);
  expect((await statistics('ducha')).items).toEqual([{ itemId, found: 2, missed: 0, recall: 1 }]);

  // Matching found nothing; the claimant names the item.
  const { caseIds } = await accept(product, { scope: '许可项目：软件开发。' });
  await act('nongye', 'pool-entries', caseIds[0]!, 'claim', { itemIds: [itemId] });
  await eventually(
    () => statistics('ducha'),
    (seen) => seen.items.some((item) => item.missed === 1),
  );
  expect((await statistics('ducha')).items).toEqual([{ itemId, found: 2, missed: 1, recall: 2 / 3 }]);

  // The push that follows from the claim counts for no keyword, and for no item twice, once it is fed back.
  const claimed = await eventually(
    () => product.get<{ items: CaseView[] }>('nongye', '/api/v1/pushes?stage=claimed'),
    ({ body }) => body.items.length === 1,
  );
  await act('nongye', 'pushes', claimed.body.items[0]!.caseId, 'feedback', { outcome: 'not-applied' });
  expect(await statistics('ducha')).toEqual({
    keywords: [pesticide],
    items: [{ itemId, found: 2, missed: 1, recall: 2 / 3 }],
  });
  const table = async (of: string) =>
    (await product.get<string>('ducha', `/api/v1/statistics/matching/export?of=${of}`)).body.split('\r\n').slice(1, -1);
  expect(await table('keywords')).toEqual([`农药零售,${itemId},农药经营许可,4,1,75.0%`]);
  expect(await table('items')).toEqual([`${itemId},农药经营许可,2,1,66.7%`]);
  for (const above of ['shengju', 'admin', 'shenji', 'dengji'])
    expect(await statistics(above)).toEqual(await statistics('ducha'));
});

it('departments do not read how others judged', async () => {
  for (const username of ['nongye', 'shichang-lead', 'weijian']) {
    for (const path of ['matching', 'matching/export'])
      expectProblem(await product.get(username, `/api/v1/statistics/${path}`), 'access.denied');
  }
});
