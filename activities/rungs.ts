/** Fires the rungs of a limit, each once, and names the department that answers for a breach. */
import { and, eq } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { insertCases } from '../db/cases/opened.ts';
import { begunOf } from '../db/queries/case-snapshot.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { deadlines, rungs } from '../db/schema.ts';
import { legalDateOf } from '../domain/clock/calendar.ts';
import { type CaseOpening } from '../domain/case/case.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { LIMITS, RUNGS, type Rung } from '../domain/clock/limits.ts';
import { superviseNeglect } from '../domain/oversight/neglect.ts';
import { isRecounted, planRunning } from '../domain/clock/running-limit.ts';
import type { RungOutcome, RungStep } from '../domain/case/case-step.ts';
import { findStep, lockCase, writeStep, type CaseRow, type StepEntry } from '../db/cases/steps.ts';
import { answeringOf, partiesOf } from './answering.ts';
import { findDeadline, type DeadlineRow } from './deadlines.ts';
import { writeRungNotices } from './notices.ts';
import { refuseRecordBehind, refuseRungAtRest } from './out-of-step.ts';
import { move } from './recounting.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

const SUPERVISION_ARTICLE = '第十七条';
const actionOf = (rung: Rung) => `rung:${rung}`;

/**
 * Fires a rung, once. Where the calendar in force has put the rung off, nothing is written and the new plan is returned.
 * Each rung is counted again for itself, because supervision may be put off although the due date stays.
 */
export async function writeRung(tx: Executor, rungStep: RungStep, clock: Clock): Promise<RungOutcome> {
  const { caseId, limitId, rung, ladder: term, token, at } = rungStep;
  const legalAt = clock.legal(at);
  const row = await lockCase(tx, caseId);
  const wanted = { token, action: actionOf(rung), after: { limitId, rung } };
  const { done, isAfter } = await findStep(tx, caseId, wanted, rungStep.follows);
  if (done === undefined) refuseRecordBehind(isAfter, rungStep);
  const deadline = await findDeadline(tx, caseId, limitId);
  if (!deadline) throw new Error(`case ${caseId} has no limit ${limitId}`);
  const calendar = await currentCalendar(tx);
  const plan = planRunning(calendar, deadline, clock, legalDateOf(legalAt.getTime()));
  const unfired = { plan, fired: false, followUps: [] };
  if (done !== undefined) {
    const followUps = await openedBefore(tx, rungStep, row);
    return { plan, ladder: deadline.ladder, fired: true, followUps, begun: await begunOf(tx, followUps, clock, at) };
  }
  if (deadline.ladder !== term) return { ...unfired, ladder: deadline.ladder };
  refuseRungAtRest(deadline, rungStep, clock.legal(rungStep.plannedAt));
  const recounted = isRecounted(deadline, plan);
  const moving = { token: `moved:${token}:${calendar.version}`, calendarVersion: calendar.version, at: legalAt };
  const current = recounted ? await move(tx, row, [[deadline, plan]], moving, clock) : row;
  const standing = recounted ? (await findDeadline(tx, caseId, limitId))! : deadline;
  const planned = plan.rungs.find((one) => one.rung === rung);
  if (planned && planned.at > at) return { ...unfired, ladder: standing.ladder };
  const dueAt = clock.legal(planned?.at ?? rungStep.plannedAt);
  const followUps = await fire(tx, rungStep, current, standing, { dueAt, firedAt: legalAt }, clock);
  await insertCases(tx, followUps, clock);
  return { plan, ladder: standing.ladder, fired: true, followUps, begun: await begunOf(tx, followUps, clock, at) };
}

/** The supervision of a rung that was written before, when the answer to the workflow was lost. */
async function openedBefore(tx: Executor, rungStep: RungStep, row: CaseRow): Promise<CaseOpening[]> {
  const { caseId, limitId, rung, ladder: term } = rungStep;
  const isIt = and(eq(rungs.limitId, limitId), eq(rungs.rung, rung), eq(rungs.ladder, term));
  const [fired] = await tx
    .select({ answering: rungs.answering })
    .from(rungs)
    .where(and(eq(rungs.caseId, caseId), isIt));
  return supervisionOf(rungStep, row, fired?.answering ?? null);
}

function supervisionOf(
  { limitId, rung, ladder: term, at }: RungStep,
  row: CaseRow,
  answering: string | null,
): CaseOpening[] {
  const supervision = superviseNeglect(row, answering, limitId, rung, term, at);
  return supervision ? [supervision] : [];
}

async function fire(
  tx: Executor,
  rungStep: RungStep,
  row: CaseRow,
  deadline: DeadlineRow,
  { dueAt: plannedAt, firedAt }: { dueAt: Date; firedAt: Date },
  clock: Clock,
): Promise<CaseOpening[]> {
  const { caseId, limitId, rung, ladder: term, token } = rungStep;
  const { effect } = RUNGS[rung];
  // A breach is dated at the end of the last day, however late the timer ran.
  const dueAt = effect === 'breach' ? deadline.dueAt : plannedAt;
  const parties = await partiesOf(tx, row, deadline, dueAt);
  const answering = answeringOf(parties, deadline, row);
  const followUps = supervisionOf(rungStep, row, answering);
  await tx.insert(rungs).values({ caseId, limitId, rung, ladder: term, dueAt, firedAt, answering });
  const isBreach = effect === 'breach';
  if (isBreach) await markBreach(tx, deadline);
  const step: StepEntry = {
    token,
    at: firedAt,
    actor: SYSTEM,
    action: actionOf(rung),
    article: effect === 'supervise' ? SUPERVISION_ARTICLE : LIMITS[limitId].article,
    before: { stage: row.stage },
    after: {
      stage: row.stage,
      limitId,
      rung,
      dueAt: dueAt.toISOString(),
      // Keep who answers in the log, because the assessment is computed from the log alone (第十六条).
      ...(effect !== 'remind' && { answering }),
      supervision: followUps.map(({ opened }) => opened.caseId),
    },
  };
  // Lists and pages show the first breach of the case.
  await writeStep(tx, row, step, isBreach ? { breachedAt: row.breachedAt ?? dueAt } : {});
  await writeRungNotices(tx, row, deadline, { rung, at: firedAt, parties, isSupervised: followUps.length > 0 }, clock);
  return followUps;
}

/** Sets the first breach of the limit. */
async function markBreach(tx: Executor, { caseId, limitId, breachedAt, dueAt }: DeadlineRow): Promise<void> {
  await tx
    .update(deadlines)
    .set({ breachedAt: breachedAt ?? dueAt })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
}
