import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { sessions, users } from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface Account extends Actor {
  displayName: string;
  mustChangePassword: boolean;
}

/** An official's working day: signing in once in the morning is enough. */
const SESSION_HOURS = 12;

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

export async function findUser(db: Database, username: string) {
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.username, username), isNull(users.disabledAt)));
  return user;
}

export interface Opened {
  token: string;
  expiresAt: Date;
}

/**
 * Sessions live by the database's clock, because another process may ask. @returns the token; the database holds only
 * its hash.
 */
export async function openSession(db: Executor, username: string): Promise<Opened> {
  const token = randomBytes(32).toString('base64url');
  await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
  const [opened] = await db
    .insert(sessions)
    .values({ tokenHash: hashToken(token), username, expiresAt: sql`now() + make_interval(hours => ${SESSION_HOURS})` })
    .returning({ expiresAt: sessions.expiresAt });
  return { token, expiresAt: opened!.expiresAt };
}

/**
 * Opens a session after the password was verified, which takes a while. Both the password and the account must be
 * unchanged since: a change of either ends the existing sessions and must not miss this one.
 */
export async function openVerifiedSession(
  db: Database,
  { username, passwordHash }: { username: string; passwordHash: string },
): Promise<Opened | undefined> {
  return db.transaction(async (tx) => {
    const [unchanged] = await tx
      .select({ username: users.username })
      .from(users)
      .where(and(eq(users.username, username), eq(users.passwordHash, passwordHash), isNull(users.disabledAt)))
      .for('share');
    return unchanged && openSession(tx, username);
  });
}

/** Those of the given accounts that are enabled and whose password an administrator has not reset. */
export async function enabledAmong<T extends { username: string }>(db: Database, accounts: readonly T[]): Promise<T[]> {
  const names = accounts.map(({ username }) => username);
  const rows = await db
    .select({ username: users.username })
    .from(users)
    .where(and(inArray(users.username, names), isNull(users.disabledAt), eq(users.mustChangePassword, false)));
  const enabled = new Set(rows.map(({ username }) => username));
  return accounts.filter(({ username }) => enabled.has(username));
}

/** Ends all sessions of an account, or all but that of one token. */
export async function endSessions(db: Executor, username: string, except?: string): Promise<void> {
  const others = except === undefined ? undefined : ne(sessions.tokenHash, hashToken(except));
  await db.delete(sessions).where(and(eq(sessions.username, username), others));
}

export async function closeSession(db: Database, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)));
}

/** @returns undefined if the token is unknown or expired, or the account disabled. */
export async function accountOfSession(db: Database, token: string): Promise<Account | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(sessions)
    .innerJoin(users, eq(users.username, sessions.username))
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)));
  if (!row) return undefined;
  const { username, role, regionCode, departmentCode, displayName, mustChangePassword } = row.user;
  return { username, role, regionCode, departmentCode, displayName, mustChangePassword };
}

/**
 * For changes that wait for their turn: the author's rights may have ended since the request was let in.
 * @throws Refusal access.denied
 */
export async function requireStanding(
  db: Executor,
  { username, role, regionCode, departmentCode }: Actor,
): Promise<void> {
  const [standing] = await db
    .select({ username: users.username })
    .from(users)
    .where(
      and(
        eq(users.username, username),
        eq(users.role, role),
        eq(users.regionCode, regionCode),
        sql`${users.departmentCode} is not distinct from ${departmentCode}`,
        isNull(users.disabledAt),
      ),
    );
  if (standing) return;
  throw new Refusal('access.denied', '您的账号已停用或已变更', { remedy: '请重新登录' });
}

/** Whether the platform is administered with this account. */
export async function isAdministrator(db: Database, username: string): Promise<boolean> {
  const isIt = and(eq(users.username, username), eq(users.role, 'platform-administrator'), isNull(users.disabledAt));
  const rows = await db.select({ username: users.username }).from(users).where(isIt);
  return rows.length > 0;
}
