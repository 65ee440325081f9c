/** Counts running limits again by a new calendar: moves their dates and takes back breaches that it cancels. */
import { and, eq, isNull, min } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { isNotWithdrawn } from '../db/queries/case-filter.ts';
import { cases, deadlines, rungs } from '../db/schema.ts';
import { endOfDay, legalDateOf } from '../domain/clock/calendar.ts';
import type { DutySnapshot } from '../domain/case/snapshot.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { DeadlinePlan } from '../domain/clock/deadlines.ts';
import { WITHDRAWN, type LimitId } from '../domain/clock/limits.ts';
import { isRecounted, planRunning, rungDatesOf } from '../domain/clock/running-limit.ts';
import type { ReprojectionStep } from '../domain/case/case-step.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { moveDeadline, nearestDue, type DeadlineRow } from './deadlines.ts';
import { writeMovedNotice } from './notices.ts';
import { refuseRecordBehind } from './out-of-step.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

export interface ReprojectionOutcome {
  /** The limits as they now stand in the database; the workflow adopts them. `ladder` is the term's ordinal. */
  recounted: Partial<Record<LimitId, Pick<DutySnapshot, 'plan' | 'ladder'>>>;
}

/** The law counts in working days, and the State Council's calendar says which days those are. */
const CALENDAR_ARTICLE = '行政许可法第八十二条';

/** Counts the case's running limits again. Old and new date go to the audit log, and whoever must act is told. */
export async function reproject(
  tx: Executor,
  { caseId, token, at, follows }: ReprojectionStep,
  clock: Clock,
): Promise<ReprojectionOutcome> {
  const row = await lockCase(tx, caseId);
  const calendar = await currentCalendar(tx);
  const legalAt = clock.legal(at);
  const ofCase = and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt));
  const running = await tx.select().from(deadlines).where(ofCase);
  const counted = running.map((deadline): [DeadlineRow, DeadlinePlan] => [
    deadline,
    planRunning(calendar, deadline, clock, legalDateOf(legalAt.getTime())),
  ]);
  // The step was written but its answer was lost: the workflow still has to be told its new dates.
  const repeated = (await findStep(tx, caseId, token)) !== undefined;
  if (!repeated) await refuseRecordBehind(tx, row, follows);
  const told = repeated ? counted : counted.filter(([deadline, plan]) => isRecounted(deadline, plan));
  if (!repeated && told.length > 0) {
    await move(tx, row, told, { token, calendarVersion: calendar.version, at: legalAt });
  }
  if (told.length === 0) return { recounted: {} };
  const moved = await tx.select().from(deadlines).where(ofCase);
  const terms = new Map(moved.map(({ limitId, ladder: term }) => [limitId, term]));
  return {
    recounted: Object.fromEntries(told.map(([{ limitId }, plan]) => [limitId, { plan, ladder: terms.get(limitId)! }])),
  };
}

interface Moving {
  token: string;
  /** The calendar that moves the dates. A date that does not move keeps the version by which it was counted. */
  calendarVersion: string;
  /** Legal time. */
  at: Date;
}

const shown = ({ dueDate, calendarVersion, provisional }: DeadlinePlan | DeadlineRow) => ({
  dueDate,
  calendarVersion,
  provisional,
});

/**
 * Writes the moved dates: the last day and the days of the ladder, old and new, go to the audit log, so that a supervised
 * department can see why on that day. People are notified only if the last day moves.
 */
export async function move(
  tx: Executor,
  row: CaseRow,
  moved: [DeadlineRow, DeadlinePlan][],
  { token, calendarVersion, at }: Moving,
): Promise<CaseRow> {
  const before = moved.map(([deadline]) => [deadline.limitId, { ...shown(deadline), rungs: deadline.rungDates }]);
  const after = moved.map(([deadline, plan]) => [deadline.limitId, { ...shown(plan), rungs: rungDatesOf(plan) }]);
  let written = await writeStep(tx, row, {
    token,
    at,
    actor: SYSTEM,
    action: 'deadline.reprojected',
    article: CALENDAR_ARTICLE,
    before: Object.fromEntries(before),
    after: { calendarVersion, ...Object.fromEntries(after) },
  });
  for (const [deadline, plan] of moved) {
    await moveDeadline(tx, deadline, plan);
    const isAhead = endOfDay(plan.dueDate) > at.getTime();
    const withdrawn = isAhead && deadline.breachedAt ? await breachOf(tx, deadline) : undefined;
    if (withdrawn) written = await withdrawBreach(tx, written, deadline, { calendarVersion, at, breach: withdrawn });
    if (plan.dueDate !== deadline.dueDate) await writeMovedNotice(tx, written, deadline, { ...plan, at, withdrawn });
  }
  await tx
    .update(cases)
    .set({ dueAt: await nearestDue(tx, row.caseId) })
    .where(eq(cases.caseId, row.caseId));
  return written;
}

interface Breach {
  dueAt: Date;
  isSupervised: boolean;
}

/** The breach of the current term, if its `due` rung has fired. */
async function breachOf(tx: Executor, { caseId, limitId, ladder: term }: DeadlineRow): Promise<Breach | undefined> {
  const fired = await tx
    .select({ rung: rungs.rung, dueAt: rungs.dueAt })
    .from(rungs)
    .where(and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.ladder, term)));
  const breach = fired.find(({ rung }) => rung === 'due');
  return breach && { dueAt: breach.dueAt, isSupervised: fired.some(({ rung }) => rung === 'due+3') };
}

/**
 * Takes back a breach whose last day lies ahead again, for statistics and assessment too. A new term begins, so the
 * ladder is climbed again. A supervision that the breach opened stays open until its supervisor closes it.
 */
async function withdrawBreach(
  tx: Executor,
  row: CaseRow,
  { caseId, limitId, ladder: term }: DeadlineRow,
  { calendarVersion, at, breach }: Omit<Moving, 'token'> & { breach: Breach },
): Promise<CaseRow> {
  const ofLimit = and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.rung, 'due'));
  await tx.insert(rungs).values({ caseId, limitId, ladder: term, rung: WITHDRAWN, dueAt: breach.dueAt, firedAt: at });
  const [left] = await tx
    .select({ breachedAt: min(rungs.dueAt) })
    .from(rungs)
    .where(and(ofLimit, isNotWithdrawn));
  await tx
    .update(deadlines)
    .set({ ladder: term + 1, breachedAt: left?.breachedAt ?? null })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  const [first] = await tx
    .select({ breachedAt: min(deadlines.breachedAt) })
    .from(deadlines)
    .where(eq(deadlines.caseId, caseId));
  const breachedAt = first?.breachedAt ?? null;
  await tx.update(cases).set({ breachedAt }).where(eq(cases.caseId, caseId));
  const written = await writeStep(tx, row, {
    token: `withdrawn:${limitId}:${term}`,
    at,
    actor: SYSTEM,
    action: 'breach.withdrawn',
    article: CALENDAR_ARTICLE,
    before: { stage: row.stage, limitId, dueAt: breach.dueAt.toISOString() },
    // Dated by the cancelled breach, so that both rows are found in the same month.
    after: { stage: row.stage, limitId, dueAt: breach.dueAt.toISOString(), calendarVersion, ladder: term + 1 },
  });
  return { ...written, breachedAt };
}
