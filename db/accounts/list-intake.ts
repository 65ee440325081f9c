/** Lists of accounts (账号名册) as they come in: each row is judged by the record, and all rows are kept or none. */
import { createHash, randomBytes } from 'node:crypto';
import { and, count, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import {
  changeOf,
  type AccountListState,
  type PlacedRow,
  type Places,
  type RowChange,
} from '../../domain/organs/account-lists.ts';
import { accountListNotice } from '../../domain/notices/account-notices.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import type { AccountList } from '../queries/account-lists.ts';
import { requireStanding } from '../queries/accounts.ts';
import { inRegion } from '../queries/in-region.ts';
import { storeNotices } from '../notices/store-notices.ts';
import { change, type Change, type ReferenceDeps } from '../reference/changes.ts';
import { accountListRows, accountLists, departments, regions, users } from '../schema.ts';

/** What the sender may name: a lead its department, an administrator those of its region. */
export async function placesFor(db: Executor, sender: Actor): Promise<Places> {
  const isOwn = eq(departments.code, sender.departmentCode ?? '');
  const mine = sender.role === 'department-lead' ? isOwn : inRegion(departments.regionCode, sender.regionCode);
  const found = await db.select().from(departments).where(mine);
  const places = await db.select({ code: regions.code }).from(regions).where(inRegion(regions.code, sender.regionCode));
  const names = new Map<string, number>();
  for (const { name, retiredAt } of found) if (!retiredAt) names.set(name, (names.get(name) ?? 0) + 1);
  const known: Places['departments'] = new Map(
    found.flatMap(({ code, name, regionCode, retiredAt }) => {
      const department = { code, regionCode, retired: retiredAt !== null };
      const isOnly = !retiredAt && names.get(name) === 1;
      return [[code, department] as const, ...(isOnly ? [[name, department] as const] : [])];
    }),
  );
  return { regions: new Set(places.map(({ code }) => code)), departments: known };
}

export interface OnRecord {
  username: string;
  displayName: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
  disabled: boolean;
}

/** The accounts on record that have the given names. @param usernames at most some hundreds. */
export async function accountsNamed(db: Executor, usernames: readonly string[]): Promise<Map<string, OnRecord>> {
  if (usernames.length === 0) return new Map();
  const found = await db
    .select()
    .from(users)
    .where(inArray(users.username, [...usernames]));
  return new Map(
    found.map(({ username, displayName, role, regionCode, departmentCode, disabledAt }) => [
      username,
      { username, displayName, role, regionCode, departmentCode, disabled: disabledAt !== null },
    ]),
  );
}

export interface JudgedRow extends PlacedRow {
  line: number;
  change: RowChange;
}

export interface Judgement {
  change?: RowChange;
  /** The account that the row would change. */
  found?: OnRecord;
  /** In Chinese, why the row is refused. */
  fault?: string;
}

/** Judges rows by the accounts on record. @param rows at most some hundreds. */
export async function judgeRows(db: Executor, sender: Actor, rows: readonly PlacedRow[]): Promise<Judgement[]> {
  const known = await accountsNamed(
    db,
    rows.map(({ username }) => username),
  );
  return rows.map((row): Judgement => {
    const found = known.get(row.username);
    const does = changeOf(row, found);
    if (!does) {
      const isOwn = found?.disabled && found.departmentCode === row.departmentCode;
      return {
        fault: isOwn
          ? `账号${row.username}已停用，请由平台管理员恢复后再上报`
          : `账号${row.username}已被使用，请另选账号`,
      };
    }
    if (does === 'changed' && row.username === sender.username) {
      return { fault: `不能变更本人的账号${row.username}，请由其他有权人员办理` };
    }
    return { change: does, ...(found && { found }) };
  });
}

/** Accounts of a department that are in use and not named by a list: told, never touched. */
export async function absentAccounts(db: Executor, departmentCode: string, named: readonly string[], most: number) {
  const isAbsent = and(
    eq(users.departmentCode, departmentCode),
    isNull(users.disabledAt),
    sql`${users.username} <> all(${sql.param([...named])}::text[])`,
  );
  const [total] = await db.select({ rows: count() }).from(users).where(isAbsent);
  const some = await db
    .select({ username: users.username })
    .from(users)
    .where(isAbsent)
    .orderBy(users.username)
    .limit(most);
  return { count: total?.rows ?? 0, usernames: some.map(({ username }) => username) };
}

export interface SubmittedList {
  no: string;
  regionCode: string;
  rowCount: number;
  state: AccountListState;
  /** It was handed in before. */
  duplicate: boolean;
}

/**
 * Hands in what a sender's file says: of a lead one list, of an administrator one for each region. The same list handed in
 * again, also at once, is the one that stands.
 */
export function submitLists(
  deps: ReferenceDeps,
  sender: Actor,
  rows: readonly JudgedRow[],
  about: { reason: string; filename: string | undefined },
): Promise<SubmittedList[]> {
  return change(deps, sender, async (tx, at): Promise<[SubmittedList[], Change[]]> => {
    await requireStanding(tx, sender);
    const departmentCode = sender.role === 'department-lead' ? sender.departmentCode : null;
    const parts = [...byRegion(rows)].map(([regionCode, part]) => ({
      no: receiptNumber(randomBytes(12), legalDateOf(at.getTime())),
      regionCode,
      departmentCode,
      part,
      contentHash: hashOf(departmentCode ?? regionCode, part),
    }));
    const lists = await insertLists(tx, sender, parts, { ...about, at, clock: deps.clock });
    const entries = lists
      .filter(({ isNew }) => isNew)
      .map(({ no, state, regionCode, rowCount }): Change => {
        const after = { state, regionCode, departmentCode, rows: rowCount };
        return { subject: 'account-list', key: no, before: null, after, reason: about.reason };
      });
    const handed = lists.map(({ no, state, regionCode, rowCount, isNew }) => {
      return { no, state, regionCode, rowCount, duplicate: !isNew };
    });
    return [handed.toSorted((one, other) => one.regionCode.localeCompare(other.regionCode)), entries];
  });
}

function byRegion(rows: readonly JudgedRow[]): Map<string, JudgedRow[]> {
  const parts = new Map<string, JudgedRow[]>();
  for (const row of rows) {
    const part = parts.get(row.regionCode);
    if (part) part.push(row);
    else parts.set(row.regionCode, [row]);
  }
  return parts;
}

interface Part {
  no: string;
  regionCode: string;
  departmentCode: string | null;
  contentHash: string;
  part: readonly JudgedRow[];
}

/** In few statements, because other changes of accounts wait meanwhile. */
async function insertLists(
  tx: Executor,
  sender: Actor,
  parts: readonly Part[],
  {
    at,
    clock,
    reason,
    filename = null,
  }: { at: Date; clock: Clock; reason: string; filename?: string | null | undefined },
) {
  const inserted = await tx
    .insert(accountLists)
    .values(
      parts.map(({ no, regionCode, departmentCode, contentHash, part }) => ({
        no,
        regionCode,
        departmentCode,
        contentHash,
        filename,
        reason,
        state: 'submitted' as const,
        rowCount: part.length,
        submittedBy: sender.username,
        submittedAt: at,
      })),
    )
    .onConflictDoNothing()
    .returning();
  const idOf = new Map(inserted.map(({ no, id }) => [no, id]));
  const rows = parts.flatMap(({ no, part }) => {
    const listId = idOf.get(no);
    return listId === undefined ? [] : part.map((row) => ({ ...row, listId }));
  });
  for (const chunk of chunksOf(rows)) await tx.insert(accountListRows).values(chunk);
  await tellOfLists(tx, clock, inserted, at);
  const hashes = parts.filter(({ no }) => !idOf.has(no)).map(({ contentHash }) => contentHash);
  const isSame = and(inArray(accountLists.contentHash, hashes), ne(accountLists.state, 'refused'));
  const standing = hashes.length === 0 ? [] : await tx.select().from(accountLists).where(isSame);
  return [
    ...inserted.map((list) => ({ ...list, isNew: true })),
    ...standing.map((list) => ({ ...list, isNew: false })),
  ];
}

/** Tells two lists apart by whose they are and by their accounts, in whatever order. */
function hashOf(owner: string, rows: readonly JudgedRow[]): string {
  const lines = rows.map(({ username, displayName, role, departmentCode, phone }) =>
    JSON.stringify([username, displayName, role, departmentCode, phone]),
  );
  return createHash('sha256')
    .update(JSON.stringify([owner, lines.toSorted()]))
    .digest('hex');
}

/** Notifies those who act next through the inbox. */
export async function tellOfLists(tx: Executor, clock: Clock, lists: readonly AccountList[], at: Date): Promise<void> {
  if (lists.length === 0) return;
  const codes = [...new Set(lists.map(({ regionCode }) => regionCode))];
  const places = await tx.select().from(regions).where(inArray(regions.code, codes));
  const names = new Map(places.map(({ code, name }) => [code, name]));
  const organs = [...new Set(lists.flatMap(({ departmentCode }) => departmentCode ?? []))];
  const offices =
    organs.length === 0 ? [] : await tx.select().from(departments).where(inArray(departments.code, organs));
  for (const { code, name } of offices) names.set(code, name);
  const notices = lists.flatMap((list) => {
    const { no, regionCode, departmentCode, rowCount, state, issue, passwordState } = list;
    const stage = passwordState === 'ready' ? 'ready' : state;
    const organName = names.get(departmentCode ?? regionCode) ?? regionCode;
    const payload = accountListNotice(stage, { no, regionCode, departmentCode, organName, rowCount }, at);
    const key = `account-list:${no}:${stage}${stage === 'ready' ? `:${issue}` : ''}`;
    return payload ? [{ key, payload }] : [];
  });
  await storeNotices(tx, clock, notices);
}
