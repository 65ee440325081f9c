/**
 * Rollups behind statistics and assessment. Derived: everything in them can be counted again from cases, rungs,
 * registrations and the audit log (`npm run -s recount -- --check`). docs/adr/0013-rollups.md says why they are so.
 */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { TallyFigure, TallyGrain } from '../../domain/oversight/tallies.ts';
import { bytes, instant, legalDate } from './columns.ts';

/** What is counted; a function, because each table needs columns of its own. */
const tallyColumns = () => ({
  figure: text('figure').$type<TallyFigure>().notNull(),
  caseType: text('case_type'),
  departmentCode: text('department_code'),
  regionCode: text('region_code').notNull(),
  /** The day of what is counted. */
  day: legalDate('day'),
  /** Only of open cases: overdue is added up at reading. */
  dueAt: instant('due_at'),
  /** What only some figures tell apart: breached limits, the day of the breach before, reason, item, keyword. */
  detail: jsonb('detail').$type<Record<string, unknown>>(),
  count: integer('count').notNull(),
});

/** The counts, each at the grains at which it is read. Only `fold_tallies()` and recounting write here. */
export const tallies = pgTable(
  'tallies',
  { grain: text('grain').$type<TallyGrain>().notNull(), ...tallyColumns() },
  (t) => [
    unique('tallies_key')
      .on(t.grain, t.figure, t.day, t.caseType, t.departmentCode, t.regionCode, t.dueAt, t.detail)
      .nullsNotDistinct(),
    index('tallies_empty')
      .on(t.count)
      .where(sql`count = 0`),
  ],
);

/** What triggers appended and nobody has folded yet: counts are read from both tables. No step waits for another's row. */
export const tallyChanges = pgTable('tally_changes', tallyColumns());

const counter = (name: string) => integer(name).notNull().default(0);

/** What the log says of one case about one department's month: the parts of its assessment, and the digest of its rows. */
export const assessedCases = pgTable(
  'assessed_cases',
  {
    /** E.g. 2026-11. */
    month: text('month').notNull(),
    caseId: text('case_id').notNull(),
    departmentCode: text('department_code').notNull(),
    digest: bytes('digest').notNull(),
    statutory: counter('statutory'),
    statutoryGood: counter('statutory_good'),
    norm: counter('norm'),
    normGood: counter('norm_good'),
    supervision: counter('supervision'),
    supervisionGood: counter('supervision_good'),
    returns: counter('returns'),
    returnsGood: counter('returns_good'),
    breaches: counter('breaches'),
    usedDays: counter('used_days'),
    allowedDays: counter('allowed_days'),
    supervised: counter('supervised'),
    criticised: counter('criticised'),
    corrected: counter('corrected'),
  },
  (t) => [primaryKey({ columns: [t.month, t.caseId, t.departmentCode] })],
);

/** One row: every entry of the audit log up to this id is in `assessed_cases`. */
export const assessmentProgress = pgTable('assessment_progress', {
  id: integer('id').primaryKey().default(1),
  through: bigint('through', { mode: 'number' }).notNull(),
});
