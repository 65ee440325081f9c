/** The deliveries of a notice: one for each subscription that wants it, once. */
import { sql } from 'drizzle-orm';
import type { Clock } from '../../domain/clock/clock.ts';
import type { DeliveredNotice } from '../../domain/notices/delivery-message.ts';
import { deliverAt } from '../../domain/notices/delivery-schedule.ts';
import { isFor, type Addressee } from '../../domain/notices/subscription.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import type { LiveSubscription } from '../queries/subscriptions.ts';
import { deliveries } from '../schema.ts';

/** A notice with its key and whom it addresses. */
export type AddressedNotice = DeliveredNotice & Addressee;

/** @param subscriptions those that the notices may match. */
export async function fanOut(
  tx: Executor,
  clock: Clock,
  notices: readonly AddressedNotice[],
  subscriptions: readonly LiveSubscription[],
): Promise<void> {
  const now = clock.toLegal(Date.now());
  const rows = notices.flatMap((notice) =>
    subscriptions
      .filter(({ row, person }) => row.urgencies.includes(notice.urgency) && isFor({ ...row, person }, notice))
      .map((subscription) => delivery(subscription, notice, now, clock)),
  );
  for (const some of chunksOf(rows)) await tx.insert(deliveries).values(some).onConflictDoNothing();
}

function delivery({ row }: LiveSubscription, notice: AddressedNotice, now: number, clock: Clock) {
  // The role only addressed the notice; it is not part of the message.
  const { role: _, ...payload } = notice;
  const due = deliverAt(notice.urgency, row, now);
  return {
    key: `${notice.key}:${row.id}`,
    subscriptionId: row.id,
    noticeKey: notice.key,
    payload,
    digestKey: due.digest ? `${row.id}:${new Date(due.at).toISOString()}` : null,
    // The database's clock decides what is due, so "at once" is its now().
    nextAttemptAt: due.at === now ? sql`now()` : new Date(clock.toEngine(due.at)),
  };
}
