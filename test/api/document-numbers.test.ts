/** 文书号: one document is one record, one entry and one measure, whatever brackets and widths its number was typed with. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptListings } from '../../db/intake/listings.ts';
import { acceptRecords } from '../../db/intake/records.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { findRecordOf } from '../../db/queries/records.ts';
import { listings, records } from '../../db/schema.ts';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { recordInputSchema } from '../../domain/publicity/record.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { Product } from '../support/product.ts';
import { comparing } from './support/full-lists.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { PUBLICATIONS, record, type Accepted } from './support/records.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  // What is compared is in the record alone.
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

let serial = 0;
/** The spellings of one number that no other test has. */
function spellings(): string[] {
  serial += 1;
  const number = `${process.pid}${serial}号`;
  return ['〔2026〕', '[2026]', '（2026）', '【2026】', '﹝2026﹞', ' 〔 2026 〕 ', '［２０２６］', '(2026)'].map(
    (year) => `湘农许${year}${number}`,
  );
}

const deps = async () => ({
  db: product.handle.db,
  reference: await loadReference(product.handle.db),
  clock: realClock,
});

describe('a record', () => {
  it('sent under eight spellings of its number is one', async () => {
    const input = record();
    const [first = '', ...others] = spellings();
    const accepted = await product.post<Accepted>('nongye', PUBLICATIONS, { ...input, documentNo: first });
    expect(accepted.status).toBe(201);
    for (const documentNo of others) {
      const again = await product.post<Accepted>('nongye', PUBLICATIONS, { ...input, documentNo });
      expect([again.status, again.body.recordId]).toEqual([200, accepted.body.recordId]);
    }
    const { db } = product.handle;
    const stored = await db.select().from(records).where(eq(records.uscc, input.uscc));
    expect(stored.map(({ documentNo }) => documentNo)).toEqual([first]);
    expectProblem(
      await product.post('nongye', PUBLICATIONS, { ...input, documentNo: others[0], content: '另一内容' }),
      'record.conflict',
    );
  });

  it('that an earlier commit kept as it was typed is found again by every spelling', async () => {
    const nongye: Actor = {
      username: 'nongye',
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-agriculture',
    };
    const [today = '', kept = ''] = spellings();
    const input = record();
    // Without the schema, the number stays as it is.
    const typed = { ...recordInputSchema.parse({ ...input, documentNo: today }), documentNo: kept };
    const [held] = await acceptRecords(await deps(), nongye, [typed]);
    expect(held).toMatchObject({ result: 'accepted', documentNo: kept });
    const again = await product.post<Accepted>('nongye', PUBLICATIONS, { ...input, documentNo: today });
    expect([again.status, again.body.result]).toEqual([200, 'duplicate']);
    const key = { departmentCode: nongye.departmentCode!, kind: 'permit' as const };
    for (const documentNo of [today, kept])
      expect((await findRecordOf(product.handle.db, { ...key, documentNo }))?.documentNo).toBe(kept);
  });

  it('without a number is refused at the first, and told what to write', async () => {
    for (const documentNo of ['无', '/', '-']) {
      const refused = await product.post('nongye', PUBLICATIONS, { ...record(), documentNo });
      expectProblem(refused, 'input.invalid');
      expect(JSON.stringify(refused.body)).toContain('填写证书编号或档案编号');
    }
  });
});

describe('an entry of a list', () => {
  it('under every spelling is one', async () => {
    const [first = '', ...others] = spellings();
    const entry = listingEntry({ documentNo: first });
    const accepted = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
    expect(accepted.status).toBe(201);
    for (const documentNo of others) {
      const again = await product.post<AcceptedListing>('dengji', LISTINGS, { ...entry, documentNo });
      expect([again.body.result, again.body.caseId]).toEqual(['duplicate', accepted.body.caseId]);
    }
  });

  it('that an earlier commit kept as it was typed is found again, also in a whole list', async () => {
    const court = `天心区人民法院${process.pid}文号庭`;
    const feed: Actor = {
      username: 'admin',
      role: 'platform-administrator',
      regionCode: '430000',
      departmentCode: null,
    };
    const number = `湘0103执${process.pid}号`;
    const entry = listingEntry({ list: 'court-debtor', authority: court, grounds: '违反财产报告制度' });
    const parsed = listingEntrySchema.parse({ ...entry, documentNo: `(2026)${number}` });
    const [held] = await acceptListings(await deps(), feed, [{ ...parsed, documentNo: `〔2026〕${number}` }]);
    expect(held?.result).toBe('accepted');
    const again = await product.post<AcceptedListing>('admin', LISTINGS, { ...entry, documentNo: `（2026）${number}` });
    expect(again.body).toMatchObject({ result: 'duplicate', documentNo: `〔2026〕${number}` });
    const { db } = product.handle;
    expect(await db.select().from(listings).where(eq(listings.uscc, entry.uscc))).toHaveLength(1);
    const on = comparing(product);
    const { body } = await on.send('admin', on.stated(court, [{ documentNo: `(2026)${number}`, uscc: entry.uscc }]));
    expect(body.agrees).toBe(true);
  });
});
