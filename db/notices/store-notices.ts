/** 站内信: notices are stored by the transaction that causes them, together with their deliveries to subscriptions. */
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Clock } from '../../domain/clock/clock.ts';
import type { NoticePayload } from '../../domain/notices/notices.ts';
import { chunksOf } from '../postgres/chunks.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import type { Executor } from '../postgres/client.ts';
import { isLive } from '../queries/subscriptions.ts';
import { notices, subscriptions, users } from '../schema.ts';
import { fanOut } from './fan-out.ts';

export interface KeyedNotice {
  /** Stored once, whatever is repeated after a crash. */
  key: string;
  payload: NoticePayload;
}

/** Stores those of the notices that are not stored yet. Nothing waits for a receiver: deliveries go out by themselves. */
export async function storeNotices(tx: Executor, clock: Clock, entries: readonly KeyedNotice[]): Promise<void> {
  for (const some of chunksOf(entries)) await storeSome(tx, clock, some);
}

async function storeSome(tx: Executor, clock: Clock, entries: readonly KeyedNotice[]): Promise<void> {
  const batch = entries.map(({ key, payload }) => ({ ...payload, key }));
  // One statement for most steps: subscriptions are few, and a notice that none may match ends here.
  const rows = batch.map((notice) => ({ ...notice, at: new Date(notice.at) }));
  const { departmentCode, role } = notices;
  const stored = tx
    .$with('stored', { departmentCode, role })
    .as(sql`${insertRows(notices, rows)} on conflict do nothing returning key, department_code, role`);
  const departments = tx.select({ code: stored.departmentCode }).from(stored);
  const found = await tx
    .with(stored)
    .select({ row: subscriptions, user: users, fresh: sql<string[]>`(select array_agg(key) from stored)` })
    .from(subscriptions)
    .leftJoin(users, eq(users.username, subscriptions.username))
    .where(
      and(
        isLive,
        or(
          inArray(subscriptions.departmentCode, departments),
          inArray(users.departmentCode, departments),
          inArray(users.role, tx.select({ role: stored.role }).from(stored)),
        ),
      ),
    );
  const fresh = new Set(found[0]?.fresh);
  const told = batch.filter(({ key }) => fresh.has(key));
  if (told.length > 0) {
    await fanOut(
      tx,
      clock,
      told,
      found.map(({ row, user }) => ({ row, person: user })),
    );
  }
}
