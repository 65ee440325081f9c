import { and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { noticeReads, notices } from '../schema.ts';
import { isOfOwnLevel } from '../../domain/organs/roles.ts';
import { inRegion } from './in-region.ts';
import type { Actor } from '../../domain/organs/actor.ts';

/**
 * A notice is addressed to a department, or to a role in a region and the regions above it; to a government only in its own
 * region.
 */
const addressedTo = ({ departmentCode, role, regionCode }: Actor) =>
  or(
    eq(notices.departmentCode, departmentCode ?? ''),
    and(
      eq(notices.role, role),
      isOfOwnLevel({ role }) ? eq(notices.regionCode, regionCode) : inRegion(notices.regionCode, regionCode),
    ),
  );

export interface InboxQuery {
  unread?: boolean;
  caseId?: string;
  before?: number;
  limit: number;
}

export async function listNotices(db: Database, actor: Actor, { unread, caseId, before, limit }: InboxQuery) {
  return db
    .select({ notice: notices, readAt: noticeReads.readAt })
    .from(notices)
    .leftJoin(noticeReads, and(eq(noticeReads.noticeId, notices.id), eq(noticeReads.username, actor.username)))
    .where(
      and(
        addressedTo(actor),
        unread ? isNull(noticeReads.readAt) : undefined,
        caseId ? eq(notices.caseId, caseId) : undefined,
        before ? lt(notices.id, before) : undefined,
      ),
    )
    .orderBy(desc(notices.id))
    .limit(limit);
}

/** @returns how many of them are the reader's and were unread. */
export async function markRead(db: Database, actor: Actor, ids: number[]): Promise<number> {
  const mine = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(addressedTo(actor), inArray(notices.id, ids)));
  if (mine.length === 0) return 0;
  const rows = await db
    .insert(noticeReads)
    .values(mine.map(({ id }) => ({ noticeId: id, username: actor.username, readAt: new Date() })))
    .onConflictDoNothing()
    .returning();
  return rows.length;
}

/** Counts up to `most`: nobody reads more at a glance, and a year's notices are many. */
export async function countUnread(db: Database, actor: Actor, most: number): Promise<number> {
  const unread = db
    .select({ id: notices.id })
    .from(notices)
    .leftJoin(noticeReads, and(eq(noticeReads.noticeId, notices.id), eq(noticeReads.username, actor.username)))
    .where(and(addressedTo(actor), isNull(noticeReads.readAt)))
    .limit(most)
    .as('unread');
  return db.$count(unread);
}
