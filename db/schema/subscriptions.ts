/** Where notices go besides the inbox (M14): who wants which, and each delivery until it arrived or was given up. */
import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { DeliveredNotice } from '../../domain/notices/delivery-message.ts';
import type { Channel } from '../../domain/notices/subscription.ts';
import type { Urgency } from '../../domain/notices/notices.ts';
import { instant, recordedAt } from './columns.ts';

export const subscriptions = pgTable(
  'subscriptions',
  {
    id: uuid('id').primaryKey(),
    /** Exactly one of the two: a person's own subscription, or a department's. */
    username: text('username'),
    departmentCode: text('department_code'),
    channel: text('channel').$type<Channel>().notNull(),
    /** Mail address or URL. */
    target: text('target').notNull(),
    /** HMAC key of webhooks and DingTalk robots. */
    secret: text('secret'),
    urgencies: text('urgencies').array().$type<Urgency[]>().notNull(),
    /** Null: at once. Otherwise the hour (0–23, UTC+8) at which a day's notices go out together. */
    digestHour: integer('digest_hour'),
    /** Quiet hours, UTC+8; both null: none. Notices of breach and supervision are never held back. */
    quietFromHour: integer('quiet_from_hour'),
    quietUntilHour: integer('quiet_until_hour'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [index('subscriptions_user').on(t.username), index('subscriptions_department').on(t.departmentCode)],
);

export const deliveries = pgTable(
  'deliveries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** The notice's key and the subscription's id: each notice goes once to each subscription. */
    key: text('key').notNull().unique(),
    subscriptionId: uuid('subscription_id').notNull(),
    noticeKey: text('notice_key').notNull(),
    payload: jsonb('payload').$type<DeliveredNotice>().notNull(),
    /** Shared by the rows of one digest. */
    digestKey: text('digest_key'),
    /**
     * The row of the digest that is sent for all its rows; in that row, its own id. Set at the digest's hour and never
     * changed, so that a repeated attempt carries the same notices. Null while the digest is being gathered.
     */
    carriedBy: bigint('carried_by', { mode: 'number' }),
    attempts: integer('attempts').notNull().default(0),
    /** The database's own time, like nextAttemptAt. What people read (deliveredAt, deadAt) is legal time. */
    firstAttemptAt: instant('first_attempt_at'),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    deliveredAt: instant('delivered_at'),
    /** Given up after three days; listed, and can be sent again. */
    deadAt: instant('dead_at'),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('deliveries_pending')
      .on(t.nextAttemptAt)
      .where(sql`delivered_at is null and dead_at is null`),
    index('deliveries_dead')
      .on(t.deadAt)
      .where(sql`dead_at is not null`),
    index('deliveries_carried').on(t.carriedBy),
    index('deliveries_subscription').on(t.subscriptionId),
  ],
);
