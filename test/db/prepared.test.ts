/** Which statements a connection keeps prepared: those that come again as they are. */
import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { cases } from '../../db/schema.ts';
import { createTestDatabase } from '../support/servers.ts';

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 1);
});
afterAll(() => handle.close());

async function kept(): Promise<string[]> {
  const { rows } = await handle.pool.query<{ statement: string }>('select statement from pg_prepared_statements');
  return rows.map(({ statement }) => statement);
}

it('a statement with values is prepared once, whatever the values, in a transaction and outside', async () => {
  const { db } = handle;
  const caseNamed = (caseId: string) => db.select({ step: cases.step }).from(cases).where(eq(cases.caseId, caseId));
  for (const caseId of ['a', 'b', 'c']) await caseNamed(caseId);
  await db.transaction(async (tx) => {
    await tx.select({ step: cases.step }).from(cases).where(eq(cases.caseId, 'd'));
  });
  expect(await kept()).toEqual([expect.stringContaining('where "cases"."case_id" = $1')]);
});

it('lists, texts of any number of values and statements without values are not', async () => {
  const { db } = handle;
  const before = await kept();
  const { caseId, caseNo } = cases;
  await db.select({ caseId }).from(cases).where(eq(caseNo, 'x')).limit(5);
  await db
    .select({ caseId })
    .from(cases)
    .where(and(eq(caseNo, 'x'), inArray(caseId, ['a', 'b', 'c'])));
  await db.select({ caseId }).from(cases);
  expect(await kept()).toEqual(before);
});
