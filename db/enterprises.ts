import { inArray, sql } from 'drizzle-orm';
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

/** Who is named only by a list is kept as the list names them; what a registration says stays. */
export async function introduceEnterprises(tx: Executor, found: Enterprise[], updatedAt: Date): Promise<void> {
  if (found.length === 0) return;
  const rows = [...found].sort((a, b) => (a.uscc < b.uscc ? -1 : 1)).map((row) => ({ ...row, updatedAt }));
  await tx.insert(enterprises).values(rows).onConflictDoNothing();
}

export async function regionsOfEnterprises(tx: Executor, usccs: string[]): Promise<Map<string, string>> {
  if (usccs.length === 0) return new Map();
  const rows = await tx
    .select({ uscc: enterprises.uscc, regionCode: enterprises.regionCode })
    .from(enterprises)
    .where(inArray(enterprises.uscc, usccs));
  return new Map(rows.map((row) => [row.uscc, row.regionCode]));
}
