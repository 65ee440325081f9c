/** Changes of accounts: each with its author and reason. A region always keeps an administrator. */
import { and, eq, gt, ilike, isNotNull, isNull, or } from 'drizzle-orm';
import { leads, maySwitch, type AccountChange } from '../../domain/organs/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { requirePlace } from './applications.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { oneTimeUntil } from './list-passwords.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';
import { endSessions, requireStanding } from '../queries/accounts.ts';
import { change, type ReferenceDeps } from '../reference/changes.ts';
import { referenceChanges, users } from '../schema.ts';
import { inRegion } from '../queries/in-region.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const ARTICLE = '第四条第二款';

type Row = typeof users.$inferSelect;
export type AccountRow = Omit<Row, 'passwordHash'>;

export interface AccountFilter {
  q?: string;
  role?: Role;
  region?: string;
  department?: string;
  disabled?: boolean;
  /** The last username of the previous page. */
  cursor?: string;
  limit: number;
}

/** A lead reads its department's accounts, organs those of their region. */
const readableBy = (actor: Actor) =>
  actor.role === 'department-lead'
    ? eq(users.departmentCode, actor.departmentCode ?? '')
    : inRegion(users.regionCode, actor.regionCode);

const mayRead = (actor: Actor, row: AccountRow) =>
  actor.role === 'department-lead' ? leads(actor, row) : isWithin(row.regionCode, actor.regionCode);

/** Accounts by username. @returns one row more than the limit if another page follows. */
export async function listAccounts(db: Database, actor: Actor, filter: AccountFilter): Promise<AccountRow[]> {
  const { q, role, region, department, disabled, cursor, limit } = filter;
  const part = q && `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await db
    .select()
    .from(users)
    .where(
      and(
        readableBy(actor),
        part ? or(ilike(users.username, part), ilike(users.displayName, part)) : undefined,
        role && eq(users.role, role),
        region ? inRegion(users.regionCode, region) : undefined,
        department ? eq(users.departmentCode, department) : undefined,
        disabled === undefined ? undefined : disabled ? isNotNull(users.disabledAt) : isNull(users.disabledAt),
        cursor ? gt(users.username, cursor) : undefined,
      ),
    )
    .orderBy(users.username)
    .limit(limit + 1);
  return rows.map(withoutSecret);
}

function withoutSecret({ passwordHash: _, ...row }: Row): AccountRow {
  return row;
}

/** What the log of changes shows of an account. */
function shown({ displayName, role, regionCode, departmentCode, disabledAt, mustChangePassword }: AccountRow) {
  return { displayName, role, regionCode, departmentCode, disabled: disabledAt !== null, mustChangePassword };
}

type Work = (tx: Executor, target: AccountRow, at: Date) => Promise<Partial<Row>>;

/**
 * Changes an account. Changes run one at a time, and each first checks that its author is still an administrator: if two
 * administrators disable each other, the second is refused. As nobody can move or disable their own account either, a
 * region is never left without an administrator.
 */
function changeAccount(
  deps: ReferenceDeps,
  actor: Actor,
  username: string,
  reason: string,
  work: Work,
): Promise<AccountRow> {
  return change(deps, actor, async (tx, at) => {
    const [found] = await tx.select().from(users).where(eq(users.username, username));
    const target = found && withoutSecret(found);
    if (!target || !mayRead(actor, target)) {
      throw new Refusal('resource.not-found', '没有这个账号，或不由您管理', { remedy: '请核对账号' });
    }
    await requireStanding(tx, actor);
    const set = await work(tx, target, at);
    const [changed] = await tx.update(users).set(set).where(eq(users.username, username)).returning();
    const after = withoutSecret(changed!);
    return [after, { subject: 'account', key: username, before: shown(target), after: shown(after), reason }];
  });
}

function refuseOwn(actor: Actor, username: string, what: string): void {
  if (actor.username !== username) return;
  throw new Refusal('account.own', `不能${what}本人的账号`, { remedy: '请由其他有权人员办理', article: ARTICLE });
}

const denied = (message: string) =>
  new Refusal('access.denied', message, { remedy: '请由平台管理员办理', article: ARTICLE });

/** Changes name, role or place of an account. @throws Refusal account.own, access.denied */
export function setAccount(deps: ReferenceDeps, actor: Actor, username: string, wanted: AccountChange) {
  const { reason, displayName, role, regionCode, departmentCode } = wanted;
  return changeAccount(deps, actor, username, reason, async (tx, target) => {
    const moves = role !== undefined || regionCode !== undefined || departmentCode !== undefined;
    if (moves) refuseOwn(actor, username, '变更');
    const place = {
      role: role ?? target.role,
      regionCode: regionCode ?? target.regionCode,
      departmentCode: departmentCode === undefined ? target.departmentCode : departmentCode,
    };
    if (!isWithin(place.regionCode, actor.regionCode)) throw denied('该区域不在您的管理区域内');
    // A display name can be corrected although the department has been retired.
    if (moves) await requirePlace(tx, place);
    return { displayName: displayName ?? target.displayName, ...place };
  });
}

/** `off` ends the account's sessions in the same transaction; `on` does not restore them. */
export function switchAccount(deps: ReferenceDeps, actor: Actor, username: string, to: 'on' | 'off', reason: string) {
  return changeAccount(deps, actor, username, reason, async (tx, target, at) => {
    refuseOwn(actor, username, to === 'off' ? '停用' : '恢复');
    if (!maySwitch(actor, target)) throw denied('部门负责人只能停用、恢复本部门经办人的账号');
    await endSessions(tx, username);
    return { disabledAt: to === 'off' ? (target.disabledAt ?? at) : null };
  });
}

/** @returns the new password. It is shown once and only allows its own replacement, for some working days. */
export async function resetPassword(
  deps: ReferenceDeps,
  actor: Actor,
  username: string,
  { reason, workingDays }: { reason: string; workingDays: number },
) {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await changeAccount(deps, actor, username, reason, async (tx, _, at) => {
    refuseOwn(actor, username, '重置');
    await endSessions(tx, username);
    return { passwordHash, mustChangePassword: true, passwordExpiresAt: await oneTimeUntil(tx, at, workingDays) };
  });
  return password;
}

/**
 * Changes the account's own password and ends its other sessions. It affects nobody else, so it does not wait for
 * administrators' changes.
 * @returns false if the verified password has been changed meanwhile.
 */
export async function replacePassword(
  { db, clock }: ReferenceDeps,
  { username }: Actor,
  { from, to, token }: { from: string; to: string; token: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(users)
      .where(and(eq(users.username, username), eq(users.passwordHash, from), isNull(users.disabledAt)))
      .for('update');
    if (!before) return false;
    await tx
      .update(users)
      .set({ passwordHash: to, mustChangePassword: false, passwordExpiresAt: null })
      .where(eq(users.username, username));
    await endSessions(tx, username, token);
    const entry = { subject: 'account' as const, key: username, changedBy: username, reason: '本人修改密码' };
    const shownBefore = shown(withoutSecret(before));
    await tx.insert(referenceChanges).values({
      ...entry,
      before: shownBefore,
      after: { ...shownBefore, mustChangePassword: false },
      at: clock.legal(Date.now()),
    });
    return true;
  });
}
