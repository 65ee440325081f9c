/** Effects that leave the database: outbox and inbox. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Urgency } from '../../domain/notices/notices.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { instant, recordedAt } from './columns.ts';

/** What goes out first: what a person or a single message causes goes before the rows of a file. */
export const PRIORITY = { single: 0, file: 1 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** Attempts after which a row that is still pending is shown in the health of the system. */
export const STUBBORN = 5;

export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').$type<'start-case' | 'tell-case' | 'notice' | 'calendar-rollout'>().notNull(),
    /** Identifies the effect: a key is stored once. */
    key: text('key').notNull().unique(),
    payload: jsonb('payload').notNull(),
    priority: smallint('priority').$type<Priority>().notNull().default(PRIORITY.single),
    /** Of a case that a file has opened. */
    importId: uuid('import_id'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    doneAt: instant('done_at'),
    recordedAt: recordedAt(),
  },
  (t) => [
    // Done rows are many and must cost a claim nothing: the index gives the claim's order, too (db/queries/outbox.ts).
    index('outbox_due')
      .on(t.kind, t.priority, t.nextAttemptAt, t.id)
      .where(sql`done_at is null`),
    // Tells how many of a file's cases wait (db/cases/opened.ts).
    index('outbox_of_import')
      .on(t.importId)
      .where(sql`import_id is not null`),
    index('outbox_stubborn')
      .on(t.id)
      .where(sql`done_at is null and attempts >= ${sql.raw(String(STUBBORN))}`),
    // What a restored case is told again (db/cases/told.ts).
    index('outbox_told')
      .on(sql`(payload->>'caseId')`)
      .where(sql`kind = 'tell-case'`),
  ],
);

export const notices = pgTable(
  'notices',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** The outbox key, so that a delivery repeated after a crash changes nothing. */
    key: text('key').notNull().unique(),
    caseId: text('case_id').notNull(),
    topic: text('topic').notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    /** Addressed to a department, or otherwise to a role in a region. */
    departmentCode: text('department_code'),
    role: text('role').$type<Role>(),
    regionCode: text('region_code').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    article: text('article').notNull(),
    at: instant('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('notices_department').on(t.departmentCode, t.id),
    index('notices_role').on(t.role, t.id),
    index('notices_case').on(t.caseId),
  ],
);

export const noticeReads = pgTable(
  'notice_reads',
  {
    noticeId: bigint('notice_id', { mode: 'number' }).notNull(),
    username: text('username').notNull(),
    readAt: instant('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.username] })],
);
