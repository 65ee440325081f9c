/** Who lifts restrictions today in place of retired departments (第九条第一款). */
import { and, count, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../db/postgres/client.ts';
import { loadReference } from '../db/reference/reference.ts';
import { departments } from '../db/schema.ts';
import { successorsOf, type Successors } from '../domain/case-types/sanction-lifting/successors.ts';

/** The reference data are read only where a department no longer stands, which is rare. */
export async function currentSuccessors(db: Database, codes: string[], regionCode: string): Promise<Successors> {
  const stands = and(inArray(departments.code, codes), isNull(departments.retiredAt));
  const [row] = await db.select({ n: count() }).from(departments).where(stands);
  if (row?.n === new Set(codes).size) return {};
  return successorsOf(await loadReference(db), codes, regionCode);
}
