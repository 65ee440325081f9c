/** What the leads of departments have set. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { departmentSettings } from '../schema.ts';

/** The departments among these whose submissions a second person reviews (第十九条第一款). */
export async function internalReviewers(db: Executor, departmentCodes: readonly string[]): Promise<Set<string>> {
  const codes = [...new Set(departmentCodes)];
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ code: departmentSettings.departmentCode })
    .from(departmentSettings)
    .where(and(inArray(departmentSettings.departmentCode, codes), eq(departmentSettings.internalReview, true)));
  return new Set(rows.map(({ code }) => code));
}
