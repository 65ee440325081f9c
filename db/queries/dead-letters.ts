/** Messages whose delivery was given up: listed, and sent again when the receiver is back. */
import { and, count, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { deliveries, subscriptions, users } from '../schema.ts';

/** A digest counts as one letter, whichever of its notices carries it. */
const isLetter = and(
  isNotNull(deliveries.deadAt),
  or(isNull(deliveries.carriedBy), eq(deliveries.carriedBy, deliveries.id)),
);

const ofSubscription = (id: string | undefined) => (id ? eq(deliveries.subscriptionId, id) : undefined);

export interface DeadLetterQuery {
  subscriptionId?: string | undefined;
  before?: number | undefined;
  limit: number;
}

export async function listDeadLetters(db: Database, { subscriptionId, before, limit }: DeadLetterQuery) {
  const notices = sql<string>`(select count(*) from deliveries d
    where d.id = ${deliveries.id} or d.carried_by = ${deliveries.id})`;
  return db
    .select({ letter: deliveries, subscription: subscriptions, displayName: users.displayName, notices })
    .from(deliveries)
    .innerJoin(subscriptions, eq(subscriptions.id, deliveries.subscriptionId))
    .leftJoin(users, eq(users.username, subscriptions.username))
    .where(and(isLetter, ofSubscription(subscriptionId), before ? lt(deliveries.id, before) : undefined))
    .orderBy(desc(deliveries.id))
    .limit(limit);
}

export async function deadLetterIds(db: Database, subscriptionId: string | undefined, limit: number) {
  const where = and(isLetter, ofSubscription(subscriptionId));
  const rows = await db.select({ id: deliveries.id }).from(deliveries).where(where).orderBy(deliveries.id).limit(limit);
  const [total] = await db.select({ n: count() }).from(deliveries).where(where);
  return { ids: rows.map(({ id }) => id), remaining: (total?.n ?? 0) - rows.length };
}

export type ReplayResult = 'replayed' | 'not-found' | 'not-dead' | 'subscription-cancelled';

/** Sends a letter again: three more days, under its old key, by which a receiver that has it already recognises it. */
export async function replayDeadLetter(db: Database, id: number): Promise<ReplayResult> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ letter: deliveries, subscription: subscriptions, user: users })
      .from(deliveries)
      .innerJoin(subscriptions, eq(subscriptions.id, deliveries.subscriptionId))
      .leftJoin(users, eq(users.username, subscriptions.username))
      .where(eq(deliveries.id, id))
      .for('update', { of: deliveries });
    if (!found) return 'not-found';
    if (found.letter.deadAt === null) return 'not-dead';
    if (found.subscription.disabledAt || found.user?.disabledAt) return 'subscription-cancelled';
    const lead = found.letter.carriedBy ?? id;
    await tx
      .update(deliveries)
      .set({ deadAt: null, attempts: 0, firstAttemptAt: null, nextAttemptAt: sql`now()` })
      .where(and(isNotNull(deliveries.deadAt), or(eq(deliveries.id, lead), eq(deliveries.carriedBy, lead))));
    await tx.execute(sql`select pg_notify('outbox', '')`);
    return 'replayed';
  });
}
