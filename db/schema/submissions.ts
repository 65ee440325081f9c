/** What the public sent with an Idempotency-Key: sent again, it is answered with the receipt that it has. */
import { pgTable, text } from 'drizzle-orm/pg-core';
import { recordedAt } from './columns.ts';

export const submissions = pgTable('submissions', {
  key: text('key').primaryKey(),
  /** SHA-256 of what was asked, so that another request under the same key is refused. */
  requestHash: text('request_hash').notNull(),
  /** Null only inside the transaction that accepts it. */
  receiptNo: text('receipt_no'),
  recordedAt: recordedAt(),
});
