/** 信息归集公示 (第五条、第七条) and 更正 (第十八条): records with every version that was ever shown. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../../domain/publicity/record-fields.ts';
import type { PublicitySection } from '../../domain/publicity/sections.ts';
import { instant, legalDate, recordedAt } from './columns.ts';

export const records = pgTable(
  'records',
  {
    recordId: text('record_id').primaryKey(),
    kind: text('kind').$type<RecordKind>().notNull(),
    /** 文书号: with department and kind the identity of a record. */
    documentNo: text('document_no').notNull(),
    uscc: text('uscc').notNull(),
    departmentCode: text('department_code').notNull(),
    regionCode: text('region_code').notNull(),
    /** The day on which the information came into being, as it is shown now; both nested limits count from the first. */
    generatedOn: legalDate('generated_on').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Section of the national publicity system under which it is shown now, or is to be; of a day it is its version's. */
    section: text('section').$type<PublicitySection>().notNull(),
    /** The latest version, shown or not: only the latest application of a correction may be reviewed and carried out. */
    version: integer('version').notNull(),
    publishedAt: instant('published_at'),
    /** 撤下: from then on it is shown no longer, and its document may be submitted anew. */
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

/** What was shown on a day is the version whose span contains its end. Rows are added and closed, never rewritten. */
export const recordVersions = pgTable(
  'record_versions',
  {
    recordId: text('record_id').notNull(),
    version: integer('version').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    contentHash: text('content_hash').notNull(),
    submittedBy: text('submitted_by').notNull(),
    /** The case that brought the version: a publication or a correction. */
    caseId: text('case_id').notNull(),
    /** An application for 撤下 takes its place among the versions; it has no content and is never shown. */
    withdraws: boolean('withdraws').notNull().default(false),
    /** Null until it is shown. */
    shownFrom: instant('shown_from'),
    shownUntil: instant('shown_until'),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.version] })],
);

/** What people wrote to the organ (第十八条第二款): names, contacts and texts stay here and never reach Temporal. */
export const correctionReports = pgTable(
  'correction_reports',
  {
    /** 回执号: with it, and only with it, the public asks for progress. */
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
