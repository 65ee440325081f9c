/**
 * One-time passwords for a list's accounts. The holder gives a passphrase; a background process makes passwords, keeps their
 * hashes and seals them to the key that belongs to the passphrase; the holder collects them once. Nothing at rest
 * opens what is sealed. What was lost is made anew.
 */
import { and, asc, desc, eq, exists, inArray, isNull, sql } from 'drizzle-orm';
import { endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Role } from '../../domain/organs/roles.ts';
import type { Executor } from '../postgres/client.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { findAccountList, type AccountList } from '../queries/account-lists.ts';
import { change, type Change, type ReferenceDeps } from '../reference/changes.ts';
import { accountListRows, accountLists, accountListSealed, users } from '../schema.ts';
import { judged, listFor } from './list-decisions.ts';
import { openerOf, sealOf, type Opener, type Seal } from './sealing.ts';

/** Until when a password that is given now can be used: the end of the last of so many working days. */
export async function oneTimeUntil(db: Executor, at: Date, workingDays: number): Promise<Date> {
  const { due } = addWorkingDays(await currentCalendar(db), legalDateOf(at.getTime()), workingDays);
  return new Date(endOfDay(due));
}

/**
 * The accounts that get a password: opened by this list, still where the list put them, in use, and not yet taken over by
 * their owner. Others keep what they have.
 */
export const waitsForPassword = and(
  eq(users.username, accountListRows.username),
  eq(accountListRows.outcome, 'opened'),
  eq(users.role, accountListRows.role),
  eq(users.regionCode, accountListRows.regionCode),
  sql`${users.departmentCode} is not distinct from ${accountListRows.departmentCode}`,
  eq(users.mustChangePassword, true),
  isNull(users.disabledAt),
);

interface Order {
  no: string;
  passphrase: string;
  reason: string;
  /** For which a password can be used. */
  workingDays: number;
}

/**
 * Asks for passwords; earlier ones of the list that nobody has used end. @throws Refusal as listFor,
 * account-list.nothing-to-issue, rate.limited
 */
export async function issuePasswords(deps: ReferenceDeps, actor: Actor, order: Order): Promise<AccountList> {
  const { no, reason, workingDays } = order;
  judged(actor, 'issue', await findAccountList(deps.db, no));
  const seal = await sealFor(deps.db, actor, order.passphrase);
  return change(deps, actor, async (tx, at): Promise<[AccountList, Change]> => {
    const before = await listFor(tx, actor, 'issue', no);
    await refuseEmpty(tx, before);
    const [after] = await tx
      .update(accountLists)
      .set({
        passwordState: 'making',
        issue: before.issue + 1,
        issuedTo: actor.username,
        issuedAt: at,
        sealSalt: seal.salt,
        sealKey: seal.publicKey,
        passwordsUntil: await oneTimeUntil(tx, at, workingDays),
        collectedBy: null,
        collectedAt: null,
        leasedUntil: null,
      })
      .where(eq(accountLists.id, before.id))
      .returning();
    await removeSealed(tx, before.id);
    return [after!, { subject: 'account-list', key: no, before: shown(before), after: shown(after!), reason }];
  });
}

/** Lists for which one person gives one passphrase have one key, so that they are collected together by deriving it once. */
async function sealFor(db: Executor, { username }: Actor, passphrase: string): Promise<Seal> {
  const [latest] = await db
    .select({ salt: accountLists.sealSalt, publicKey: accountLists.sealKey })
    .from(accountLists)
    .where(and(eq(accountLists.issuedTo, username), inArray(accountLists.passwordState, ['making', 'ready'])))
    .orderBy(desc(accountLists.issuedAt), desc(accountLists.id))
    .limit(1);
  if (!latest?.salt || !latest.publicKey) return sealOf(passphrase);
  const seal = { salt: latest.salt, publicKey: latest.publicKey };
  return (await openerOf(passphrase, seal)) ? seal : sealOf(passphrase);
}

async function refuseEmpty(tx: Executor, { id }: AccountList): Promise<void> {
  const isWaiting = exists(
    tx
      .select({ one: sql`1` })
      .from(users)
      .where(waitsForPassword),
  );
  const [some] = await tx
    .select({ line: accountListRows.line })
    .from(accountListRows)
    .where(and(eq(accountListRows.listId, id), isWaiting))
    .limit(1);
  if (some) return;
  throw new Refusal('account-list.nothing-to-issue', '名册中没有需要一次性密码的账号：没有新开的，或均已由本人启用', {
    remedy: '本人忘记密码的，请由平台管理员重置',
  });
}

const removeSealed = (tx: Executor, listId: number) =>
  tx.delete(accountListSealed).where(eq(accountListSealed.listId, listId));

/** What the log of changes shows. */
const shown = ({ passwordState, issue, issuedTo, passwordsUntil }: AccountList) => ({
  passwordState,
  issue,
  issuedTo,
  passwordsUntil,
});

