/** 联合惩戒 (第九条): entries of dishonesty lists, and the measures that departments took. */
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { SanctionMeasures } from '../../domain/organs/sanction-measures.ts';
import type { DishonestyList } from '../../domain/publicity/dishonesty-lists.ts';
import type { Severity } from '../../domain/rule-sets/penalty-publicity.ts';
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
    /** As the source names it. */
    authority: text('authority').notNull(),
    /** The department that decided. Null: a court. */
    authorityCode: text('authority_code'),
    /** A key of LISTING_GROUNDS; null where the source's words are none of the list's grounds. */
    ground: text('ground'),
    /** A key of SEVERITIES. */
    severity: text('severity').$type<Severity>(),
    grounds: text('grounds').notNull(),
    listedOn: legalDate('listed_on').notNull(),
    /** The last day, included. Null: until it is removed. */
    listedUntil: legalDate('listed_until'),
    /** 最短公示期: the last day, included. */
    minimumPublicUntil: legalDate('minimum_public_until'),
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
  (t) => [
    uniqueIndex('listings_entry').on(t.list, t.documentNo, t.uscc),
    index('listings_enterprise').on(t.uscc),
    // An organ's whole list (全量名单).
    index('listings_authority').on(t.list, t.authority),
    index('listings_authority_code').on(t.list, t.authorityCode),
    check('listings_days_agree', sql`listed_until is null or listed_until >= listed_on`),
    check(
      'listings_public_at_least',
      sql`minimum_public_until is null or minimum_public_until between listed_on and coalesce(listed_until, 'infinity')`,
    ),
  ],
);

/** 全量名单: what each comparison found. */
export const fullLists = pgTable(
  'full_lists',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    list: text('list').$type<DishonestyList>().notNull(),
    /** The organ as its entries name it, or the code of the department that sent its own. */
    organ: text('organ').notNull(),
    /** Of the sender: the list is compared with the entries of this region. */
    regionCode: text('region_code').notNull(),
    asOf: legalDate('as_of').notNull(),
    theirCount: integer('their_count').notNull(),
    theirHash: text('their_hash').notNull(),
    ourCount: integer('our_count').notNull(),
    ourHash: text('our_hash').notNull(),
    /** Null: only count and hash were sent. */
    missing: integer('missing'),
    unknown: integer('unknown'),
    receivedAt: instant('received_at').notNull(),
    receivedBy: text('received_by').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('full_lists_newest').on(t.list, t.organ, t.regionCode, t.asOf),
    index('full_lists_region').on(t.regionCode.op('text_pattern_ops'), t.id),
  ],
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
    /** When the decision was entered. */
    decidedAt: instant('decided_at').notNull(),
    /** 做出限制决定之日. Of decisions of earlier commits, the day of entry. */
    decidedOn: legalDate('decided_on').notNull(),
    documentNo: text('document_no'),
    /** Null: in force from the decision on. */
    validFrom: legalDate('valid_from'),
    /** The last day, included. Null: in force until it is lifted. */
    validUntil: legalDate('valid_until'),
    /** A key of restriction_texts. */
    texts: text('texts'),
    executedAt: instant('executed_at'),
    liftedAt: instant('lifted_at'),
    /** 期满: 24:00, UTC+8, of its last day. Never set together with liftedAt: whichever came first counts. */
    expiredAt: instant('expired_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.measureId] }),
    index('restrictions_enterprise').on(t.uscc),
    index('restrictions_listing').on(t.listingId),
    check('restrictions_end_once', sql`lifted_at is null or expired_at is null`),
    check('restrictions_days_agree', sql`valid_until is null or valid_until >= coalesce(valid_from, decided_on)`),
    check('restrictions_begin_decided', sql`valid_from is null or valid_from >= decided_on`),
  ],
);

/** Basis and person of a decision: people's texts and names stay here and never reach Temporal (第十九条). */
export const restrictionTexts = pgTable(
  'restriction_texts',
  {
    caseId: text('case_id').notNull(),
    /** SHA-256 of the two texts: a decision that is sent again has the same. */
    texts: text('texts').notNull(),
    /** Null: what the catalogue of measures says. */
    basis: text('basis'),
    /** 提请人: who asked for the decision in the department. */
    personAsking: text('person_asking').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.texts] })],
);

/** Who asked about whom: queries about many enterprises at once (第十九条第二款). Append-only, by a trigger. */
export const restrictionQueries = pgTable(
  'restriction_queries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Legal time. */
    at: instant('at').notNull(),
    username: text('username').notNull(),
    departmentCode: text('department_code'),
    regionCode: text('region_code').notNull(),
    /** 查询人: the person for whom the account asked. */
    personAsking: text('person_asking').notNull(),
    asOf: legalDate('as_of').notNull(),
    codes: jsonb('codes').$type<string[]>().notNull(),
    /** How many of the enterprises were restricted. */
    restricted: integer('restricted').notNull(),
    downloaded: boolean('downloaded').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('restriction_queries_region').on(t.regionCode.op('text_pattern_ops'), t.id)],
);
