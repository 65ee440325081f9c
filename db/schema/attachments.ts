/** 附件: materials of a case (第十八条: 相关书面材料). The bytes are in the file store, named by their hash. */
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, recordedAt } from './columns.ts';

export const attachments = pgTable(
  'attachments',
  {
    id: uuid('id').primaryKey(),
    /** Null until a case takes it up; unclaimed uploads are removed after a day. */
    caseId: text('case_id'),
    filename: text('filename').notNull(),
    /** Told by the content, not by the file's name. */
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    /** Null for the public. */
    uploadedBy: text('uploaded_by'),
    /** SHA-256 of the token with which the public attaches it to a report. */
    claimTokenHash: text('claim_token_hash'),
    at: instant('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('attachments_case').on(t.caseId), index('attachments_content').on(t.sha256)],
);
