import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { isUnavailable } from '../../db/postgres/availability.ts';
import { connectDatabase } from '../../db/postgres/client.ts';
import { createTestDatabase } from '../support/servers.ts';

it('a statement that PostgreSQL cannot read is our fault and no outage: nobody is asked to send it again', async () => {
  const { db, close } = connectDatabase(await createTestDatabase(), 1);
  const tooMany = Array.from({ length: 70_000 }, (_, i) => i);
  const error = await db.execute(sql`select 1 where 1 in ${tooMany}`).catch((failure: unknown) => failure);
  await close();
  expect(error).toMatchObject({ cause: { code: '08P01' } });
  expect(isUnavailable(error)).toBe(false);
});
