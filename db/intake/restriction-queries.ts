/** 限制查询: who asked about whom is on record before he has the answer (第十九条第二款). */
import { desc, and, lt } from 'drizzle-orm';
import type { Account } from '../queries/accounts.ts';
import { inRegion } from '../queries/in-region.ts';
import type { Database } from '../postgres/client.ts';
import { restrictionQueries } from '../schema.ts';

type Asked = Pick<
  typeof restrictionQueries.$inferInsert,
  'at' | 'personAsking' | 'asOf' | 'codes' | 'restricted' | 'downloaded'
>;

export async function logRestrictionQuery(
  db: Database,
  { username, departmentCode, regionCode }: Account,
  asked: Asked,
): Promise<void> {
  await db.insert(restrictionQueries).values({ username, departmentCode, regionCode, ...asked });
}

/** The queries of a region's accounts, newest first. */
export async function listRestrictionQueries(
  db: Database,
  { regionCode }: Pick<Account, 'regionCode'>,
  { before, limit }: { before?: number; limit: number },
) {
  const { id } = restrictionQueries;
  return db
    .select()
    .from(restrictionQueries)
    .where(and(inRegion(restrictionQueries.regionCode, regionCode), before ? lt(id, before) : undefined))
    .orderBy(desc(id))
    .limit(limit);
}
