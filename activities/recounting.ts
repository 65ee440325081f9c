/** Dates that a new calendar moves, and breaches that are none by it. */
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
import type { ReprojectionRecord } from '../domain/case/step-record.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { moveDuty, nearestDue, type DutyRow } from './duties.ts';
import { writeMovedNotice } from './notices.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

export interface ReprojectionOutcome {
  /** Limits as the record has them by now: the case takes them over. */
  recounted: Partial<Record<LimitId, Pick<DutySnapshot, 'plan' | 'ladder'>>>;
}

/** 行政许可法第八十二条: the days are the State Council's, the counting is the law's. */
const CALENDAR_ARTICLE = '行政许可法第八十二条';

/** A date that moves is on record with both dates, and whoever must act is told. */
export async function reproject(
  tx: Executor,
  { caseId, token, at }: ReprojectionRecord,
  clock: Clock,
): Promise<ReprojectionOutcome> {
  const row = await lockCase(tx, caseId);
  const calendar = await currentCalendar(tx);
  const legalAt = clock.legal(at);
  const ofCase = and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt));
  const running = await tx.select().from(deadlines).where(ofCase);
  const counted = running.map((duty): [DutyRow, DeadlinePlan] => [
    duty,
    planRunning(calendar, duty, clock, legalDateOf(legalAt.getTime())),
  ]);
  // Written before, and the answer was lost: the case still has to hear of its new dates.
  const repeated = (await findStep(tx, caseId, token)) !== undefined;
  const told = repeated ? counted : counted.filter(([duty, plan]) => isRecounted(duty, plan));
  if (!repeated && told.length > 0) {
    await move(tx, row, told, { token, calendarVersion: calendar.version, at: legalAt });
  }
  if (told.length === 0) return { recounted: {} };
  const moved = await tx.select().from(deadlines).where(ofCase);
  const ladders = new Map(moved.map(({ limitId, ladder }) => [limitId, ladder]));
  return {
    recounted: Object.fromEntries(
      told.map(([{ limitId }, plan]) => [limitId, { plan, ladder: ladders.get(limitId)! }]),
    ),
  };
}

interface Moving {
  token: string;
  /** The calendar that moves the dates; one that holds keeps the version by which it was counted. */
  calendarVersion: string;
  /** Legal time. */
  at: Date;
}

const shown = ({ dueDate, calendarVersion, provisional }: DeadlinePlan | DutyRow) => ({
  dueDate,
  calendarVersion,
  provisional,
});

/**
 * Both dates go on record, and those of the ladder where only they move: whoever is supervised may ask why on that day.
 * People are told of nothing but a last day that moves.
 */
export async function move(
  tx: Executor,
  row: CaseRow,
  moved: [DutyRow, DeadlinePlan][],
  { token, calendarVersion, at }: Moving,
): Promise<CaseRow> {
  const before = moved.map(([duty]) => [duty.limitId, { ...shown(duty), rungs: duty.rungDates }]);
  const after = moved.map(([duty, plan]) => [duty.limitId, { ...shown(plan), rungs: rungDatesOf(plan) }]);
  let written = await writeStep(tx, row, {
    token,
    at,
    actor: SYSTEM,
    action: 'deadline.reprojected',
    article: CALENDAR_ARTICLE,
    before: Object.fromEntries(before),
    after: { calendarVersion, ...Object.fromEntries(after) },
  });
  for (const [duty, plan] of moved) {
    await moveDuty(tx, duty, plan);
    const isAhead = endOfDay(plan.dueDate) > at.getTime();
    const withdrawn = isAhead && duty.breachedAt ? await breachOf(tx, duty) : undefined;
    if (withdrawn) written = await withdrawBreach(tx, written, duty, { calendarVersion, at, breach: withdrawn });
    if (plan.dueDate !== duty.dueDate) await writeMovedNotice(tx, written, duty, { ...plan, at, withdrawn });
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

/** Of the term that runs. */
async function breachOf(tx: Executor, { caseId, limitId, ladder }: DutyRow): Promise<Breach | undefined> {
  const fired = await tx
    .select({ rung: rungs.rung, dueAt: rungs.dueAt })
    .from(rungs)
    .where(and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.ladder, ladder)));
  const breach = fired.find(({ rung }) => rung === 'due');
  return breach && { dueAt: breach.dueAt, isSupervised: fired.some(({ rung }) => rung === 'due+3') };
}

/**
 * The last day lies ahead again, so nothing was late: the breach is taken back, in statistics and assessment, too, and the
 * ladder begins again. A supervision that it opened stays on record, for its supervisor to close.
 */
async function withdrawBreach(
  tx: Executor,
  row: CaseRow,
  { caseId, limitId, ladder }: DutyRow,
  { calendarVersion, at, breach }: Omit<Moving, 'token'> & { breach: Breach },
): Promise<CaseRow> {
  const ofLimit = and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.rung, 'due'));
  await tx.insert(rungs).values({ caseId, limitId, ladder, rung: WITHDRAWN, dueAt: breach.dueAt, firedAt: at });
  const [left] = await tx
    .select({ breachedAt: min(rungs.dueAt) })
    .from(rungs)
    .where(and(ofLimit, isNotWithdrawn));
  await tx
    .update(deadlines)
    .set({ ladder: ladder + 1, breachedAt: left?.breachedAt ?? null })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  const [first] = await tx
    .select({ breachedAt: min(deadlines.breachedAt) })
    .from(deadlines)
    .where(eq(deadlines.caseId, caseId));
  const breachedAt = first?.breachedAt ?? null;
  await tx.update(cases).set({ breachedAt }).where(eq(cases.caseId, caseId));
  const written = await writeStep(tx, row, {
    token: `withdrawn:${limitId}:${ladder}`,
    at,
    actor: SYSTEM,
    action: 'breach.withdrawn',
    article: CALENDAR_ARTICLE,
    before: { stage: row.stage, limitId, dueAt: breach.dueAt.toISOString() },
    // By the day of what is taken back: in its month it is found beside it.
    after: { stage: row.stage, limitId, dueAt: breach.dueAt.toISOString(), calendarVersion, ladder: ladder + 1 },
  });
  return { ...written, breachedAt };
}
