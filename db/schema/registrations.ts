/** Registrations, and the reasons for where each was pushed. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { RegistrationEvent, RegistrationKind, RegistrationOrigin } from '../../domain/registration/words.ts';
import type { RegistrationContact, RegistrationDetails } from '../../domain/registration/details.ts';
import type { PublishedStanding } from '../../domain/registration/published.ts';
import type { Section } from '../../domain/scope/headings.ts';
import type { HitQualifier } from '../../domain/scope/qualifiers.ts';
import { instant, legalDate, pairsOf, recordedAt } from './columns.ts';

export const registrations = pgTable(
  'registrations',
  {
    registrationNo: text('registration_no').primaryKey(),
    uscc: text('uscc').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<RegistrationKind>().notNull(),
    origin: text('origin').$type<RegistrationOrigin>().notNull(),
    regionCode: text('region_code').notNull(),
    scope: text('scope').notNull(),
    event: text('event').$type<RegistrationEvent>().notNull(),
    registeredOn: legalDate('registered_on').notNull(),
    contentHash: text('content_hash').notNull(),
    catalogueVersion: text('catalogue_version').notNull(),
    importId: uuid('import_id'),
    acceptedAt: instant('accepted_at').notNull(),
    acceptedBy: text('accepted_by').notNull(),
    /** The matters of the register (domain/registration/details.ts). */
    details: jsonb('details').$type<RegistrationDetails>(),
    /** Personal: for departments that hold a case of the registration, and its organs. */
    contact: jsonb('contact').$type<RegistrationContact>(),
    /** Handed over after the norm of the registering authority had passed. */
    late: boolean('late').notNull().default(false),
    /** 发布公示: published without a case (domain/registration/published.ts); null for others. */
    published: text('published').$type<PublishedStanding>(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('registrations_uscc').on(t.uscc),
    // The order of the list, in a county and in the province.
    index('registrations_region').on(t.regionCode.op('text_pattern_ops'), t.acceptedAt, t.registrationNo),
    index('registrations_accepted').on(t.acceptedAt, t.registrationNo),
    index('registrations_name_pairs').using('gin', pairsOf(t.name)),
    // The scopes in which departments search for their own (第七条).
    index('registrations_published_pairs')
      .using('gin', pairsOf(t.scope))
      .where(sql`published is not null`),
  ],
);

export const registrationHits = pgTable(
  'registration_hits',
  {
    registrationNo: text('registration_no').notNull(),
    position: integer('position').notNull(),
    itemId: text('item_id').notNull(),
    keyword: text('keyword').notNull(),
    clause: text('clause').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    section: text('section').$type<Section>(),
    /** Why the clause calls for less than the item's permit. */
    qualifier: jsonb('qualifier').$type<HitQualifier>(),
    /** Null if no level of the region tree has a department for the item, or a qualifier leaves nothing to approve or file. */
    departmentCode: text('department_code'),
    /** Departments looked for on the way up the region tree before one was found. */
    tried: jsonb('tried').$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.registrationNo, t.position] }), index('hits_keyword').on(t.itemId, t.keyword)],
);

export const imports = pgTable('imports', {
  id: uuid('id').primaryKey(),
  filename: text('filename'),
  startedBy: text('started_by').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  accepted: integer('accepted').notNull().default(0),
  duplicate: integer('duplicate').notNull().default(0),
  rejected: integer('rejected').notNull().default(0),
  failure: text('failure'),
  /** The file's columns, so that its rejected rows can be given back as a table. Null for imports of earlier commits. */
  columns: jsonb('columns').$type<readonly string[]>(),
});

/** Rejected rows as they came, so that nothing is lost with a bad file. */
export const importRejections = pgTable(
  'import_rejections',
  {
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    raw: text('raw').notNull(),
    problem: jsonb('problem').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.line] })],
);
