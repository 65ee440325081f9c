/** Submissions of the public with an Idempotency-Key: a repeated one is answered with its first receipt. */
import { pgTable, text } from 'drizzle-orm/pg-core';
import { recordedAt } from './columns.ts';

export const submissions = pgTable('submissions', {
  key: text('key').primaryKey(),
  /** SHA-256 of the content, so that another request under the same key is refused. */
  requestHash: text('request_hash').notNull(),
  /** Null only inside the transaction that accepts the submission. */
  receiptNo: text('receipt_no'),
  recordedAt: recordedAt(),
});
