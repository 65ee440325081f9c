/** The catalogue in force is the one in the database, whatever fails or overlaps on the way. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { referenceChannel, reloadReference } from '../../db/reference/watch.ts';
import { catalogues } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import { eventually } from '../support/product.ts';
import { closeDatabase, createTestDatabase, openDatabase } from '../support/servers.ts';
import type { Reference } from '../../domain/reference.ts';

let url: string;
let handle: DatabaseHandle;
let process: { db: DatabaseHandle['db']; reference: Reference };
beforeAll(async () => {
  url = await createTestDatabase();
  await seedReference(url);
  handle = connectDatabase(url, 4);
  process = { db: handle.db, reference: await loadReference(handle.db) };
});
afterAll(() => handle.close());

const publish = (version: string) =>
  handle.db.execute(sql`insert into catalogues (version, content, recorded_at)
    select ${version}, jsonb_set(content, '{version}', to_jsonb(${version}::text)), clock_timestamp()
    from ${catalogues} limit 1`);

it('a reload asked for during a reading brings what that reading missed', async () => {
  const [first, second] = await handle.db.transaction(async (tx) => {
    // The reading has read its catalogue and waits for the departments.
    await tx.execute(sql`lock table departments in access exclusive mode`);
    const begun = reloadReference(process);
    await eventually(
      () =>
        tx.execute(sql`select 1 from pg_locks where relation = 'departments'::regclass and not granted
        and database = (select oid from pg_database where datname = current_database())`),
      ({ rows }) => rows.length > 0,
    );
    await publish('later');
    return [begun, reloadReference(process)];
  });
  await first;
  expect(process.reference.catalogueVersion).not.toBe('later');
  await second;
  expect(process.reference.catalogueVersion).toBe('later');
});

it('a change announced while PostgreSQL fails is read once it is back', async () => {
  const failures: unknown[] = [];
  const channel = referenceChannel(process, (error) => failures.push(error), 50);
  await publish('told once');
  await closeDatabase(url);
  channel.heard('');
  await eventually(
    async () => failures.length,
    (seen) => seen > 1,
  );
  expect(process.reference.catalogueVersion).toBe('later');
  await openDatabase(url);
  await eventually(
    async () => process.reference.catalogueVersion,
    (version) => version === 'told once',
  );
});
