/** 谁列入、谁移出 (第九条): removals by the deciding organ's accounts and its file, a court's only by its file. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog, cases, listings } from '../../db/schema.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { eventually, Product } from '../support/product.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { casePath, expectProblem, jsonl, NDJSON, readImport } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const COURT = { list: 'court-debtor', authority: '长沙市天心区人民法院', grounds: '违反财产报告制度' };

async function listed(more: Record<string, unknown> = {}) {
  const entry = listingEntry(more);
  const { status, body } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
  expect(status).toBe(201);
  await eventually(
    () => product.handle.db.select().from(cases).where(eq(cases.caseId, body.caseId)),
    ([row]) => row !== undefined,
  );
  return { entry, caseId: body.caseId };
}

const removalOf = ({ list, documentNo, uscc, authority }: ReturnType<typeof listingEntry>, more: object = {}) => ({
  操作: '移出',
  名单: list,
  文号: documentNo,
  统一社会信用代码: uscc,
  列入机关: authority,
  移出日期: '2026-01-20',
  移出事由: '义务已履行',
  移出决定文号: '移字〔2026〕1号',
  ...more,
});

async function send(rows: unknown[], as: string) {
  const response = await fetch(`${product.url}${LISTINGS}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await product.tokenOf(as)}`, ...NDJSON },
    body: jsonl(rows),
  });
  return readImport(response.status, await response.text());
}
const codesOf = async (rows: unknown[], as: string) =>
  (await send(rows, as)).rows.map(({ result, code }) => code ?? result);

const stageOf = async (caseId: string) =>
  (await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId)))[0]!.stage;
const deeds = async (caseId: string) =>
  (await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId))).map(({ action }) => action);

describe('rows of 移出', () => {
  it('of a court’s feed end its entry, once, however often they come; the file may list and remove', async () => {
    const { entry, caseId } = await listed(COURT);
    const rows = [{ ...listingEntry(COURT) }, removalOf(entry), removalOf(entry)];
    expect(await codesOf(rows, 'admin')).toEqual(['accepted', 'accepted', 'duplicate']);
    await eventually(
      () => stageOf(caseId),
      (stage) => stage === 'lifting',
    );
    const again = await Promise.all(Array.from({ length: 50 }, () => codesOf([removalOf(entry)], 'admin')));
    expect(new Set(again.flat())).toEqual(new Set(['duplicate']));
    expect((await deeds(caseId)).filter((action) => action === 'endByOrgan')).toHaveLength(1);
    const [row] = await product.handle.db.select().from(listings).where(eq(listings.listingId, caseId));
    expect(row!.removedAt).not.toBeNull();
    const [held] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId));
    expect(held!.facts).toMatchObject({
      removal: { ground: 'obligation-performed', endedOn: '2026-01-20', documentNo: '移字〔2026〕1号', by: 'admin' },
    });
  });

  it('sent fifty times at once end the entry once', async () => {
    const { entry, caseId } = await listed(COURT);
    const answers = await Promise.all(Array.from({ length: 50 }, () => codesOf([removalOf(entry)], 'admin')));
    expect(answers.flat().toSorted().slice(0, 2)).toEqual(['accepted', 'duplicate']);
    await eventually(
      () => stageOf(caseId),
      (stage) => stage === 'lifting',
    );
    expect((await deeds(caseId)).filter((action) => action === 'endByOrgan')).toHaveLength(1);
  });

  it('of a court’s entry are refused from an authority, and from a file of another court', async () => {
    const { entry, caseId } = await listed(COURT);
    expect(await codesOf([removalOf(entry)], 'dengji')).toEqual(['listing.court-only']);
    expect(await codesOf([removalOf(entry, { 列入机关: '长沙市岳麓区人民法院' })], 'admin')).toEqual(['access.denied']);
    expect(await stageOf(caseId)).toBe('listed');
  });

  it('of an organ’s entry are taken from its own account, and from no organ above or beside it', async () => {
    const { entry, caseId } = await listed();
    expect(await codesOf([removalOf(entry)], 'shengju')).toEqual(['access.denied']);
    expect(await codesOf([removalOf(entry)], 'dengji')).toEqual(['accepted']);
    await eventually(
      () => stageOf(caseId),
      (stage) => stage === 'lifting',
    );
    const other = await listed({ authorityCode: '430103-market-regulation' });
    expect(await codesOf([removalOf(other.entry)], 'dengji')).toEqual(['access.denied']);
  });

  it.each([
    [{ 操作: '删除' }, 'input.invalid'],
    [{ 移出日期: '2026-01-04' }, 'input.invalid'],
    [{ 移出日期: '2999-01-01' }, 'input.invalid'],
    [{ 移出事由: '不想列了' }, 'input.invalid'],
    [{ 文号: '没有〔2026〕1号' }, 'resource.not-found'],
    [{ 统一社会信用代码: '430103198001011234' }, 'listing.natural-person'],
    [{ 移出决定文号: '11010519491231002X' }, 'input.invalid'],
  ])('with %j are refused: %s', async (more, code) => {
    const { entry } = await listed();
    expect(await codesOf([removalOf(entry, more)], 'dengji')).toEqual([code]);
  });
});

describe('removal by hand', () => {
  it('is the deciding organ’s: a department’s entry is removed by the department alone', async () => {
    const { caseId } = await listed({ authorityCode: '430103-market-regulation' });
    const removal = { ground: 'revoked', reason: '撤销' };
    for (const as of ['dengji', 'shengju']) {
      const problem = expectProblem(
        await product.post(as, casePath('listings', caseId, 'remove'), removal),
        'access.denied',
      );
      expect(problem.detail).toContain('只有做出列入决定的机关');
    }
    expectProblem(await product.post('nongye', casePath('listings', caseId, 'remove'), removal), 'resource.not-found');
    const content = await product.get('shichang', casePath('listings', caseId, 'listing'));
    expect(content.body).toMatchObject({ authorityCode: '430103-market-regulation', listedUntil: null });
    const removed = await eventually(
      () =>
        product.post<{ stage: string }>('shichang', casePath('listings', caseId, 'remove'), removal, {
          'idempotency-key': `remove-${caseId.length}-${process.pid}`,
        }),
      ({ status }) => status === 200,
    );
    expect(removed.body.stage).toBe('lifting');
  });

  it('waits for the least publicity, unless the listing is revoked (国办发〔2025〕22号)', async () => {
    const { caseId } = await listed({ severity: 'serious', listedOn: new Date().toISOString().slice(0, 10) });
    const removeFor = (ground: string) =>
      product.post<{ stage: string }>('dengji', casePath('listings', caseId, 'remove'), { ground, reason: '说明' });
    const problem = expectProblem(await removeFor('obligation-performed'), 'listing.minimum-publicity');
    expect(problem.detail).toContain('最短公示期至');
    expect((await removeFor('revoked')).body.stage).toBe('lifting');
  });

  it('of a court’s entry is refused; an objection is shown with the days of the court', async () => {
    const { caseId } = await listed({ ...COURT, uscc: withCheckDigit('91430103MA5990001') });
    const removal = { ground: 'revoked', reason: '撤销' };
    expectProblem(await product.post('dengji', casePath('listings', caseId, 'remove'), removal), 'listing.court-only');
    await product.post('dengji', casePath('listings', caseId, 'appeal'), { reason: '已履行' });
    const [row] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId));
    expect(row!.facts).toMatchObject({
      appeal: { state: 'pending', basis: expect.stringContaining('法释〔2013〕17号') },
    });
  });
});
