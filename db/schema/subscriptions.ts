/** Where notices go besides the inbox (M14): who wants what, and each delivery until it arrived or died. */
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
    /** Exactly one of both: a person's own, or a department's. */
    username: text('username'),
    departmentCode: text('department_code'),
    channel: text('channel').$type<Channel>().notNull(),
    /** Mail address or URL. */
    target: text('target').notNull(),
    /** HMAC key of webhooks and DingTalk robots. */
    secret: text('secret'),
    urgencies: text('urgencies').array().$type<Urgency[]>().notNull(),
    /** Null: at once. Otherwise the hour (0–23, UTC+8) at which a day's notices go together. */
    digestHour: integer('digest_hour'),
    /** Quiet hours, UTC+8; both null: none. Breach and supervision are never held back. */
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
    /** The notice's key and the subscription's id: each notice once per subscription. */
    key: text('key').notNull().unique(),
    subscriptionId: uuid('subscription_id').notNull(),
    noticeKey: text('notice_key').notNull(),
    payload: jsonb('payload').$type<DeliveredNotice>().notNull(),
    /** Rows of one digest share it. */
    digestKey: text('digest_key'),
    /**
     * Of a digest's rows: the one that goes out for all of them, its own id in that row. Set when the hour has come and
     * never changed, so that a repeated attempt carries the same notices; null while the digest is still being gathered.
     */
    carriedBy: bigint('carried_by', { mode: 'number' }),
    attempts: integer('attempts').notNull().default(0),
    /** Engine time, as nextAttemptAt is; what people read (deliveredAt, deadAt) is legal time. */
    firstAttemptAt: instant('first_attempt_at'),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    deliveredAt: instant('delivered_at'),
    /** Given up after three days; listed and replayable. */
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
