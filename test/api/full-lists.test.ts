/** 全量名单 (第九条第一款): an organ's whole list of a day against the platform's entries, by count and hash, then entry by entry. */
import { and, eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sumOf } from '../../db/intake/full-lists.ts';
import { cases, fullLists, outbox } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { comparing, FULL_LISTS } from './support/full-lists.ts';
import { listingEntry, LISTINGS } from './support/listings.ts';
import { CSV, expectProblem, jsonl, NDJSON, NOWHERE } from './support/requests.ts';

const TODAY = today();

let serial = 0;
/** A court that no other test names. */
const newCourt = () => `${['天心', '芙蓉', '岳麓'][++serial % 3]}区人民法院${process.pid}第${serial}庭`;
const ofCourt = (authority: string, more: object = {}) =>
  listingEntry({ list: 'court-debtor', authority, grounds: '违反财产报告制度', ...more });

describe('a whole list', () => {
  let product: Product;
  let on: ReturnType<typeof comparing>;
  beforeAll(async () => {
    // What is compared is in the record alone.
    product = await Product.start({ worker: false, temporalAddress: NOWHERE });
    on = comparing(product);
  });
  afterAll(() => product.close());

  const told = (caseId: string) =>
    product.handle.db
      .select({ payload: outbox.payload })
      .from(outbox)
      .where(like(outbox.key, `tell:${caseId}:%`));

  it('that agrees by count and hash needs no entries, however many there are', async () => {
    const court = newCourt();
    const entries = [ofCourt(court), ofCourt(court)];
    for (const entry of entries) await on.accept(entry);
    const { status, body } = await on.send('admin', on.stated(court, entries.toReversed()));
    expect([status, body]).toEqual([200, { agrees: true, ours: sumOf(entries) }]);
    const inCapitals = { hash: sumOf(entries).hash.toUpperCase() };
    expect((await on.send('admin', on.stated(court, entries, inCapitals))).body.agrees).toBe(true);
    const [row] = await product.handle.db.select().from(fullLists).where(eq(fullLists.organ, court));
    expect(row).toMatchObject({ asOf: TODAY, theirCount: 2, ourCount: 2, missing: null, receivedBy: 'admin' });
  });

  it('that lacks an entry asks about it once, and removes nothing', async () => {
    const court = newCourt();
    const [kept, gone] = [ofCourt(court), ofCourt(court)];
    await on.accept(kept);
    const caseId = await on.accept(gone);
    const sum = await on.send('admin', on.stated(court, [kept]));
    expect(sum.body).toEqual({ agrees: false, ours: sumOf([kept, gone]) });
    expect(await told(caseId)).toEqual([]);

    const answers = await Promise.all(Array.from({ length: 50 }, () => on.compare(court, [kept])));
    for (const { status, body } of answers) {
      expect([status, body.compared]).toEqual([
        200,
        {
          missing: 1,
          unknown: 0,
          missingEntries: [{ caseId, documentNo: gone.documentNo, uscc: gone.uscc, question: 'asked' }],
          unknownEntries: [],
        },
      ]);
    }
    expect(await told(caseId)).toEqual([{ payload: { caseId, signal: 'listingQuestioned', args: [TODAY] } }]);
    const [held] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId));
    expect(held).toMatchObject({ stage: 'listed', status: 'open' });
  });

  it('says of what the platform does not show whether it is absent, removed, or another organ’s', async () => {
    const court = newCourt();
    const [shown, removed, absent] = [ofCourt(court), ofCourt(court), ofCourt(court)];
    const elsewhere = ofCourt(newCourt());
    await on.accept(shown);
    await on.accept(elsewhere);
    const caseId = await on.accept(removed);
    await product.handle.db.execute(
      sql`update listings set removed_at = now() - interval '3 days' where listing_id = ${caseId}`,
    );
    const { body } = await on.compare(court, [shown, removed, absent, elsewhere]);
    expect(body.compared).toMatchObject({ missing: 0, unknown: 3 });
    expect(body.compared!.unknownEntries.map(({ documentNo, standing }) => [documentNo, standing])).toEqual([
      [removed.documentNo, 'removed'],
      [absent.documentNo, 'absent'],
      [elsewhere.documentNo, 'elsewhere'],
    ]);
    for (const { message } of body.compared!.unknownEntries) expect(message).toMatch(/请/);
  });

  it('of an earlier day is compared with the entries of that day', async () => {
    const court = newCourt();
    const [before, since, left] = [ofCourt(court), ofCourt(court, { listedOn: TODAY }), ofCourt(court)];
    await on.accept(before);
    await on.accept(since);
    const caseId = await on.accept(left);
    await product.handle.db.execute(sql`update listings set removed_at = now() where listing_id = ${caseId}`);
    const yesterday = { asOf: addDays(TODAY, -1) };
    expect((await on.compare(court, [before, left], yesterday)).body).toMatchObject({ agrees: true });
    expect((await on.compare(court, [before, since])).body).toMatchObject({ agrees: true });
    const late = expectProblem(await on.compare(court, [before, left], yesterday), 'input.invalid');
    expect(late.detail).toContain(`已收到${TODAY}的全量名单`);
  });

  it('is read as it is exported: with the columns of an import, its numbers as people type them', async () => {
    const court = newCourt();
    const entry = ofCourt(court, { documentNo: `（2026）湘0103执${serial}号` });
    await on.accept(entry);
    const csv = `案号,被执行人名称,统一社会信用代码\n( 2026 )湘0103执${serial}号,某公司,${entry.uscc.toLowerCase()}\n`;
    const normalised = { documentNo: `(2026)湘0103执${serial}号`, uscc: entry.uscc };
    const { status, body } = await on.send('admin', on.stated(court, [normalised]), csv, CSV);
    expect([status, body.agrees]).toEqual([200, true]);
  });

  it('which is not whole, or could not be read whole, makes no question', async () => {
    const court = newCourt();
    const entries = [ofCourt(court), ofCourt(court)];
    const ids = [];
    for (const entry of entries) ids.push(await on.accept(entry));
    const cut = jsonl([entries[0]]);
    const short = expectProblem(await on.send('admin', on.stated(court, entries), cut), 'input.invalid');
    expect(short.detail).toContain('有1个条目，与所称的2个不符');
    const other = { ...on.stated(court, [entries[0]!]), hash: 'a'.repeat(64) };
    expect(expectProblem(await on.send('admin', other, cut), 'input.invalid').detail).toContain('哈希值');
    const person = jsonl([entries[0], { documentNo: '（2026）湘0103执9号', uscc: '430103198001011234' }]);
    const refused = expectProblem(await on.send('admin', on.stated(court, [entries[0]!]), person), 'input.invalid');
    expect(refused.errors).toEqual([{ path: '/2', message: expect.stringContaining('自然人') }]);
    expectProblem(await on.send('admin', on.stated(court, []), '', CSV), 'input.empty-file');
    for (const id of ids) expect(await told(id)).toEqual([]);
  });

  it('that lacks very many entries is doubted until its sender confirms it', async () => {
    const court = newCourt();
    const entries = Array.from({ length: 103 }, () => ofCourt(court));
    const response = await fetch(`${product.url}${LISTINGS}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await product.tokenOf('admin')}`, ...NDJSON },
      body: jsonl(entries),
    });
    expect(await response.text()).toContain('"accepted":103');
    const some = entries.slice(0, 2);
    const doubted = expectProblem(await on.compare(court, some), 'listing.full-list-doubtful');
    expect([doubted.detail, doubted.remedy]).toEqual([
      expect.stringContaining('103个条目中的101个'),
      expect.stringContaining('confirmed=true'),
    ]);
    const asked = () =>
      product.handle.db
        .select()
        .from(outbox)
        .where(and(like(outbox.key, 'tell:%:listingQuestioned:%'), like(outbox.key, `%${entries[50]!.uscc}%`)));
    expect(await asked()).toEqual([]);
    expect((await on.compare(court, some, { confirmed: 'true' })).body.compared).toMatchObject({ missing: 101 });
    expect(await asked()).toHaveLength(1);
  });

  test.each([
    ['dengji', { authority: '天心区人民法院' }],
    ['dengji', {}],
    ['shichang', { list: 'serious-dishonest', authority: '天心区市场监督管理局' }],
  ])('of another organ is refused from %s with %j', async (as, more) => {
    const problem = expectProblem(await on.send(as, { ...on.stated(undefined, []), ...more }), 'access.denied');
    expect(problem.detail).toContain('只能报送本机关的全量名单');
  });

  test.each([
    [{ authority: undefined }, 'authority'],
    [{ asOf: '2999-01-01' }, '尚未到来'],
    [{ hash: 'abc' }, '64位'],
    [{ count: -1 }, 'count'],
    [{ list: 'nothing' }, 'list'],
  ])('with %j is refused', async (more, words) => {
    const problem = expectProblem(await on.send('admin', { ...on.stated('某法院', []), ...more }), 'input.invalid');
    expect(problem.detail).toContain(words);
  });

  it('of a department is of the entries that it decided, and of no other’s', async () => {
    const own = listingEntry({ authorityCode: '430103-market-regulation' });
    await on.accept(own, 'dengji');
    await on.accept(listingEntry(), 'dengji');
    const list = { list: 'serious-dishonest' };
    const { body } = await on.send('shichang', { ...on.stated(undefined, [own]), ...list });
    expect(body).toEqual({ agrees: true, ours: sumOf([own]) });
    const registrations = await on.send('dengji', { ...on.stated(undefined, [own]), ...list });
    expect(registrations.body).toMatchObject({ agrees: false, ours: { count: 1 } });
  });

  it('is on record, for those who administer or oversee the region', async () => {
    const seen = await product.get<{ items: { organ: string; receivedBy: string }[] }>('admin', FULL_LISTS);
    expect(seen.body.items.length).toBeGreaterThan(5);
    const county = await product.get<{ items: { organ: string }[] }>('dengji', FULL_LISTS);
    expect(new Set(county.body.items.map(({ organ }) => organ))).toEqual(
      new Set(['430103-market-regulation', '430103-registration']),
    );
    expectProblem(await product.get('nongye', FULL_LISTS), 'access.denied');
    await expect(product.handle.db.delete(fullLists)).rejects.toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('append-only') }) }),
    );
  });
});
