/** The deadlines of a case, which are rows in PostgreSQL: armed, settled, suspended, resumed, extended. */
import { and, eq, isNull, min, sql } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { breachOf } from '../db/queries/breaches.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { limitInForce } from '../db/queries/limits.ts';
import { deadlines, pastTerms } from '../db/schema.ts';
import { auditLimits, beginTerm, planColumns, type AuditedLimit } from '../db/cases/deadline-rows.ts';
import type { CaseRow } from '../db/cases/steps.ts';
import { legalDateOf } from '../domain/clock/calendar.ts';
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

interface DeadlineChanges {
  /** New plans of the limits that begin or whose dates change. */
  plans: Plans;
  /** The changed limits as they were before the step. */
  before: AuditedLimit[];
}

export async function changeDeadlines(
  tx: Executor,
  row: CaseRow,
  changes: readonly LimitChange[],
  when: Instants,
  clock: Clock,
): Promise<DeadlineChanges> {
  const plans: Plans = {};
  const before = await auditedLimits(
    tx,
    row,
    changes.filter(({ change }) => change !== 'settle'),
    when.doneAt,
  );
  for (const change of changes) {
    const plan = await changeDeadline(tx, row.caseId, change, when, clock);
    if (plan) plans[change.limitId] = plan;
  }
  return { plans, before };
}

export async function auditedLimits(
  tx: Executor,
  row: CaseRow,
  changes: readonly LimitChange[],
  at: Date,
): Promise<AuditedLimit[]> {
  if (changes.length === 0) return [];
  const rows = await tx.select().from(deadlines).where(eq(deadlines.caseId, row.caseId));
  return auditLimits(await currentCalendar(tx), row, rows, changes, at);
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

async function changeDeadline(
  tx: Executor,
  caseId: string,
  change: LimitChange,
  { at, doneAt }: Instants,
  clock: Clock,
): Promise<DeadlinePlan | undefined> {
  const { limitId } = change;
  if (change.change === 'arm') return armDeadline(tx, caseId, change, clock);
  if (change.change === 'settle') {
    await tx
      .update(deadlines)
      .set({ settledAt: doneAt })
      .where(and(rowOf(caseId, limitId), isNull(deadlines.settledAt)));
    return undefined;
  }
  const row = await findDeadline(tx, caseId, limitId);
  if (!row) return undefined;
  const calendar = await currentCalendar(tx);
  if (change.change === 'suspend') {
    const { workingDays, calendarVersion, pauses } = suspended(calendar, row, legalDateOf(doneAt.getTime()));
    await tx
      .update(deadlines)
      .set({ workingDays, calendarVersion, pauses, suspendedAt: doneAt })
      .where(rowOf(caseId, limitId));
    return undefined;
  }
  const today = legalDateOf(at.getTime());
  const changed =
    change.change === 'resume'
      ? { ...resumed(calendar, row, today), suspendedAt: null }
      : { ...extended(calendar, row, change.workingDays), ladder: row.ladder + 1 };
  const plan = planRunning(calendar, changed, clock, today);
  await tx
    .update(deadlines)
    .set({ ...changed, ...planColumns(plan) })
    .where(rowOf(caseId, limitId));
  return plan;
}

async function armDeadline(
  tx: Executor,
  caseId: string,
  { limitId, startedAt, startDate }: Extract<LimitChange, { change: 'arm' }>,
  clock: Clock,
): Promise<DeadlinePlan> {
  const limit = await limitInForce(tx, limitId);
  const { plan, term } = beginTerm(await currentCalendar(tx), limit, { startedAt, startDate }, clock);
  const past = await findDeadline(tx, caseId, limitId);
  if (past && (await breachOf(tx, past))) await tx.insert(pastTerms).values(past);
  await tx
    .insert(deadlines)
    .values({ caseId, limitId, kind: limit.kind, ...term })
    // A limit that begins again (a rectification, a resubmission) gets a new term. Its breach stays recorded.
    // The column `ladder` is the term's ordinal, counted from 1.
    .onConflictDoUpdate({
      target: [deadlines.caseId, deadlines.limitId],
      set: { ...term, pauses: [], ladder: sql`${deadlines.ladder} + 1`, suspendedAt: null, settledAt: null },
    });
  return plan;
}

/** When the first of the case's running limits ends; null where none runs. */
export async function nearestDue(tx: Executor, caseId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ dueAt: min(deadlines.dueAt) })
    .from(deadlines)
    .where(and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt), isNull(deadlines.suspendedAt)));
  return row?.dueAt ?? null;
}