export interface MadePassword {
  username: string;
  displayName: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
  password: string;
}

/** What a sealed piece belongs to: put into another list or issue, it does not open. */
export const pieceName = (no: string, issue: number, firstLine: number): string => `${no}/${issue}/${firstLine}`;

export interface CollectedList {
  list: AccountList;
  passwords: MadePassword[];
}

/**
 * Hands out the passwords of lists, once. @param pack makes the file; the lists count as collected if it succeeds.
 * @throws Refusal as listFor, account-list.passphrase-wrong, account-list.passwords-expired, rate.limited
 */
export async function collectPasswords<T>(
  deps: ReferenceDeps,
  actor: Actor,
  { nos, passphrase }: { nos: readonly string[]; passphrase: string },
  pack: (lists: CollectedList[]) => Promise<T>,
): Promise<T> {
  // One after another in one order, so that two who collect the same lists do not wait for each other.
  const numbers = [...new Set(nos)].toSorted();
  const openers = await openersOf(deps.db, actor, numbers, passphrase);
  return change(deps, actor, async (tx, at): Promise<[T, Change[]]> => {
    const collected: CollectedList[] = [];
    const entries: Change[] = [];
    for (const no of numbers) {
      const before = await listFor(tx, actor, 'collect', no);
      const opener = openers.get(before.sealKey?.toString('base64') ?? '');
      refuseLate(before, at);
      if (!opener) throw wrongPassphrase(no);
      collected.push({ list: before, passwords: await opened(tx, before, opener) });
      const by = { passwordState: 'collected', collectedBy: actor.username, collectedAt: at } as const;
      await tx.update(accountLists).set(by).where(eq(accountLists.id, before.id));
      await removeSealed(tx, before.id);
      const after = shown({ ...before, ...by });
      entries.push({ subject: 'account-list', key: no, before: shown(before), after, reason: '领取一次性密码' });
    }
    return [await pack(collected), entries];
  });
}

/**
 * Deriving a key takes a while: once for each key, before the transaction, which judges again, and only for who may collect.
 * @returns by the public key.
 */
async function openersOf(db: Executor, actor: Actor, nos: readonly string[], passphrase: string) {
  const openers = new Map<string, Opener>();
  for (const no of nos) {
    const { sealSalt: salt, sealKey: publicKey } = judged(actor, 'collect', await findAccountList(db, no));
    const key = publicKey?.toString('base64') ?? '';
    if (!salt || !publicKey || openers.has(key)) continue;
    const opener = await openerOf(passphrase, { salt, publicKey });
    if (!opener) throw wrongPassphrase(no);
    openers.set(key, opener);
  }
  return openers;
}

const wrongPassphrase = (no: string) =>
  new Refusal('account-list.passphrase-wrong', `文件口令与名册${no}生成密码时填写的不一致`, {
    remedy: '请核对口令；忘记的，请重新生成一次性密码',
  });

function refuseLate({ no, passwordsUntil }: AccountList, at: Date): void {
  if (!passwordsUntil || passwordsUntil > at) return;
  throw new Refusal('account-list.passwords-expired', `名册${no}的一次性密码已过有效期`, {
    remedy: '请重新生成一次性密码',
  });
}

async function opened(tx: Executor, { id, no, issue }: AccountList, open: Opener): Promise<MadePassword[]> {
  const pieces = await tx
    .select()
    .from(accountListSealed)
    .where(and(eq(accountListSealed.listId, id), eq(accountListSealed.issue, issue)))
    .orderBy(asc(accountListSealed.firstLine));
  const made: MadePassword[] = [];
  for (const { firstLine, content } of pieces) {
    made.push(...(JSON.parse(await open(content, pieceName(no, issue, firstLine))) as MadePassword[]));
  }
  return made;
}

/** Removes what nobody collected in time. Their passwords open nothing any more. @returns how many lists. */
export function expirePasswords(deps: ReferenceDeps, system: string): Promise<number> {
  return change(deps, { username: system }, async (tx, at): Promise<[number, Change[]]> => {
    const late = await tx
      .select()
      .from(accountLists)
      .where(
        and(
          inArray(accountLists.passwordState, ['making', 'ready']),
          sql`${accountLists.passwordsUntil} <= ${at.toISOString()}::timestamptz`,
        ),
      )
      .orderBy(asc(accountLists.id))
      .limit(100)
      .for('update');
    for (const { id } of late) {
      await tx.update(accountLists).set({ passwordState: 'expired' }).where(eq(accountLists.id, id));
      await removeSealed(tx, id);
    }
    const entries = late.map((before): Change => ({
      subject: 'account-list',
      key: before.no,
      before: shown(before),
      after: shown({ ...before, passwordState: 'expired' }),
      reason: '逾期未领取，密码文件已删除',
    }));
    return [late.length, entries];
  });
}
