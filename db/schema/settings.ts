/** Decisions of an administrator, by version: past cases keep the version under which they began. */
import { bigserial, boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { LimitId, Rung } from '../../domain/clock/limits.ts';
import { instant, recordedAt } from './columns.ts';

/** Norms and ladders: a limit's latest row is in force for what begins after it. */
export const limitSettings = pgTable('limit_settings', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  limitId: text('limit_id').$type<LimitId>().notNull(),
  workingDays: integer('working_days').notNull(),
  ladder: jsonb('ladder').$type<Rung[]>().notNull(),
  reason: text('reason').notNull(),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
  recordedAt: recordedAt(),
});

/** What a department's lead has set for the department. No row: as it is by default. */
export const departmentSettings = pgTable('department_settings', {
  departmentCode: text('department_code').primaryKey(),
  /** 内部审核: what one person of the department submits, another one reviews first (第十九条第一款). */
  internalReview: boolean('internal_review').notNull(),
});

/** Every change of reference data: author, time, reason, and what it replaced. */
export const referenceChanges = pgTable('reference_changes', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  subject: text('subject')
    .$type<
      | 'calendar'
      | 'catalogue'
      | 'department'
      | 'department-setting'
      | 'limit'
      | 'measures'
      | 'regions'
      | 'sectors'
      | 'departments'
      | 'account'
      | 'account-application'
      | 'account-list'
    >()
    .notNull(),
  key: text('key').notNull(),
  before: jsonb('before'),
  after: jsonb('after'),
  reason: text('reason').notNull(),
  changedBy: text('changed_by').notNull(),
  at: instant('at').notNull(),
  recordedAt: recordedAt(),
});

/** The rollout of a published calendar to the running cases. */
export const calendarRollouts = pgTable('calendar_rollouts', {
  version: text('version').primaryKey(),
  startedAt: instant('started_at').notNull(),
  startedBy: text('started_by').notNull(),
  /** Running limits whose date the calendar changes, counted when it was published. */
  affected: integer('affected').notNull(),
  /** Limits not recounted when the rollout ended: no workflow runs for their cases. Null while it runs. */
  remaining: integer('remaining'),
  finishedAt: instant('finished_at'),
});
