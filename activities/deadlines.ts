/** The deadlines of a case, which are rows in PostgreSQL: armed, settled, suspended, resumed, extended. */
import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { breachOf } from '../db/queries/breaches.ts';
import { calendarOfEdition, currentCalendar, type Edition } from '../db/queries/calendar.ts';
import { limitInForce } from '../db/queries/limits.ts';
import { deadlines, pastTerms } from '../db/schema.ts';
import { auditLimits, beginTerm, planColumns, type AuditedLimit } from '../db/cases/deadline-rows.ts';
import type { CaseRow } from '../db/cases/steps.ts';
import { legalDateOf, type WorkCalendar } from '../domain/clock/calendar.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { DeadlinePlan } from '../domain/clock/deadlines.ts';
import type { LimitId } from '../domain/clock/limits.ts';
import { extended, planRunning, resumed, suspended } from '../domain/clock/running-limit.ts';
import type { LimitChange } from '../domain/case/case-step.ts';

export type DeadlineRow = typeof deadlines.$inferSelect;
export type Plans = Partial<Record<LimitId, DeadlinePlan>>;

const rowOf = (caseId: string, limitId: LimitId) => and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId));

export async function findDeadline(tx: Executor, caseId: string, limitId: LimitId): Promise<DeadlineRow | undefined> {
  const [row] = await tx.select().from(deadlines).where(rowOf(caseId, limitId));
  return row;
}

export async function moveDeadline(tx: Executor, { caseId, limitId }: DeadlineRow, plan: DeadlinePlan): Promise<void> {
  await tx.update(deadlines).set(planColumns(plan)).where(rowOf(caseId, limitId));
}

/** Legal times of a step. */
interface Instants {
  /** When it takes effect: what begins or goes on with it counts from here, because nobody knew of it before. */
  at: Date;
  /** When the deed counts as done: what it meets or interrupts is judged by this instant. */
  doneAt: Date;
}

/** The limits of a case, as they stand. */
export function deadlinesOf(tx: Executor, caseId: string): Promise<DeadlineRow[]> {
  return tx.select().from(deadlines).where(eq(deadlines.caseId, caseId));
}

interface DeadlineChanges {
  /** New plans of the limits that begin or whose dates change. */
  plans: Plans;
  /** The changed limits as the audit log keeps them, before the step and after it. */
  before: AuditedLimit[];
  after: AuditedLimit[];
  /** The case's limits after the step. */
  standing: DeadlineRow[];
}

/** @param limits the case's limits as they stand. @param edition of the calendar by which they are counted. */
export async function changeDeadlines(
  tx: Executor,
  row: CaseRow,
  limits: DeadlineRow[],
  changes: readonly LimitChange[],
  when: Instants,
  { clock, edition }: { clock: Clock; edition: Edition | null },
): Promise<DeadlineChanges> {
  const plans: Plans = {};
  if (changes.length === 0) return { plans, before: [], after: [], standing: limits };
  const calendar = await calendarOfEdition(tx, edition);
  const unsettled = changes.filter(({ change }) => change !== 'settle');
  const before = auditLimits(calendar, row, limits, unsettled, when.doneAt);
  const standing = new Map(limits.map((limit) => [limit.limitId, limit]));
  for (const change of changes) {
    const { changed, plan } = await changeDeadline(
      tx,
      row.caseId,
      change,
      standing.get(change.limitId),
      calendar,
      when,
      clock,
    );
    if (changed) standing.set(change.limitId, changed);
    if (plan) plans[change.limitId] = plan;
  }
  const rows = [...standing.values()];
  return { plans, before, after: auditLimits(calendar, row, rows, changes, when.doneAt), standing: rows };
}

/** The plans of a step that was written already, read from the rows as they stand. */
export async function plansAsTheyAre(
  tx: Executor,
  caseId: string,
  changes: readonly LimitChange[],
  at: Date,
  clock: Clock,
): Promise<Plans> {
  const plans: Plans = {};
  const calendar = await currentCalendar(tx);
  for (const { limitId, change } of changes) {
    const row = change === 'settle' || change === 'suspend' ? undefined : await findDeadline(tx, caseId, limitId);
    if (row) plans[limitId] = planRunning(calendar, row, clock, legalDateOf(at.getTime()));
  }
  return plans;
}

interface Changed {
  changed?: DeadlineRow | undefined;
  plan?: DeadlinePlan;
}

async function changeDeadline(
  tx: Executor,
  caseId: string,
  change: LimitChange,
  row: DeadlineRow | undefined,
  calendar: WorkCalendar,
  { at, doneAt }: Instants,
  clock: Clock,
): Promise<Changed> {
  const { limitId } = change;
  const update = async (columns: Partial<DeadlineRow>) => {
    const [changed] = await tx.update(deadlines).set(columns).where(rowOf(caseId, limitId)).returning();
    return changed;
  };
  if (change.change === 'arm') return armDeadline(tx, caseId, change, row, calendar, clock);
  if (!row) return {};
  if (change.change === 'settle') return row.settledAt ? {} : { changed: await update({ settledAt: doneAt }) };
  if (change.change === 'suspend') {
    const { workingDays, calendarVersion, pauses } = suspended(calendar, row, legalDateOf(doneAt.getTime()));
    return { changed: await update({ workingDays, calendarVersion, pauses, suspendedAt: doneAt }) };
  }
  const today = legalDateOf(at.getTime());
  const changed =
    change.change === 'resume'
      ? { ...resumed(calendar, row, today), suspendedAt: null }
      : { ...extended(calendar, row, change.workingDays), ladder: row.ladder + 1 };
  const plan = planRunning(calendar, changed, clock, today);
  return { changed: await update({ ...changed, ...planColumns(plan) }), plan };
}

async function armDeadline(
  tx: Executor,
  caseId: string,
  change: Extract<LimitChange, { change: 'arm' }>,
  past: DeadlineRow | undefined,
  calendar: WorkCalendar,
  clock: Clock,
): Promise<Changed> {
  const { limitId } = change;
  const limit = await limitInForce(tx, limitId);
  const { plan, term } = beginTerm(calendar, limit, change, clock);
  if (past && (await breachOf(tx, past))) await tx.insert(pastTerms).values(past);
  const [changed] = await tx
    .insert(deadlines)
    .values({ caseId, limitId, kind: limit.kind, ...term })
    // A limit that begins again (a rectification, a resubmission) gets a new term. Its breach stays recorded.
    // The column `ladder` is the term's ordinal, counted from 1.
    .onConflictDoUpdate({
      target: [deadlines.caseId, deadlines.limitId],
      set: { ...term, pauses: [], ladder: sql`${deadlines.ladder} + 1`, suspendedAt: null, settledAt: null },
    })
    .returning();
  return { changed, plan };
}
