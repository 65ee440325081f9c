/** What time does to a case: rungs that fire, and dates that a new calendar moves. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';
import { insertCases } from '../db/opened-cases.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { cases, deadlines, rungs } from '../db/schema.ts';
import { SYSTEM } from '../domain/cases.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeadlinePlan } from '../domain/deadlines.ts';
import { LIMITS, RUNGS } from '../domain/limits.ts';
import { isRecounted, planRunning, rungDatesOf } from '../domain/running-limit.ts';
import type { ReprojectionRecord, RungOutcome, RungRecord } from '../domain/step-record.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/case-steps.ts';
import { findDuty, moveDuty, nearestDue, type DutyRow, type Plans } from './duties.ts';
import { writeMovedNotice, writeRungNotices } from './notices.ts';

/** 行政许可法第八十二条: the days are the State Council's, the counting is the law's. */
const CALENDAR_ARTICLE = '行政许可法第八十二条';
const SUPERVISION_ARTICLE = '第十七条';

/**
 * Fires a rung, once; or, where the calendar in force has put it off, says when it is to fire. Every timer asks the
 * calendar again, for its own rung: supervision may be put off although the due date stays.
 */
export async function writeRung(tx: Executor, record: RungRecord, clock: Clock): Promise<RungOutcome> {
  const { caseId, limitId, rung, ladder, token, at } = record;
  const legal = (engineMs: number) => new Date(clock.toLegal(engineMs));
  const row = await lockCase(tx, caseId);
  const duty = await findDuty(tx, caseId, limitId);
  if (!duty) throw new Error(`case ${caseId} has no limit ${limitId}`);
  if (duty.ladder !== ladder) return { fired: true };
  const calendar = await currentCalendar(tx);
  const plan = planRunning(calendar, duty, clock);
  if ((await findStep(tx, caseId, token)) !== undefined) return { plan, fired: true };
  const recounted = isRecounted(duty, plan);
  const moving = { token: `moved:${token}:${calendar.version}`, calendarVersion: calendar.version, at: legal(at) };
  const current = recounted ? await move(tx, row, [[duty, plan]], moving) : row;
  const planned = plan.rungs.find((one) => one.rung === rung);
  if (planned && planned.at > at) return { plan, fired: false };
  const fired = recounted ? (await findDuty(tx, caseId, limitId))! : duty;
  await fire(tx, record, current, fired, legal(planned?.at ?? record.plannedAt), legal);
  return recounted ? { plan, fired: true } : { fired: true };
}

/** A date that moves is on record with both dates, and the holder is told. */
export async function reproject(
  tx: Executor,
  { caseId, token, at }: ReprojectionRecord,
  clock: Clock,
): Promise<{ plans: Plans }> {
  const row = await lockCase(tx, caseId);
  const calendar = await currentCalendar(tx);
  const ofCase = and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt));
  const running = await tx.select().from(deadlines).where(ofCase);
  const counted = running.map((duty): [DutyRow, DeadlinePlan] => [duty, planRunning(calendar, duty, clock)]);
  // Written before, and the answer was lost: the case still has to hear of its new dates.
  const repeated = (await findStep(tx, caseId, token)) !== undefined;
  const told = repeated ? counted : counted.filter(([duty, plan]) => isRecounted(duty, plan));
  if (!repeated && told.length > 0) {
    await move(tx, row, told, { token, calendarVersion: calendar.version, at: new Date(clock.toLegal(at)) });
  }
  return { plans: Object.fromEntries(told.map(([duty, plan]) => [duty.limitId, plan])) };
}

async function fire(
  tx: Executor,
  { caseId, limitId, rung, ladder, token, at, followUps }: RungRecord,
  row: CaseRow,
  duty: DutyRow,
  dueAt: Date,
  legal: (engineMs: number) => Date,
): Promise<void> {
  const firedAt = legal(at);
  await tx.insert(rungs).values({ caseId, limitId, rung, ladder, dueAt, firedAt });
  const { effect } = RUNGS[rung];
  if (effect === 'breach') await breach(tx, row, duty);
  const supervision = followUps.map(({ opened }) => opened.caseId);
  await writeStep(tx, row, {
    token,
    at: firedAt,
    actor: SYSTEM,
    action: `rung:${rung}`,
    article: effect === 'supervise' ? SUPERVISION_ARTICLE : LIMITS[limitId].article,
    before: { stage: row.stage },
    after: { stage: row.stage, limitId, rung, dueAt: dueAt.toISOString(), supervision },
  });
  await insertCases(tx, followUps, legal);
  await writeRungNotices(tx, row, duty, rung, firedAt);
}

/** Dated at the end of the last day, however late the timer ran. */
async function breach(tx: Executor, row: CaseRow, duty: DutyRow): Promise<void> {
  const { caseId, limitId, dueAt } = duty;
  await tx
    .update(deadlines)
    .set({ breachedAt: duty.breachedAt ?? dueAt })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  await tx
    .update(cases)
    .set({ breachedAt: row.breachedAt ?? dueAt })
    .where(eq(cases.caseId, caseId));
}

interface Moving {
  token: string;
  /** The calendar that moves the dates; one that holds keeps the version by which it was counted. */
  calendarVersion: string;
  at: Date;
}

const shown = ({ dueDate, calendarVersion, provisional }: DeadlinePlan | DutyRow) => ({
  dueDate,
  calendarVersion,
  provisional,
});

/**
 * Both dates go on record, and those of the ladder where only they move: whoever is supervised may ask why on that day.
 * The holder is told of nothing but a last day that moves.
 */
async function move(
  tx: Executor,
  row: CaseRow,
  moved: [DutyRow, DeadlinePlan][],
  { token, calendarVersion, at }: Moving,
): Promise<CaseRow> {
  const before = moved.map(([duty]) => [duty.limitId, { ...shown(duty), rungs: duty.rungDates }]);
  const after = moved.map(([duty, plan]) => [duty.limitId, { ...shown(plan), rungs: rungDatesOf(plan) }]);
  const written = await writeStep(tx, row, {
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
    if (plan.dueDate !== duty.dueDate) await writeMovedNotice(tx, row, duty, plan.dueDate, written.step, at);
  }
  await tx
    .update(cases)
    .set({ dueAt: await nearestDue(tx, row.caseId) })
    .where(eq(cases.caseId, row.caseId));
  return written;
}
