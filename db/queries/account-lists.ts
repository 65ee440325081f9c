/** Lists of accounts (账号名册), as those read them who sent them or decide on them. */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { AccountListState } from '../../domain/organs/account-lists.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Executor } from '../postgres/client.ts';
import { accountListRows, accountLists, users } from '../schema.ts';
import { inRegion } from './in-region.ts';

export type AccountList = typeof accountLists.$inferSelect;
export type AccountListRow = typeof accountListRows.$inferSelect;

/** @returns undefined if no list has this number. */
export async function findAccountList(db: Executor, no: string): Promise<AccountList | undefined> {
  const [row] = await db.select().from(accountLists).where(eq(accountLists.no, no));
  return row;
}

/** A lead reads its department's lists, organs those of their region. */
const readableBy = (reader: Actor) =>
  reader.role === 'department-lead'
    ? eq(accountLists.departmentCode, reader.departmentCode ?? '')
    : inRegion(accountLists.regionCode, reader.regionCode);

/** The newest first. @returns one row more than the limit if another page follows. */
export function listAccountLists(
  db: Executor,
  reader: Actor,
  { state, cursor, limit }: { state?: AccountListState; cursor?: number; limit: number },
): Promise<AccountList[]> {
  return db
    .select()
    .from(accountLists)
    .where(
      and(
        readableBy(reader),
        state && eq(accountLists.state, state),
        cursor === undefined ? undefined : lt(accountLists.id, cursor),
      ),
    )
    .orderBy(desc(accountLists.id))
    .limit(limit + 1);
}

/** The rows after a line, in the file's order. @returns one row more than the limit if another page follows. */
export function accountListRowsAfter(db: Executor, listId: number, line: number, limit: number) {
  return db
    .select({ row: accountListRows, taken: users.username })
    .from(accountListRows)
    .leftJoin(users, eq(users.username, accountListRows.username))
    .where(and(eq(accountListRows.listId, listId), gt(accountListRows.line, line)))
    .orderBy(asc(accountListRows.line))
    .limit(limit + 1);
}
