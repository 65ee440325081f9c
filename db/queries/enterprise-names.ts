import { inArray } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { enterprises } from '../schema.ts';

/** The names of enterprises by their code; those that the platform does not know are missing. */
export async function enterpriseNames(db: Database, usccs: readonly string[]): Promise<Map<string, string>> {
  const { uscc, name } = enterprises;
  const rows = await db
    .select({ uscc, name })
    .from(enterprises)
    .where(inArray(uscc, [...usccs]));
  return new Map(rows.map((row) => [row.uscc, row.name]));
}
