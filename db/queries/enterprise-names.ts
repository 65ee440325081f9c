import { inArray } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { enterprises, registrations } from '../schema.ts';
import type { Searched } from './text-search.ts';

export const NAMES: Searched = { table: enterprises, key: enterprises.uscc, text: enterprises.name };
/** Names that enterprises have given up since: each registration keeps the name of its day. */
export const FORMER_NAMES: Searched = { table: registrations, key: registrations.uscc, text: registrations.name };

/** The names of enterprises by their code; those that the platform does not know are missing. */
export async function enterpriseNames(db: Database, usccs: readonly string[]): Promise<Map<string, string>> {
  const { uscc, name } = enterprises;
  const rows = await db
    .select({ uscc, name })
    .from(enterprises)
    .where(inArray(uscc, [...usccs]));
  return new Map(rows.map((row) => [row.uscc, row.name]));
}
