/** 信息归集公示 (第五条、第七条) and 更正 (第十八条): records with every version that was ever shown. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { StoredEvent } from '../../domain/publicity/record-events.ts';
import type { RecordKind } from '../../domain/publicity/record-fields.ts';
import type { PublicitySection } from '../../domain/publicity/sections.ts';
import { instant, legalDate, recordedAt } from './columns.ts';

export const records = pgTable(
  'records',
  {
    recordId: text('record_id').primaryKey(),
    kind: text('kind').$type<RecordKind>().notNull(),
    /** 文书号: identifies a record together with department and kind. */
    documentNo: text('document_no').notNull(),
    uscc: text('uscc').notNull(),
    departmentCode: text('department_code').notNull(),
    regionCode: text('region_code').notNull(),
    /** The day of generation that is shown now. Both nested limits count from the first one declared. */
    generatedOn: legalDate('generated_on').notNull(),
    /** 归集: when it arrived on the platform. Null while its department itself reviews it (第十九条第一款). */
    receivedAt: instant('received_at'),
    /**
     * The section of the national publicity system under which it is shown now or will be. For a past day, see its
     * version.
     */
    section: text('section').$type<PublicitySection>().notNull(),
    /** The highest number that a version has, taken up or not. */
    version: integer('version').notNull(),
    publishedAt: instant('published_at'),
    /** 撤下: from this instant it is not shown, and its document may be submitted again. */
    withdrawnAt: instant('withdrawn_at'),
    importId: text('import_id'),
    recordedAt: recordedAt(),
  },
  (t) => [
    uniqueIndex('records_document')
      .on(t.departmentCode, t.kind, t.documentNo)
      .where(sql`withdrawn_at is null`),
    index('records_withdrawn')
      .on(t.documentNo)
      .where(sql`withdrawn_at is not null`),
    index('records_enterprise').on(t.uscc, t.section),
  ],
);

/** What was shown on a day is the version whose span contains the day's end. Rows are added and closed, never rewritten. */
export const recordVersions = pgTable(
  'record_versions',
  {
    recordId: text('record_id').notNull(),
    version: integer('version').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    /** Of the content; of what an event says until the event is shown. */
    contentHash: text('content_hash').notNull(),
    submittedBy: text('submitted_by').notNull(),
    /** The case that brought the version: a publication of the record or of an event, or a correction. */
    caseId: text('case_id').notNull(),
    /** An application for 撤下 counts as a version without content that is never shown. */
    withdraws: boolean('withdraws').notNull().default(false),
    /** Null until a step of its case takes it up: it came with a command that was refused or is under way. Nobody sees it. */
    takenUpAt: instant('taken_up_at'),
    /**
     * What happened to the record (变更、延续……): the version is the record as it is afterwards. If another version was shown
     * since, the content is composed anew when this one is shown, never later.
     */
    event: jsonb('event').$type<StoredEvent>(),
    /** The last day on which it is shown, and why; set when it is shown. Null: no term. Read by every query for a day. */
    publicUntil: legalDate('public_until'),
    publicBasis: text('public_basis'),
    /** Null until it is shown. */
    shownFrom: instant('shown_from'),
    shownUntil: instant('shown_until'),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.version] })],
);

/**
 * A record that came with an answer to a push, until the answer's step brings it onto the platform: its content never
 * passes through Temporal (第十九条). Removed then, or when the case is closed without it.
 */
export const recordDrafts = pgTable(
  'record_drafts',
  {
    draftId: text('draft_id').primaryKey(),
    caseId: text('case_id').notNull(),
    draft: jsonb('draft').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('record_drafts_case').on(t.caseId)],
);

/** What people wrote to the organ (第十八条第二款). Names, contacts and texts stay in this table and never reach Temporal. */
export const correctionReports = pgTable(
  'correction_reports',
  {
    /** 回执号: the only means by which the public asks for progress. */
    receiptNo: text('receipt_no').primaryKey(),
    caseId: text('case_id').notNull(),
    recordId: text('record_id').notNull(),
    reporterName: text('reporter_name'),
    contact: text('contact'),
    content: text('content').notNull(),
    reportedAt: instant('reported_at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('correction_reports_case').on(t.caseId)],
);
