/**
 * Opens the accounts of lists that were decided on: some rows a transaction, which also marks them, so that a process that
 * is killed loses nothing and repeats nothing. The accounts have no password yet: nobody signs in before the holder of the
 * list has asked for some (list-passwords.ts).
 */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { changeOf, type RowOutcome } from '../../domain/organs/account-lists.ts';
import type { Executor } from '../postgres/client.ts';
import type { AccountList, AccountListRow } from '../queries/account-lists.ts';
import { endSessions } from '../queries/accounts.ts';
import { change, type Change, type ReferenceDeps } from '../reference/changes.ts';
import { accountListRows, accountLists, departments, users } from '../schema.ts';
import { accountsNamed, tellOfLists, type OnRecord } from './list-intake.ts';

/** Rows in a transaction: others who change accounts wait for one, which takes some tens of milliseconds. */
const BATCH = 200;

/** Opens some accounts. @returns whether there may be more to open at once. */
export async function openSomeAccounts(deps: ReferenceDeps): Promise<boolean> {
  const isOpening = eq(accountLists.state, 'opening');
  const [waiting] = await deps.db
    .select({ id: accountLists.id, by: accountLists.decidedBy })
    .from(accountLists)
    .where(isOpening)
    .orderBy(asc(accountLists.id))
    .limit(1);
  if (!waiting) return false;
  // Changes of accounts run one at a time, so another process that opens the same list waits here, and finds these rows done.
  return change(deps, { username: waiting.by ?? '' }, async (tx, at): Promise<[boolean, readonly Change[]]> => {
    const [list] = await tx
      .select()
      .from(accountLists)
      .where(and(eq(accountLists.id, waiting.id), isOpening))
      .for('update');
    if (!list) return [true, []];
    const isUndone = and(eq(accountListRows.listId, list.id), isNull(accountListRows.outcome));
    const rows = await tx
      .select()
      .from(accountListRows)
      .where(isUndone)
      .orderBy(asc(accountListRows.line))
      .limit(BATCH);
    if (rows.length > 0) return [true, await openRows(tx, list, rows)];
    const opened = { state: 'opened', openedAt: at } as const;
    await tx.update(accountLists).set(opened).where(eq(accountLists.id, list.id));
    await tellOfLists(tx, deps.clock, [{ ...list, ...opened }], at);
    return [true, []];
  });
}

/** @returns what the log of changes keeps of accounts that were there before. */
async function openRows(tx: Executor, list: AccountList, rows: readonly AccountListRow[]): Promise<Change[]> {
  const known = await accountsNamed(
    tx,
    rows.map(({ username }) => username),
  );
  const inOffice = await departmentsInOffice(tx, rows);
  const outcomes = rows.map((row): [AccountListRow, RowOutcome] => {
    const { departmentCode, regionCode } = row;
    if (departmentCode !== null && inOffice.get(departmentCode) !== regionCode) return [row, 'no-place'];
    const does = changeOf(row, known.get(row.username));
    return [row, does === 'new' ? 'opened' : (does ?? 'taken')];
  });
  const having = (wanted: RowOutcome) => outcomes.flatMap(([row, outcome]) => (outcome === wanted ? [row] : []));
  // A single application may open the same name at this moment, which does not wait for its turn.
  const opened = await insertAccounts(tx, having('opened'));
  for (const entry of outcomes) if (entry[1] === 'opened' && !opened.has(entry[0].username)) entry[1] = 'taken';
  for (const [row, outcome] of outcomes) row.outcome = outcome;
  for (const outcome of new Set(outcomes.map(([, one]) => one))) {
    const lines = having(outcome).map(({ line }) => line);
    await tx
      .update(accountListRows)
      .set({ outcome })
      .where(and(eq(accountListRows.listId, list.id), inArray(accountListRows.line, lines)));
  }
  const entries: Change[] = [];
  for (const row of having('changed')) entries.push(await changeOne(tx, list, row, known.get(row.username)!));
  return entries;
}

/** The regions of those departments that are in office. */
async function departmentsInOffice(tx: Executor, rows: readonly AccountListRow[]): Promise<Map<string, string>> {
  const codes = [...new Set(rows.flatMap(({ departmentCode }) => departmentCode ?? []))];
  if (codes.length === 0) return new Map();
  const found = await tx
    .select({ code: departments.code, regionCode: departments.regionCode })
    .from(departments)
    .where(and(inArray(departments.code, codes), isNull(departments.retiredAt)));
  return new Map(found.map(({ code, regionCode }) => [code, regionCode]));
}

/** @returns the names that were free. */
async function insertAccounts(tx: Executor, rows: readonly AccountListRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const opened = await tx
    .insert(users)
    .values(
      rows.map(({ username, displayName, role, regionCode, departmentCode }) => ({
        username,
        displayName,
        role,
        regionCode,
        departmentCode,
        // No password has this hash.
        passwordHash: '',
        mustChangePassword: true,
      })),
    )
    .onConflictDoNothing()
    .returning({ username: users.username });
  return new Set(opened.map(({ username }) => username));
}

async function changeOne(tx: Executor, { no }: AccountList, row: AccountListRow, found: OnRecord): Promise<Change> {
  const { username, role, displayName } = row;
  await tx.update(users).set({ role, displayName }).where(eq(users.username, username));
  if (role !== found.role) await endSessions(tx, username);
  const { username: _, ...before } = found;
  return {
    subject: 'account',
    key: username,
    before,
    after: { ...before, role, displayName },
    reason: `账号名册 ${no}`,
  };
}
