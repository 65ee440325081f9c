/** Cases, their limits and what was done to them. Written only by activities/case-records.ts and the intakes. */
import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { CommandResult } from '../../domain/case/case.ts';
import type { Interruption } from '../../domain/case/interruption.ts';
import type { CaseType } from '../../domain/case/id.ts';
import type { Pause } from '../../domain/clock/deadlines.ts';
import type { LimitId, LimitKind, Rung, WITHDRAWN } from '../../domain/clock/limits.ts';
import type { RungDates } from '../../domain/clock/running-limit.ts';
import type { ActorRole } from '../../domain/organs/actor.ts';
import { instant, legalDate, pairsOf, recordedAt } from './columns.ts';

/** By remaining time; cases without a running limit come last. */
const due = sql`coalesce(due_at, 'infinity')`;

export const cases = pgTable(
  'cases',
  {
    /** Also the Temporal workflow id. */
    caseId: text('case_id').primaryKey(),
    caseType: text('case_type').$type<CaseType>().notNull(),
    stage: text('stage').notNull(),
    status: text('status').$type<'open' | 'closed'>().notNull(),
    /** 登记编号, 文书号 or 名单编号: the number by which people know the matter. */
    caseNo: text('case_no').notNull(),
    /** The enterprise that the case is about; null only for a complaint about a trader without a credit code. */
    uscc: text('uscc'),
    /** How many times the same obligation has come round (see domain/case/id.ts); 1 if it cannot. */
    round: integer('round').notNull(),
    /** The department that must act; null if anyone entitled may (the pool). */
    departmentCode: text('department_code'),
    regionCode: text('region_code').notNull(),
    parentCaseId: text('parent_case_id'),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** The nearest running deadline; lists sort by it. */
    dueAt: instant('due_at'),
    /** The first breach of any of the case's limits, whoever answers for it. */
    breachedAt: instant('breached_at'),
    /** The workflow's input, with which it is started again if Temporal's data are lost (outbox/restore-cases.ts). */
    input: jsonb('input'),
    step: integer('step').notNull().default(0),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    recordedAt: recordedAt(),
  },
  (t) => [
    // Each list of cases reads one of the following in its order, and stops after a page (db/queries/case-pages.ts). What a
    // case pays for them: docs/performance.md, "Lists and search".
    index('cases_order').on(t.status, due, t.caseId),
    index('cases_stage_order').on(t.caseType, t.stage, t.status, due, t.caseId),
    index('cases_region_order').on(t.regionCode.op('text_pattern_ops'), t.status, due, t.caseId),
    index('cases_department_order').on(t.departmentCode, t.status, due, t.caseId),
    index('cases_breached')
      .on(t.status, due, t.caseId)
      .where(sql`breached_at is not null`),
    index('cases_breached_region')
      .on(t.regionCode.op('text_pattern_ops'), t.status, due, t.caseId)
      .where(sql`breached_at is not null`),
    index('cases_returned')
      .on(sql`(facts -> 'returnReason' ->> 'reasonCode')`, t.status, due, t.caseId)
      .where(sql`case_type = 'registrationPush' and stage = 'returned'`),
    // Numbers of cases by stage and place, from the index alone.
    index('cases_stage').on(t.caseType, t.stage, t.regionCode.op('text_pattern_ops')),
    // Of some days, day by day.
    index('cases_opened_on').on(sql`legal_day(opened_at)`, t.status, due, t.caseId),
    index('cases_closed_on')
      .on(sql`legal_day(closed_at)`, due, t.caseId)
      .where(sql`closed_at is not null`),
    // Search by the beginning of the number, under any collation.
    index('cases_no_beginning').on(t.caseNo.op('text_pattern_ops')),
    index('cases_enterprise').on(t.uscc),
    // What a supervising organ is told of (registration-push/opening.ts).
    index('cases_supervised')
      .using('gin', sql`(facts -> 'supervisedBy')`)
      .where(sql`facts ? 'supervisedBy'`),
  ],
);

/**
 * The business scopes of pool entries, in which departments search for their own (第七条). A trigger on `cases` copies each
 * from its registration: an index over the scopes of all registrations would be large.
 */
export const poolScopes = pgTable(
  'pool_scopes',
  {
    caseId: text('case_id').primaryKey(),
    scope: text('scope').notNull(),
  },
  (t) => [index('pool_scopes_pairs').using('gin', pairsOf(t.scope))],
);

