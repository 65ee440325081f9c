/** 限制查询, as the region's auditors read who asked (第十九条第二款). */
import { and, desc, lt } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { restrictionQueries } from '../schema.ts';
import type { Account } from './accounts.ts';
import { inRegion } from './in-region.ts';

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
