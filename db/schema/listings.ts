/** 联合惩戒 (第九条): entries of dishonesty lists, and the measures that departments took. */
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { SanctionMeasures } from '../../domain/organs/sanction-measures.ts';
import type { DishonestyList } from '../../domain/publicity/dishonesty-lists.ts';
import { instant, legalDate, recordedAt } from './columns.ts';

export const listings = pgTable(
  'listings',
  {
    listingId: text('listing_id').primaryKey(),
    /** A key of DISHONESTY_LISTS. */
    list: text('list').$type<DishonestyList>().notNull(),
    /** 案号 or 决定文号: identifies an entry together with list and enterprise. */
    documentNo: text('document_no').notNull(),
    uscc: text('uscc').notNull(),
    authority: text('authority').notNull(),
    grounds: text('grounds').notNull(),
    listedOn: legalDate('listed_on').notNull(),
    regionCode: text('region_code').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    contentHash: text('content_hash').notNull(),
    measuresVersion: text('measures_version').notNull(),
    importId: text('import_id'),
    acceptedAt: instant('accepted_at').notNull(),
    acceptedBy: text('accepted_by').notNull(),
    removedAt: instant('removed_at'),
    recordedAt: recordedAt(),
  },
  (t) => [uniqueIndex('listings_entry').on(t.list, t.documentNo, t.uscc), index('listings_enterprise').on(t.uscc)],
);

/** Which department may restrict what, and on what basis: data, by version. */
export const sanctionMeasures = pgTable('sanction_measures', {
  version: text('version').primaryKey(),
  content: jsonb('content').$type<SanctionMeasures>().notNull(),
  recordedAt: recordedAt(),
});

/** Restrictions in force, with which queries about an enterprise are answered. */
export const restrictions = pgTable(
  'restrictions',
  {
    caseId: text('case_id').notNull(),
    measureId: text('measure_id').notNull(),
    listingId: text('listing_id').notNull(),
    uscc: text('uscc').notNull(),
    departmentCode: text('department_code').notNull(),
    decidedAt: instant('decided_at').notNull(),
    executedAt: instant('executed_at'),
    liftedAt: instant('lifted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.measureId] }),
    index('restrictions_enterprise').on(t.uscc),
    index('restrictions_listing').on(t.listingId),
  ],
);
