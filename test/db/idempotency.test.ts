/** Submissions of the public: fifty at once with one key are accepted once, and failed ones may be sent again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { submitOnce } from '../../db/intake/idempotency.ts';
import { imports, submissions } from '../../db/schema.ts';
import { createTestDatabase } from '../support/servers.ts';

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase());
});
afterAll(() => handle.close());

/** Stands for what an intake writes. */
const submit = (key: string, receiptNo: string, content: unknown = 'the same') =>
  submitOnce(handle.db, { key, content }, async (tx) => {
    await tx
      .insert(imports)
      .values({ id: crypto.randomUUID(), filename: key, startedBy: 'test', startedAt: new Date() });
    return receiptNo;
  });
const accepted = async (key: string) => (await handle.db.select().from(imports)).filter((row) => row.filename === key);

it('fifty at once have one winner and one receipt', async () => {
  const receipts = await Promise.all(Array.from({ length: 50 }, (_, n) => submit('fifty', `receipt-${n}`)));
  expect(new Set(receipts).size).toBe(1);
  expect(await accepted('fifty')).toHaveLength(1);
});

it('another request under the key is refused, and leaves nothing', async () => {
  await submit('reused', 'receipt');
  await expect(submit('reused', 'other', 'another')).rejects.toMatchObject({ code: 'idempotency.key-reused' });
  expect(await accepted('reused')).toHaveLength(1);
});

it('what was refused leaves its key free', async () => {
  const refused = submitOnce(handle.db, { key: 'refused', content: '' }, () => Promise.reject(new Error('refused')));
  await expect(refused).rejects.toThrow('refused');
  expect(await submit('refused', 'receipt', '')).toBe('receipt');
  const keys = await handle.db.select().from(submissions);
  expect(keys.filter(({ key }) => key === 'refused')).toMatchObject([{ receiptNo: 'receipt' }]);
});
