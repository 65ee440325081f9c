/** Subscriptions: a person's own, and a department's, which its lead manages. */
import { and, count, desc, eq, isNull, or } from 'drizzle-orm';
import type { Addressee } from '../../domain/notices/subscription.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { deliveries, subscriptions, users } from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type SubscriptionRow = typeof subscriptions.$inferSelect;
type NewSubscription = typeof subscriptions.$inferInsert;

export interface LiveSubscription {
  row: SubscriptionRow;
  /** The owner; null for a department's subscription. */
  person: Addressee | null;
}

/** Neither cancelled nor of a disabled account. */
export const isLive = and(
  isNull(subscriptions.disabledAt),
  or(isNull(subscriptions.username), isNull(users.disabledAt)),
);

export async function liveSubscription(db: Executor, id: string): Promise<SubscriptionRow | undefined> {
  const [found] = await db
    .select({ row: subscriptions })
    .from(subscriptions)
    .leftJoin(users, eq(users.username, subscriptions.username))
    .where(and(isLive, eq(subscriptions.id, id)));
  return found?.row;
}

/** The subscriptions that an account may see and change. */
const keptBy = ({ username, role, departmentCode }: Actor) =>
  and(
    isNull(subscriptions.disabledAt),
    or(
      eq(subscriptions.username, username),
      role === 'department-lead' && departmentCode !== null
        ? eq(subscriptions.departmentCode, departmentCode)
        : undefined,
    ),
  );

export async function listSubscriptions(db: Database, actor: Actor): Promise<SubscriptionRow[]> {
  return db.select().from(subscriptions).where(keptBy(actor)).orderBy(desc(subscriptions.createdAt), subscriptions.id);
}

export async function findSubscription(db: Database, actor: Actor, id: string): Promise<SubscriptionRow | undefined> {
  const [row] = await db
    .select()
    .from(subscriptions)
    .where(and(keptBy(actor), eq(subscriptions.id, id)));
  return row;
}

export async function countOfOwner(db: Database, owner: Pick<NewSubscription, 'username' | 'departmentCode'>) {
  const [row] = await db
    .select({ n: count() })
    .from(subscriptions)
    .where(
      and(
        isNull(subscriptions.disabledAt),
        owner.username
          ? eq(subscriptions.username, owner.username)
          : eq(subscriptions.departmentCode, owner.departmentCode ?? ''),
      ),
    );
  return row?.n ?? 0;
}

export async function createSubscription(db: Database, values: NewSubscription): Promise<SubscriptionRow> {
  const [row] = await db.insert(subscriptions).values(values).returning();
  return row!;
}

export async function changeSubscription(db: Database, id: string, change: Partial<NewSubscription>) {
  const [row] = await db.update(subscriptions).set(change).where(eq(subscriptions.id, id)).returning();
  return row!;
}

/** Deletes pending deliveries; dead letters stay listed until somebody has looked at them. */
export async function cancelSubscription(db: Database, id: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(subscriptions).set({ disabledAt: at }).where(eq(subscriptions.id, id));
    await tx
      .delete(deliveries)
      .where(and(eq(deliveries.subscriptionId, id), isNull(deliveries.deliveredAt), isNull(deliveries.deadAt)));
  });
}
