/** 限制查询: who asked about whom is on record before he has the answer (第十九条第二款). */
import type { Account } from '../queries/accounts.ts';
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
