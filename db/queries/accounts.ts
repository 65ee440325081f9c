import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Actor } from '../../domain/cases.ts';
import type { Role } from '../../domain/roles.ts';
import type { Database } from '../client.ts';
import { sessions, users } from '../schema.ts';

export interface Account extends Actor {
  displayName: string;
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

/** @returns the token, which is stored only as its hash. */
export async function openSession(db: Database, username: string): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  await db.delete(sessions).where(lt(sessions.expiresAt, new Date()));
  await db.insert(sessions).values({ tokenHash: hashToken(token), username, expiresAt });
  return { token, expiresAt };
}

export async function closeSession(db: Database, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)));
}

export async function accountOfSession(db: Database, token: string): Promise<Account | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(sessions)
    .innerJoin(users, eq(users.username, sessions.username))
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, new Date()), isNull(users.disabledAt)));
  if (!row) return undefined;
  const { username, role, regionCode, departmentCode, displayName } = row.user;
  return { username, role: role as Role, regionCode, departmentCode, displayName };
}
