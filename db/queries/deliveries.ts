/** Deliveries: claimed, carried out, given up, replayed. The rows of a digest follow the one that carries them. */
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { DeliveredNotice } from '../../domain/notices/delivery-message.ts';
import type { Database } from '../postgres/client.ts';
import { deliveries } from '../schema.ts';

/** A claimed row that is due. */
export interface DueDelivery {
  id: number;
  key: string;
  subscriptionId: string;
  attempts: number;
  /** Like `claimedAt` in epoch ms by the database's clock, which also decides what is due. */
  firstAttemptAt: number;
  claimedAt: number;
}

/**
 * Any fixed number. One process claims at a time: a claim takes milliseconds, and one at a time is simpler to get right.
 */
const CLAIM_LOCK = 4_211_907;

/** A receiver that does not answer must not fill a whole batch. */
const AT_ONCE_PER_SUBSCRIPTION = 4;

/** Leases due rows to this process. If it reports no result (it was killed), the rows are free again after the lease. */
export async function claimDue(db: Database, limit: number, leaseSeconds: number): Promise<DueDelivery[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`);
    // A digest is closed at its hour; notices that arrive later begin another.
    await tx.execute(sql`
      update deliveries set carried_by = due.lead
      from (
        select id, first_value(id) over (partition by digest_key order by id) as lead from deliveries
        where digest_key is not null and carried_by is null and delivered_at is null and dead_at is null
          and next_attempt_at <= now()
      ) due
      where deliveries.id = due.id`);
    const claimed = await tx.execute<{
      id: string;
      key: string;
      subscription_id: string;
      attempts: number;
      first: string;
      claimed: string;
    }>(sql`
      update deliveries set
        next_attempt_at = now() + make_interval(secs => ${leaseSeconds}),
        attempts = attempts + 1,
        first_attempt_at = coalesce(first_attempt_at, now())
      where id in (
        select id from (
          select id, next_attempt_at,
            row_number() over (partition by subscription_id order by next_attempt_at, id) as place
          from deliveries
          where delivered_at is null and dead_at is null and next_attempt_at <= now()
            and (digest_key is null or carried_by = id)
        ) due
        where place <= ${AT_ONCE_PER_SUBSCRIPTION}
        order by next_attempt_at, id limit ${limit}
      )
      returning id, key, subscription_id, attempts,
        extract(epoch from first_attempt_at) * 1000 as first, extract(epoch from now()) * 1000 as claimed`);
    return claimed.rows.map((row) => ({
      id: Number(row.id),
      key: row.key,
      subscriptionId: row.subscription_id,
      attempts: row.attempts,
      firstAttemptAt: Number(row.first),
      claimedAt: Number(row.claimed),
    }));
  });
}

const carried = (id: number) => or(eq(deliveries.id, id), eq(deliveries.carriedBy, id));
const pending = and(isNull(deliveries.deliveredAt), isNull(deliveries.deadAt));

/** The notices that a delivery carries: its own, or all of its digest. */
export async function noticesOf(db: Database, id: number): Promise<DeliveredNotice[]> {
  const rows = await db
    .select({ payload: deliveries.payload })
    .from(deliveries)
    .where(carried(id))
    .orderBy(asc(deliveries.id));
  return rows.map(({ payload }) => payload);
}

/** @param at legal time. */
export async function markDelivered(db: Database, id: number, at: Date): Promise<void> {
  await db
    .update(deliveries)
    .set({ deliveredAt: at, lastError: null })
    .where(and(carried(id), pending));
}

/** @param next when to try again, by the database's clock. */
export async function markFailed(db: Database, id: number, lastError: string, next: Date): Promise<void> {
  await db
    .update(deliveries)
    .set({ lastError, nextAttemptAt: next })
    .where(and(eq(deliveries.id, id), pending));
}

/** @param at legal time. */
export async function markDead(db: Database, id: number, lastError: string, at: Date): Promise<void> {
  await db
    .update(deliveries)
    .set({ lastError, deadAt: at })
    .where(and(carried(id), pending));
}

/** Deletes a pending delivery that nobody wants any more. */
export async function dropDelivery(db: Database, id: number): Promise<void> {
  await db.delete(deliveries).where(and(carried(id), pending));
}
