/**
 * Makes one-time passwords for lists whose holders asked for them: some at a time, hashed before the transaction that keeps
 * hashes and sealed passwords together. A process that is killed loses those of one transaction, which nobody has seen, and
 * they are made again.
 */
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import type { AccountList } from '../queries/account-lists.ts';
import type { ReferenceDeps } from '../reference/changes.ts';
import { accountListRows, accountLists, accountListSealed, sessions, users } from '../schema.ts';
import { tellOfLists } from './list-intake.ts';
import { pieceName, waitsForPassword, type MadePassword } from './list-passwords.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';
import { sealed } from './sealing.ts';

/** Passwords in a transaction: what a kill loses is some seconds of hashing. */
const BATCH = 20;
/** Longer than a batch takes on a busy machine; after a kill, the list waits so long. */
const LEASE_SECONDS = 120;

interface Hashed extends MadePassword {
  line: number;
  passwordHash: string;
}

/** @param atOnce passwords that are hashed at a time. @returns whether there may be more to do at once. */
export async function makeSomePasswords(deps: ReferenceDeps, atOnce = 1): Promise<boolean> {
  const list = await leased(deps.db);
  if (!list) return false;
  const { db } = deps;
  const rows = await db
    .select({ row: accountListRows })
    .from(accountListRows)
    .innerJoin(users, waitsForPassword)
    .where(and(eq(accountListRows.listId, list.id), lt(accountListRows.issued, list.issue)))
    .orderBy(asc(accountListRows.line))
    .limit(BATCH);
  const made: Hashed[] = [];
  const pending = rows.map(({ row }) => row);
  const work = async () => {
    for (let row = pending.shift(); row; row = pending.shift()) {
      const { line, username, displayName, role, regionCode, departmentCode } = row;
      const password = oneTimePassword();
      const passwordHash = await hashPassword(password);
      made.push({ line, username, displayName, role, regionCode, departmentCode, password, passwordHash });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await keep(
    deps,
    list,
    made.toSorted((a, b) => a.line - b.line),
  );
  return true;
}

/** One list that waits, for this process alone. */
async function leased(db: Executor): Promise<AccountList | undefined> {
  const next = sql`(select id from ${accountLists}
    where password_state = 'making' and coalesce(leased_until, '-infinity') < now()
    order by issued_at, id limit 1 for update skip locked)`;
  const [list] = await db
    .update(accountLists)
    .set({ leasedUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
    .where(sql`${accountLists.id} = ${next}`)
    .returning();
  return list;
}

/** @param made none: the list is complete. */
function keep({ db, clock }: ReferenceDeps, list: AccountList, made: readonly Hashed[]): Promise<void> {
  return db.transaction(async (tx) => {
    const { id, issue, no, sealKey, passwordsUntil } = list;
    const [now] = await tx.select().from(accountLists).where(eq(accountLists.id, id)).for('update');
    // Meanwhile passwords were asked for anew, or the time for them has run out.
    if (now?.issue !== issue || now.passwordState !== 'making' || !sealKey || !passwordsUntil) return;
    const [first] = made;
    if (!first) {
      await tx.update(accountLists).set({ passwordState: 'ready', leasedUntil: null }).where(eq(accountLists.id, id));
      await tellOfLists(tx, clock, [{ ...now, passwordState: 'ready' }], clock.legal(Date.now()));
      return;
    }
    const given = await giveTo(tx, list, made, passwordsUntil);
    const content: MadePassword[] = made
      .filter(({ username }) => given.has(username))
      .map(({ line: _, passwordHash: __, ...password }) => password);
    await tx.insert(accountListSealed).values({
      listId: id,
      issue,
      firstLine: first.line,
      content: await sealed(sealKey, JSON.stringify(content), pieceName(no, issue, first.line)),
    });
    const lines = made.map(({ line }) => line);
    await tx
      .update(accountListRows)
      .set({ issued: issue })
      .where(and(eq(accountListRows.listId, id), inArray(accountListRows.line, lines)));
    await tx.update(accountLists).set({ leasedUntil: null }).where(eq(accountLists.id, id));
  });
}

/** Ends whatever an earlier password opened. @returns the accounts that still waited for one. */
async function giveTo(tx: Executor, list: AccountList, made: readonly Hashed[], until: Date): Promise<Set<string>> {
  const hashes = sql.join(
    made.map(({ username, passwordHash }) => sql`(${username}, ${passwordHash})`),
    sql`, `,
  );
  const given = await tx
    .update(users)
    .set({ passwordHash: sql`made.hash`, passwordExpiresAt: until })
    .from(sql`(values ${hashes}) as made(username, hash), ${accountListRows}`)
    .where(and(sql`made.username = ${users.username}`, eq(accountListRows.listId, list.id), waitsForPassword))
    .returning({ username: users.username });
  const names = given.map(({ username }) => username);
  if (names.length > 0) await tx.delete(sessions).where(inArray(sessions.username, names));
  return new Set(names);
}
