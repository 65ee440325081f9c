/** 惩戒措施 by edition of their catalogue: a listing is answered with the measures of its own edition. */
import { inArray } from 'drizzle-orm';
import type { Measure } from '../../domain/organs/sanction-measures.ts';
import type { Database } from '../postgres/client.ts';
import { sanctionMeasures } from '../schema.ts';

export async function measuresOf(db: Database, versions: readonly string[]): Promise<Map<string, Measure[]>> {
  if (versions.length === 0) return new Map();
  const rows = await db
    .select()
    .from(sanctionMeasures)
    .where(inArray(sanctionMeasures.version, [...new Set(versions)]));
  // No need to parse: the content was validated when it was loaded.
  return new Map(rows.map(({ version, content }) => [version, content.measures]));
}
