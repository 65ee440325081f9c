/** What time does to a case: rungs that fire, each once, charged to whom they are due to. */
import { and, eq } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { insertCases } from '../db/cases/opened.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { cases, deadlines, rungs } from '../db/schema.ts';
import { legalDateOf } from '../domain/clock/calendar.ts';
import { type CaseOpening } from '../domain/case/case.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { LIMITS, RUNGS } from '../domain/clock/limits.ts';
import { superviseNeglect } from '../domain/oversight/neglect.ts';
import { isRecounted, planRunning } from '../domain/clock/running-limit.ts';
import type { RungOutcome, RungRecord } from '../domain/case/step-record.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { answeringOf, partiesOf } from './answering.ts';
import { findDuty, type DutyRow } from './duties.ts';
import { writeRungNotices } from './notices.ts';
import { move } from './recounting.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

const SUPERVISION_ARTICLE = '第十七条';

/**
 * Fires a rung, once; or, where the calendar in force has put it off, says when it is to fire. Every timer asks the
 * calendar again, for its own rung: supervision may be put off although the due date stays.
 */
export async function writeRung(tx: Executor, record: RungRecord, clock: Clock): Promise<RungOutcome> {
  const { caseId, limitId, rung, ladder, token, at } = record;
  const legalAt = clock.legal(at);
  const row = await lockCase(tx, caseId);
  const duty = await findDuty(tx, caseId, limitId);
  if (!duty) throw new Error(`case ${caseId} has no limit ${limitId}`);
  const calendar = await currentCalendar(tx);
  const plan = planRunning(calendar, duty, clock, legalDateOf(legalAt.getTime()));
  const unfired = { plan, fired: false, followUps: [] };
  if ((await findStep(tx, caseId, token)) !== undefined) {
    return { plan, ladder: duty.ladder, fired: true, followUps: await openedBefore(tx, record, row) };
  }
  if (duty.ladder !== ladder) return { ...unfired, ladder: duty.ladder };
  const recounted = isRecounted(duty, plan);
  const moving = { token: `moved:${token}:${calendar.version}`, calendarVersion: calendar.version, at: legalAt };
  const current = recounted ? await move(tx, row, [[duty, plan]], moving) : row;
  const standing = recounted ? (await findDuty(tx, caseId, limitId))! : duty;
  const planned = plan.rungs.find((one) => one.rung === rung);
  if (planned && planned.at > at) return { ...unfired, ladder: standing.ladder };
  const dueAt = clock.legal(planned?.at ?? record.plannedAt);
  const followUps = await fire(tx, record, current, standing, { dueAt, firedAt: legalAt });
  await insertCases(tx, followUps, clock.legal);
  return { plan, ladder: standing.ladder, fired: true, followUps };
}

/** Written before, and the answer was lost. */
async function openedBefore(tx: Executor, record: RungRecord, row: CaseRow): Promise<CaseOpening[]> {
  const { caseId, limitId, rung, ladder } = record;
  const isIt = and(eq(rungs.limitId, limitId), eq(rungs.rung, rung), eq(rungs.ladder, ladder));
  const [fired] = await tx
    .select({ answering: rungs.answering })
    .from(rungs)
    .where(and(eq(rungs.caseId, caseId), isIt));
  return supervisionOf(record, row, fired?.answering ?? null);
}

function supervisionOf(
  { limitId, rung, ladder, at }: RungRecord,
  row: CaseRow,
  answering: string | null,
): CaseOpening[] {
  const supervision = superviseNeglect(row, answering, limitId, rung, ladder, at);
  return supervision ? [supervision] : [];
}

async function fire(
  tx: Executor,
  record: RungRecord,
  row: CaseRow,
  duty: DutyRow,
  { dueAt: plannedAt, firedAt }: { dueAt: Date; firedAt: Date },
): Promise<CaseOpening[]> {
  const { caseId, limitId, rung, ladder, token } = record;
  const { effect } = RUNGS[rung];
  // A breach is dated at the end of the last day, however late the timer ran.
  const dueAt = effect === 'breach' ? duty.dueAt : plannedAt;
  const parties = await partiesOf(tx, row, duty, dueAt);
  const answering = answeringOf(parties, duty, row);
  const followUps = supervisionOf(record, row, answering);
  await tx.insert(rungs).values({ caseId, limitId, rung, ladder, dueAt, firedAt, answering });
  if (effect === 'breach') await markBreach(tx, row, duty);
  await writeStep(tx, row, {
    token,
    at: firedAt,
    actor: SYSTEM,
    action: `rung:${rung}`,
    article: effect === 'supervise' ? SUPERVISION_ARTICLE : LIMITS[limitId].article,
    before: { stage: row.stage },
    after: {
      stage: row.stage,
      limitId,
      rung,
      dueAt: dueAt.toISOString(),
      // Whose breach it is: the assessment is computed from the log alone (第十六条).
      ...(effect !== 'remind' && { answering }),
      supervision: followUps.map(({ opened }) => opened.caseId),
    },
  });
  await writeRungNotices(tx, row, duty, { rung, at: firedAt, parties, isSupervised: followUps.length > 0 });
  return followUps;
}

/** The first breach of the limit and of the case: what lists and pages show. */
async function markBreach(tx: Executor, row: CaseRow, { caseId, limitId, breachedAt, dueAt }: DutyRow): Promise<void> {
  await tx
    .update(deadlines)
    .set({ breachedAt: breachedAt ?? dueAt })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  await tx
    .update(cases)
    .set({ breachedAt: row.breachedAt ?? dueAt })
    .where(eq(cases.caseId, caseId));
}