/** What the row of a limit's term holds; a function, because each table needs columns of its own. */
const termColumns = () => ({
  caseId: text('case_id').notNull(),
  limitId: text('limit_id').$type<LimitId>().notNull(),
  workingDays: integer('working_days').notNull(),
  kind: text('kind').$type<LimitKind>().notNull(),
  startedAt: instant('started_at').notNull(),
  /** The rungs in force when the limit began; a later change of the norm does not affect them. */
  rungs: jsonb('rungs').$type<Rung[]>().notNull(),
  /** Increases with every extension. */
  ladder: integer('ladder').notNull().default(1),
  /** 中止: days that are not counted, first and last included; the last may be open. */
  pauses: jsonb('pauses').$type<Pause[]>().notNull().default([]),
  suspendedAt: instant('suspended_at'),
  startDate: legalDate('start_date').notNull(),
  dueDate: legalDate('due_date').notNull(),
  dueAt: instant('due_at').notNull(),
  /** The calendar by which the due date was counted. */
  calendarVersion: text('calendar_version').notNull(),
  /** The days of the ladder as the case knows them: they may move while the due date stays. */
  rungDates: jsonb('rung_dates').$type<RungDates>().notNull().default({}),
  provisional: boolean('provisional').notNull(),
  settledAt: instant('settled_at'),
  breachedAt: instant('breached_at'),
});

/** Each limit of a case in its present term. */
export const deadlines = pgTable('deadlines', termColumns(), (t) => [
  primaryKey({ columns: [t.caseId, t.limitId] }),
  index('deadlines_running')
    .on(t.dueAt)
    .where(sql`settled_at is null`),
  // What a calendar that came late may forgive (db/queries/forgivable-breaches.ts).
  index('deadlines_settled_late')
    .on(t.dueDate)
    .where(sql`settled_at is not null and breached_at is not null`),
]);

/** Terms that were breached before their limit began again, as they ended: a calendar that comes late counts them, too. */
export const pastTerms = pgTable('past_terms', termColumns(), (t) => [
  primaryKey({ columns: [t.caseId, t.limitId, t.ladder] }),
  index('past_terms_due').on(t.dueDate),
]);

/**
 * Inserting a row here fires a rung: once, whatever crashes. A breach that a new calendar withdraws has a second row,
 * `withdrawn`, and counts nowhere.
 */
export const rungs = pgTable(
  'rungs',
  {
    caseId: text('case_id').notNull(),
    limitId: text('limit_id').$type<LimitId>().notNull(),
    rung: text('rung').$type<Rung | typeof WITHDRAWN>().notNull(),
    /** Increases with every extension: a new term has its own reminders. */
    ladder: integer('ladder').notNull().default(1),
    dueAt: instant('due_at').notNull(),
    firedAt: instant('fired_at').notNull(),
    /**
     * The department that answers for it (domain/oversight/answering.ts); null for nobody, or for an organ that is no
     * department.
     */
    answering: text('answering'),
    recordedAt: recordedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.limitId, t.ladder, t.rung] }),
    // Breaches by day (db/queries/case-filter.ts).
    index('rungs_breaches')
      .on(t.dueAt)
      .where(sql`rung = 'due'`),
    // Whether breaches of a kind of limit are few, and whose they are.
    index('rungs_breached_limits')
      .on(t.limitId, t.caseId)
      .where(sql`rung = 'due'`),
  ],
);

/** Append-only: a trigger refuses update and delete (see the migrations). */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    caseId: text('case_id').notNull(),
    /** Counts from 1 within the case. */
    step: integer('step').notNull(),
    /** Identifies the step across retries (domain/case/case-step.ts). */
    token: text('token')
      .notNull()
      .default(sql`gen_random_uuid()::text`),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    actorRole: text('actor_role').$type<ActorRole>().notNull(),
    actorDepartment: text('actor_department'),
    action: text('action').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    article: text('article').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    uniqueIndex('audit_case_step').on(t.caseId, t.step),
    uniqueIndex('audit_case_token').on(t.caseId, t.token),
    index('audit_actor').on(t.actor, t.id),
    // What happened in a month, and breaches that were written later (db/queries/assessment.ts).
    index('audit_at').on(t.at),
    index('audit_breaches')
      .on(t.at)
      .where(sql`action in ('rung:due', 'breach.withdrawn')`),
  ],
);

/** Results of commands by idempotency key. Temporal keeps such results only until the run ends. */
export const commands = pgTable(
  'commands',
  {
    caseId: text('case_id').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    result: jsonb('result').$type<CommandResult>().notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.key] })],
);

/**
 * Commands that have arrived and are not answered yet. The instant of a command is that of its first arrival
 * (电子签名法第十一条), also if the process engine was away and the sender had to repeat it.
 */
export const arrivals = pgTable(
  'arrivals',
  {
    caseId: text('case_id').notNull(),
    key: text('key').notNull(),
    /** The same key with another content is another command. */
    requestHash: text('request_hash').notNull(),
    /** By the clock of PostgreSQL, which all processes of the API share. */
    arrivedAt: instant('arrived_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.key, t.requestHash] })],
);

/**
 * Open cases that were found to be interrupted, by whoever met them: their workflow is gone, or differs from the record.
 * Each is removed when it is restored (outbox/restore-cases.ts).
 */
export const interruptedCases = pgTable('interrupted_cases', {
  caseId: text('case_id').primaryKey(),
  reason: text('reason').$type<Interruption>().notNull(),
  since: instant('since').notNull().defaultNow(),
});
