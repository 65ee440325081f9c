/**
 * The record. Times are legal time (UTC+8 law read on the system's clock, see domain/clock.ts) unless named recordedAt,
 * which is the database's own. Case tables are written by activities/case-records.ts and the intake only.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const legalDate = (name: string) => date(name, { mode: 'string' });
const recordedAt = () => instant('recorded_at').notNull().defaultNow();

/* Reference data: versioned, never rewritten. */

export const regions = pgTable('regions', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  level: text('level').$type<'province' | 'prefecture' | 'county'>().notNull(),
  parent: text('parent'),
});

/** Codes that a region carried before today's edition of GB/T 2260. */
export const formerRegionCodes = pgTable('former_region_codes', {
  code: text('code').primaryKey(),
  currentCode: text('current_code').notNull(),
});

export const departments = pgTable(
  'departments',
  {
    code: text('code').primaryKey(),
    sector: text('sector').notNull(),
    regionCode: text('region_code').notNull(),
    name: text('name').notNull(),
  },
  (t) => [index('departments_region').on(t.regionCode)],
);

export const catalogues = pgTable('catalogues', {
  version: text('version').primaryKey(),
  content: jsonb('content').notNull(),
  recordedAt: recordedAt(),
});

export const calendars = pgTable('calendars', {
  version: text('version').primaryKey(),
  validThrough: legalDate('valid_through').notNull(),
  content: jsonb('content').notNull(),
  recordedAt: recordedAt(),
});

/** One row: which clock this data was created under. A data set never changes its clock. */
export const clockSetting = pgTable('clock_setting', {
  id: integer('id').primaryKey().default(1),
  secondsPerWorkingDay: integer('seconds_per_working_day'),
  anchor: bigint('anchor', { mode: 'number' }).notNull(),
});

/* Accounts. */

export const users = pgTable('users', {
  username: text('username').primaryKey(),
  passwordHash: text('password_hash').notNull(),
  displayName: text('display_name').notNull(),
  role: text('role').notNull(),
  regionCode: text('region_code').notNull(),
  departmentCode: text('department_code'),
  disabledAt: instant('disabled_at'),
});

export const sessions = pgTable('sessions', {
  /** SHA-256 of the token: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  username: text('username').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/* Registrations and the reasons why they went where they went. */

export const registrations = pgTable(
  'registrations',
  {
    registrationNo: text('registration_no').primaryKey(),
    uscc: text('uscc').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    origin: text('origin').notNull(),
    regionCode: text('region_code').notNull(),
    scope: text('scope').notNull(),
    event: text('event').notNull(),
    registeredOn: legalDate('registered_on').notNull(),
    contentHash: text('content_hash').notNull(),
    catalogueVersion: text('catalogue_version').notNull(),
    importId: uuid('import_id'),
    acceptedAt: instant('accepted_at').notNull(),
    acceptedBy: text('accepted_by').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('registrations_uscc').on(t.uscc), index('registrations_region').on(t.regionCode)],
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
    section: text('section'),
    departmentCode: text('department_code').notNull(),
    /** Departments asked for on the way up the region tree before one was found. */
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
});

/** Rejected rows are kept as they came, so that nothing is lost with a bad file. */
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

/* Cases. */

export const cases = pgTable(
  'cases',
  {
    /** Also the Temporal workflow id. */
    caseId: text('case_id').primaryKey(),
    caseType: text('case_type').notNull(),
    stage: text('stage').notNull(),
    status: text('status').$type<'open' | 'closed'>().notNull(),
    registrationNo: text('registration_no').notNull(),
    chain: text('chain').notNull(),
    round: integer('round').notNull(),
    /** Who must act; null where anyone entitled may (the pool). */
    departmentCode: text('department_code'),
    regionCode: text('region_code').notNull(),
    parentCaseId: text('parent_case_id'),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** The nearest running deadline; lists sort by it. */
    dueAt: instant('due_at'),
    breachedAt: instant('breached_at'),
    step: integer('step').notNull().default(0),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('cases_list').on(t.caseType, t.departmentCode, t.status, t.dueAt),
    index('cases_region').on(t.caseType, t.regionCode),
    index('cases_registration').on(t.registrationNo),
  ],
);

export const deadlines = pgTable(
  'deadlines',
  {
    caseId: text('case_id').notNull(),
    limitId: text('limit_id').notNull(),
    workingDays: integer('working_days').notNull(),
    kind: text('kind').notNull(),
    startedAt: instant('started_at').notNull(),
    startDate: legalDate('start_date').notNull(),
    dueDate: legalDate('due_date').notNull(),
    dueAt: instant('due_at').notNull(),
    calendarVersion: text('calendar_version').notNull(),
    provisional: boolean('provisional').notNull(),
    settledAt: instant('settled_at'),
    breachedAt: instant('breached_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.limitId] }),
    index('deadlines_running')
      .on(t.dueAt)
      .where(sql`settled_at is null`),
  ],
);

/** A rung is fired by being inserted here: once, whatever crashes. */
export const rungs = pgTable(
  'rungs',
  {
    caseId: text('case_id').notNull(),
    limitId: text('limit_id').notNull(),
    rung: text('rung').notNull(),
    dueAt: instant('due_at').notNull(),
    firedAt: instant('fired_at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.limitId, t.rung] })],
);

/** Append-only: a trigger refuses update and delete (see the migrations). */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    caseId: text('case_id').notNull(),
    step: integer('step').notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    actorRole: text('actor_role').notNull(),
    actorDepartment: text('actor_department'),
    action: text('action').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    article: text('article').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [uniqueIndex('audit_case_step').on(t.caseId, t.step)],
);

/** Our own idempotency ledger: Temporal's ends with the run. */
export const commands = pgTable(
  'commands',
  {
    caseId: text('case_id').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    result: jsonb('result').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.key] })],
);

/* Effects that leave the database. */

export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').$type<'start-case' | 'notice'>().notNull(),
    /** The effect's identity: the same key is written once. */
    key: text('key').notNull().unique(),
    payload: jsonb('payload').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    doneAt: instant('done_at'),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('outbox_pending')
      .on(t.kind, t.nextAttemptAt)
      .where(sql`done_at is null`),
  ],
);

export const notices = pgTable(
  'notices',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** The outbox key: a delivery repeated after a crash changes nothing. */
    key: text('key').notNull().unique(),
    caseId: text('case_id').notNull(),
    topic: text('topic').notNull(),
    urgency: text('urgency').notNull(),
    /** Addressed to a department, or else to a role in a region. */
    departmentCode: text('department_code'),
    role: text('role'),
    regionCode: text('region_code').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    article: text('article').notNull(),
    at: instant('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('notices_department').on(t.departmentCode, t.id), index('notices_role').on(t.role, t.id)],
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
