/** Counts running limits again by a new calendar: moves their dates and takes back breaches that it cancels. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { breachOf } from '../db/queries/breaches.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { cases, deadlines } from '../db/schema.ts';
import { endOfDay, legalDateOf } from '../domain/clock/calendar.ts';
import type { DutySnapshot } from '../domain/case/snapshot.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { DeadlinePlan } from '../domain/clock/deadlines.ts';
import type { LimitId } from '../domain/clock/limits.ts';
import { isRecounted, planRunning, rungDatesOf } from '../domain/clock/running-limit.ts';
import type { ReprojectionStep } from '../domain/case/case-step.ts';
import { firstDue } from '../db/cases/deadline-rows.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { withdrawBreach } from './breach-withdrawal.ts';
import { deadlinesOf, moveDeadline, type DeadlineRow } from './deadlines.ts';
import { writeMovedNotice } from './notices.ts';
import { refuseRecordBehind } from './out-of-step.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

export interface ReprojectionOutcome {
  /** The limits as they now stand in the database; the workflow adopts them. `ladder` is the term's ordinal. */
  recounted: Partial<Record<LimitId, Pick<DutySnapshot, 'plan' | 'ladder'>>>;
}

/** The law counts in working days, and the State Council's calendar says which days those are. */
export const CALENDAR_ARTICLE = '行政许可法第八十二条';
const REPROJECTED = 'deadline.reprojected';

/** Counts the case's running limits again. Old and new date go to the audit log, and whoever must act is told. */
export async function reproject(tx: Executor, step: ReprojectionStep, clock: Clock): Promise<ReprojectionOutcome> {
  const { caseId, token, at } = step;
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
  const { done, isAfter } = await findStep(tx, caseId, { token, action: REPROJECTED }, step.follows);
  const repeated = done !== undefined;
  if (!repeated) refuseRecordBehind(isAfter, step);
  const told = repeated ? counted : counted.filter(([deadline, plan]) => isRecounted(deadline, plan));
  if (!repeated && told.length > 0) {
    await move(tx, row, told, { token, calendarVersion: calendar.version, at: legalAt }, clock);
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
  clock: Clock,
): Promise<CaseRow> {
  const before = moved.map(([deadline]) => [deadline.limitId, { ...shown(deadline), rungs: deadline.rungDates }]);
  const after = moved.map(([deadline, plan]) => [deadline.limitId, { ...shown(plan), rungs: rungDatesOf(plan) }]);
  let written = await writeStep(tx, row, {
    token,
    at,
    actor: SYSTEM,
    action: REPROJECTED,
    article: CALENDAR_ARTICLE,
    before: Object.fromEntries(before),
    after: { calendarVersion, ...Object.fromEntries(after) },
  });
  for (const [deadline, plan] of moved) {
    await moveDeadline(tx, deadline, plan);
    const isAhead = endOfDay(plan.dueDate) > at.getTime();
    const withdrawn = isAhead ? await breachOf(tx, deadline) : undefined;
    if (withdrawn) {
      const because = { article: CALENDAR_ARTICLE, calendarVersion };
      written = await withdrawBreach(tx, written, deadline, { because, at, breach: withdrawn, newTerm: true });
    }
    if (plan.dueDate !== deadline.dueDate)
      await writeMovedNotice(tx, written, deadline, { ...plan, at, withdrawn }, clock);
  }
  await tx
    .update(cases)
    .set({ dueAt: firstDue(await deadlinesOf(tx, row.caseId)) })
    .where(eq(cases.caseId, row.caseId));
  return written;
}
