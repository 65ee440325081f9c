/** What the audit log says of a case, month by month: the parts of the assessment (考核, 第十六条). */
import { createHash } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import { legalDateOf, startOfDay } from '../../domain/clock/calendar.ts';
import { tallyFacts, type DepartmentTally } from '../../domain/oversight/assessment.ts';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import type { Executor } from '../postgres/client.ts';

export type LogRow = {
  case_id: string;
  step: number;
  at: Date;
  actor: string;
  actor_department: string | null;
  action: string;
  after: Record<string, unknown> | null;
};

/** One case in one month. */
export interface AssessedCase {
  month: string;
  caseId: string;
  /** SHA-256 over the rows that were used. */
  digest: Buffer;
  /** One for each department about which the case says something. */
  tallies: DepartmentTally[];
}

/** Yields the log of each case, in the order of steps. @param known restricts the rows. */
export async function* logOf(tx: Executor, caseIds: readonly string[], known?: SQL): AsyncGenerator<LogRow[]> {
  for (let first = 0; first < caseIds.length; first += PAGE) {
    const page = sql.param(caseIds.slice(first, first + PAGE));
    const { rows } = await tx.execute<LogRow>(sql`
      select case_id, step, at, actor, actor_department, action, after from audit_log
      where case_id = any(${page}::text[]) ${known && sql`and ${known}`}
      order by case_id collate "C", step`);
    yield* oneByOne(rows);
  }
}

/**
 * The cases with an entry in the month, and which of their entries were known of it: those up to its end. It adds entries
 * about the breach (or its withdrawal) of a limit that ended by then, although they were written later.
 */
export async function activeCases(tx: Executor, month: string) {
  const bounds = boundsOf(month);
  const [from, to] = [new Date(bounds.from), new Date(bounds.to)];
  const breachOf = sql`action in ('rung:due', 'breach.withdrawn') and (after->>'dueAt')::timestamptz`;
  const known = sql`(at < ${to} or (${breachOf} <= ${to}))`;
  // Timers never fire before a limit ends, so entries about breaches are the only ones that may be written after the
  // month.
  const active = sql`((at >= ${from} and at < ${to}) or (at >= ${to} and ${breachOf} > ${from} and ${breachOf} <= ${to}))`;
  const { rows } = await tx.execute<{ case_id: string }>(sql`
    select distinct case_id collate "C" as case_id from audit_log where ${active} order by 1`);
  return { known, ids: rows.map((row) => row.case_id) };
}

/** Cases read at a time. */
const PAGE = 1000;

function* oneByOne(rows: LogRow[]): Generator<LogRow[]> {
  let open: LogRow[] = [];
  for (const row of rows) {
    if (open.length > 0 && open[0]!.case_id !== row.case_id) {
      yield open;
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) yield open;
}

/** The instants between which a month lies, epoch ms. */
const boundsOf = (month: string) => ({ from: startOfDay(`${month}-01`), to: startOfDay(`${following(month)}-01`) });

function following(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

const monthOf = (at: number): string => legalDateOf(at).slice(0, 7);

// The driver may return instants as text; Date takes both.
const instant = (at: Date) => new Date(at).getTime();

/**
 * When the limit ended whose breach (or its withdrawal) the row tells; NaN for other rows. Timers never fire before a
 * limit ends, so these are the only rows of a month that may be written after it.
 */
const breachEnd = ({ action, after }: LogRow): number =>
  action === 'rung:due' || action === 'breach.withdrawn' ? Date.parse(String(after?.['dueAt'])) : Number.NaN;

/** Each month of which the rows say something. @param rows all rows of one case, in the order of steps. */
export function assessedMonths(rows: readonly LogRow[]): AssessedCase[] {
  return activeMonths(rows).flatMap((month) => {
    const { to } = boundsOf(month);
    return assessedIn(
      month,
      rows.filter((row) => instant(row.at) < to || breachEnd(row) <= to),
    );
  });
}

/** The months in which the case has an entry, or in which a limit ended whose breach was written later. */
export const activeMonths = (rows: readonly LogRow[]): string[] => [
  ...new Set(
    rows.flatMap((row) => {
      const [written, end] = [monthOf(instant(row.at)), breachEnd(row)];
      const ended = Number.isNaN(end) ? written : monthOf(end - 1);
      return ended < written ? [ended, written] : [written];
    }),
  ),
];

/** @param rows those of one case that were known of the month, in the order of steps. @returns nothing if they say nothing. */
export function assessedIn(month: string, rows: readonly LogRow[]): AssessedCase[] {
  const tallies = tallyFacts(month, factsOfCase(rows.map(toAuditRow)));
  if (tallies.length === 0) return [];
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${canonical(row)}\n`);
  return [{ month, caseId: rows[0]!.case_id, digest: hash.digest(), tallies }];
}

const toAuditRow = (row: LogRow) => ({
  caseId: row.case_id,
  step: row.step,
  at: instant(row.at),
  actorDepartment: row.actor_department,
  action: row.action,
  after: row.after,
});

/** One line of a case's digest. PostgreSQL always gives the keys of jsonb in the same order. */
const canonical = ({ case_id, step, at, actor, actor_department, action, after }: LogRow) =>
  JSON.stringify([case_id, step, new Date(instant(at)).toISOString(), actor, actor_department, action, after]);
