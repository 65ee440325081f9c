/** A notice that reached the inbox is also owed to each subscription that wants it: one delivery each, once. */
import { sql } from 'drizzle-orm';
import { chunksOf } from '../db/postgres/chunks.ts';
import type { Executor } from '../db/postgres/client.ts';
import { subscriptionsFor, type LiveSubscription } from '../db/queries/subscriptions.ts';
import { deliveries } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { DeliveredNotice } from '../domain/notices/delivery-message.ts';
import { deliverAt } from '../domain/notices/delivery-schedule.ts';
import { isFor, type Addressee } from '../domain/notices/subscription.ts';

/** A notice as the outbox carries it. */
export type AddressedNotice = DeliveredNotice & Addressee;

/** Part of the transaction that stores the notices in the inbox: both are there, or neither is. */
export async function fanOut(tx: Executor, notices: AddressedNotice[], clock: Clock): Promise<void> {
  const subscriptions = await subscriptionsFor(tx, notices);
  const now = clock.toLegal(Date.now());
  const rows = notices.flatMap((notice) =>
    subscriptions
      .filter(({ row, person }) => row.urgencies.includes(notice.urgency) && isFor({ ...row, person }, notice))
      .map((subscription) => delivery(subscription, notice, now, clock)),
  );
  for (const some of chunksOf(rows)) await tx.insert(deliveries).values(some).onConflictDoNothing();
}

function delivery({ row }: LiveSubscription, notice: AddressedNotice, now: number, clock: Clock) {
  // The role was how it was addressed; what leaves is the notice.
  const { role: _, ...payload } = notice;
  const due = deliverAt(notice.urgency, row, now);
  return {
    key: `${notice.key}:${row.id}`,
    subscriptionId: row.id,
    noticeKey: notice.key,
    payload,
    digestKey: due.digest ? `${row.id}:${new Date(due.at).toISOString()}` : null,
    // The database's own clock decides what is due: "at once" is said in its words.
    nextAttemptAt: due.at === now ? sql`now()` : new Date(clock.toEngine(due.at)),
  };
}
