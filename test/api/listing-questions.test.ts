/** 名单核实 (第九条第一款): an entry that its organ's whole list lacks, or whose organ was retired, through HTTP. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, listings } from '../../db/schema.ts';
import { eventually, Product } from '../support/product.ts';
import { comparing, type Entry } from './support/full-lists.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { casePath, expectProblem, jsonl } from './support/requests.ts';

describe('a question about an entry', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  });
  afterAll(() => product.close());

  it('reaches the organ, which answers it or removes; a later list settles it', async () => {
    const on = comparing(product);
    const list = { list: 'serious-dishonest' };
    const department = { authorityCode: '430103-market-regulation' };
    const [kept, doubted] = [listingEntry(department), listingEntry(department)];
    await on.accept(kept, 'dengji');
    const caseId = await on.accept(doubted, 'dengji');
    const send = (entries: Entry[]) =>
      on.send('shichang', { ...on.stated(undefined, entries), ...list }, jsonl(entries));
    const questionOf = async () =>
      (await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId)))[0]?.facts.question as
        | { state: string }
        | undefined;
    const comesTo = (state: string) => eventually(questionOf, (question) => question?.state === state);

    await eventually(
      () => product.get('shichang', casePath('listings', caseId)),
      ({ status }) => status === 200,
    );
    expect((await send([kept])).body.compared!.missingEntries[0]).toMatchObject({ caseId, question: 'asked' });
    await comesTo('pending');
    expect((await send([kept])).body.compared!.missingEntries[0]).toMatchObject({ question: 'pending' });
    const inbox = await product.get<{ items: { caseId: string; topic: string }[] }>('shichang', '/api/v1/inbox');
    expect(inbox.body.items).toContainEqual(expect.objectContaining({ caseId, topic: 'listing.missing' }));
    const reason = { reason: '导出有误，仍在列' };
    expectProblem(
      await product.post('dengji', casePath('listings', caseId, 'answer-question'), reason),
      'access.denied',
    );
    const answered = await product.post('shichang', casePath('listings', caseId, 'answer-question'), reason);
    expect(answered.status).toBe(200);
    expect((await send([kept])).body.compared!.missingEntries[0]).toMatchObject({ question: 'answered' });
    expect((await send([kept, doubted])).body).toMatchObject({ agrees: true, compared: { missing: 0 } });
    await comesTo('confirmed');
  });

  it('finds whoever took over the duty of a department that was retired meanwhile', async () => {
    const code = '430103-health';
    const { body } = await product.post<AcceptedListing>('dengji', LISTINGS, listingEntry({ authorityCode: code }));
    const holder = async () =>
      (await product.handle.db.select().from(cases).where(eq(cases.caseId, body.caseId)))[0]?.departmentCode;
    await eventually(holder, (held) => held === code);
    const retire = { name: '天心区卫生健康主管部门', retired: true, reason: '机构改革' };
    const set = (change: object) =>
      product.request('admin', 'PUT', `/api/v1/admin/departments/${code}`, { ...retire, ...change });
    expect((await set({})).status).toBe(200);
    const successor = await eventually(holder, (held) => held !== code);
    expect(successor).toMatch(/^430/);
    const [entry] = await product.handle.db.select().from(listings).where(eq(listings.listingId, body.caseId));
    expect(entry!.authorityCode).toBe(successor);
    // Opened again, it does not take back what went on meanwhile.
    expect((await set({ retired: false })).status).toBe(200);
    expect(await holder()).toBe(successor);
  });
});
