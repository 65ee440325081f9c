import { sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { enterprises } from './schema.ts';

type Enterprise = Omit<typeof enterprises.$inferInsert, 'updatedAt'>;

/** Keeps the latest word about each enterprise. Sorted, so that two batches never wait for each other. */
export async function rememberEnterprises(tx: Executor, found: Enterprise[], updatedAt: Date): Promise<void> {
  const latest = new Map(found.map((entry) => [entry.uscc, entry]));
  const rows = [...latest.values()].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
  if (rows.length === 0) return;
  await tx
    .insert(enterprises)
    .values(rows.map((row) => ({ ...row, updatedAt })))
    .onConflictDoUpdate({
      target: enterprises.uscc,
      set: {
        name: sql`excluded.name`,
        kind: sql`excluded.kind`,
        regionCode: sql`excluded.region_code`,
        updatedAt: sql`excluded.updated_at`,
      },
    });
}
