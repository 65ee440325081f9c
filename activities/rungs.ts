/** What time does to a case: rungs that fire, and dates that a new calendar moves. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';
import { insertCases } from '../db/opened-cases.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { cases, deadlines, rungs } from '../db/schema.ts';
import { SYSTEM } from '../domain/cases.ts';
import type { Clock } from '../domain/clock.ts';
import { moves, type DeadlinePlan } from '../domain/deadlines.ts';
import { LIMITS, RUNGS, type LimitId } from '../domain/limits.ts';
import type { ReprojectionRecord, RungRecord } from '../domain/step-record.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/case-steps.ts';
import { findDuty, moveDuty, nearestDue, planDuty, shown, type DutyRow, type Plans } from './duties.ts';
import { writeMovedNotice, writeRungNotices } from './notices.ts';

export interface RungOutcome {
  /** The calendar in force moves the limit. */
  plan?: DeadlinePlan;
  /** False: the rung's new time has not come. */
  fired: boolean;
}

/** 行政许可法第八十二条: the days are the State Council's, the counting is the law's. */
const CALENDAR_ARTICLE = '行政许可法第八十二条';
const SUPERVISION_ARTICLE = '第十七条';

/** Fires a rung, once; or, where the calendar in force has put it off, says when it is to fire. */
export async function writeRung(tx: Executor, record: RungRecord, clock: Clock): Promise<RungOutcome> {
  const { caseId, limitId, rung, ladder, token, at } = record;
  const legal = (engineMs: number) => new Date(clock.toLegal(engineMs));
  const row = await lockCase(tx, caseId);
  const duty = await findDuty(tx, caseId, limitId);
  if (!duty) throw new Error(`case ${caseId} has no limit ${limitId}`);
  if (duty.ladder !== ladder || (await findStep(tx, caseId, token)) !== undefined) return { fired: true };
  // Every timer asks the calendar again when it fires.
  const plan = planDuty(await currentCalendar(tx), duty, clock);
  if (!moves(duty, plan)) {
    await fire(tx, record, row, duty, legal(record.plannedAt), legal);
    return { fired: true };
  }
  const moved = await move(tx, row, [[duty, plan]], `moved:${token}:${plan.calendarVersion}`, legal(at));
  const planned = plan.rungs.find((one) => one.rung === rung);
  if (planned && planned.at > at) return { plan, fired: false };
  const current = (await findDuty(tx, caseId, limitId))!;
  await fire(tx, record, moved, current, legal(planned?.at ?? record.plannedAt), legal);
  return { plan, fired: true };
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
  const counted = running.map((duty): [DutyRow, DeadlinePlan] => [duty, planDuty(calendar, duty, clock)]);
  // Written before, and the answer was lost: the case still has to hear of its new dates.
  const repeated = (await findStep(tx, caseId, token)) !== undefined;
  const told = counted.filter(([duty, plan]) => (repeated ? plan.dueDate === duty.dueDate : moves(duty, plan)));
  if (!repeated && told.length > 0) await move(tx, row, told, token, new Date(clock.toLegal(at)));
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

async function move(
  tx: Executor,
  row: CaseRow,
  moved: [DutyRow, DeadlinePlan][],
  token: string,
  at: Date,
): Promise<CaseRow> {
  const written = await writeStep(tx, row, {
    token,
    at,
    actor: SYSTEM,
    action: 'deadline.reprojected',
    article: CALENDAR_ARTICLE,
    before: Object.fromEntries(moved.map(([duty]) => [duty.limitId as LimitId, shown(duty)])),
    after: Object.fromEntries(moved.map(([duty, plan]) => [duty.limitId as LimitId, shown(plan)])),
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
