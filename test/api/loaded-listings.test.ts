/** 首次装载: entries of lists that have no case until somebody acts on them (第九条). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, listings, outbox } from '../../db/schema.ts';
import { firstLoad } from '../../scripts/lib/first-load/run.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { upload } from './support/attachments.ts';
import { comparing } from './support/full-lists.ts';
import { codeOf, documentOf, fileOf, listing } from './support/past.ts';
import { NOWHERE } from './support/requests.ts';

let product: Product;
let folder: string;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  folder = await mkdtemp(path.join(tmpdir(), 'xietong-loaded-'));
});
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true });
});

const COURT = { 名单: '失信被执行人名单', 列入机关: '长沙市天心区人民法院', 列入事由: '违反财产报告制度' };

/** Loads an entry. @returns its row in the record, and as an organ's whole list names it. */
async function loaded(more: Record<string, string> = {}) {
  const row = listing(more);
  const file = await fileOf(folder, [row]);
  expect(await firstLoad(product.databaseUrl, { kind: 'listings', file })).toMatchObject({ taken: 1 });
  const [listed] = await product.handle.db
    .select()
    .from(listings)
    .where(eq(listings.uscc, codeOf(row)));
  const { listingId, documentNo, uscc } = listed!;
  expect(documentNo).toBe(documentOf(row));
  return { listingId, entry: { documentNo, uscc } };
}
const caseOf = async (caseId: string) =>
  (await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId)))[0];

describe('an entry of a first load', () => {
  it('is repaired by its organ: both cases are opened, and no department is told', async () => {
    const { listingId } = await loaded();
    expect(await caseOf(listingId)).toBeUndefined();
    const { id } = (await upload(product, 'dengji', '证明材料.pdf')).body;
    const application = {
      listingId,
      number: '修〔2026〕9号',
      receivedOn: today(),
      statement: '已履行全部义务',
      attachmentIds: [id],
    };
    const { status } = await product.post('dengji', '/api/v1/credit-repairs', application);
    expect(status).toBe(201);
    expect(await caseOf(listingId)).toMatchObject({
      stage: 'listed',
      departmentCode: '430103-registration',
      facts: { departments: [] },
    });
    const rows = await product.handle.db.select().from(cases).where(eq(cases.parentCaseId, listingId));
    expect(rows.map(({ caseType }) => caseType)).toEqual(['creditRepair']);
  });

  it('counts in its organ’s whole list, and is asked about when the list lacks it; a removed one is not', async () => {
    const { compare, send, stated } = comparing(product);
    const [here, missing] = [await loaded(COURT), await loaded(COURT)];
    await loaded({ ...COURT, 移出日期: '2021-01-02', 移出事由: '义务已履行' });
    const both = [here.entry, missing.entry];
    expect((await send('admin', stated(COURT.列入机关, both))).body).toMatchObject({
      agrees: true,
      ours: { count: 2 },
    });
    const { body } = await compare(COURT.列入机关, [here.entry], { confirmed: 'true' });
    expect(body.compared?.missingEntries).toMatchObject([{ caseId: missing.listingId, question: 'asked' }]);
    expect([await caseOf(here.listingId), (await caseOf(missing.listingId))?.stage]).toEqual([undefined, 'listed']);
    const told = await product.handle.db.select().from(outbox).where(eq(outbox.kind, 'tell-case'));
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { caseId: missing.listingId, signal: 'listingQuestioned' },
    ]);
  });
});
