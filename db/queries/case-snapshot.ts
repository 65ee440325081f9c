/**
 * Cases as the database holds them: enough to start their workflows, at first or after Temporal lost its data or someone
 * terminated them.
 */
import { and, asc, count, gt, inArray, like, lte, sql } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { RecordedStep } from '../../domain/case/recorded-step.ts';
import { STEPS_CARRIED, type Begun, type CaseSnapshot, type DutySnapshot } from '../../domain/case/snapshot.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { reminderBehind, rungOrder, WITHDRAWN } from '../../domain/clock/limits.ts';
import { planRunning } from '../../domain/clock/running-limit.ts';
import type { Executor } from '../postgres/client.ts';
import type { CaseRow } from '../cases/steps.ts';
import { KEPT_FACTS } from '../cases/kept-facts.ts';
import { auditLog, cases, deadlines, rungs } from '../schema.ts';
import { currentCalendar } from './calendar.ts';

export async function snapshotOf(tx: Executor, row: CaseRow, clock: Clock): Promise<CaseSnapshot> {
  return (await snapshotsOf(tx, [row], clock, Date.now()))[row.caseId]!;
}

/**
 * The states in which workflows of open cases begin. Cases whose first step is not written yet have none.
 * @param now engine time, epoch ms.
 * @returns `closed`: those of them that are closed, and must not begin again.
 */
export async function beginningsOf(
  tx: Executor,
  caseIds: readonly string[],
  clock: Clock,
  now = Date.now(),
): Promise<{ begun: Begun; closed: Set<string> }> {
  if (caseIds.length === 0) return { begun: {}, closed: new Set() };
  const rows = await tx
    .select()
    .from(cases)
    .where(inArray(cases.caseId, [...caseIds]));
  const closed = new Set(rows.filter(({ status }) => status === 'closed').map(({ caseId }) => caseId));
  const opened = rows.filter(({ caseId, step }) => step > 0 && !closed.has(caseId));
  return { begun: await snapshotsOf(tx, opened, clock, now), closed };
}

/** The states in which the follow-up cases of a step begin. @param at engine time of the step, epoch ms. */
export async function begunOf(
  tx: Executor,
  followUps: readonly CaseOpening[],
  clock: Clock,
  at: number,
): Promise<Begun> {
  const caseIds = followUps.map(({ opened }) => opened.caseId);
  return (await beginningsOf(tx, caseIds, clock, at)).begun;
}

async function snapshotsOf(tx: Executor, rows: readonly CaseRow[], clock: Clock, now: number): Promise<Begun> {
  if (rows.length === 0) return {};
  const caseIds = rows.map(({ caseId }) => caseId);
  const acts = await actsOf(tx, caseIds);
  const clocks = await clocksOf(tx, caseIds, clock, now);
  const steps = await lastStepsOf(tx, caseIds, clock);
  return Object.fromEntries(
    rows.map(({ caseId, stage, departmentCode, facts }): [string, CaseSnapshot] => [
      caseId,
      {
        stage,
        departmentCode,
        facts: toldFacts(facts),
        acts: acts.get(caseId) ?? 0,
        clocks: clocks.get(caseId) ?? [],
        steps: steps.get(caseId) ?? [],
      },
    ]),
  );
}

/** People's texts never leave the database. */
const toldFacts = (facts: CaseRow['facts']) =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !KEPT_FACTS.some((kept) => kept === key)));

async function actsOf(tx: Executor, caseIds: string[]): Promise<Map<string, number>> {
  const { caseId } = auditLog;
  const rows = await tx
    .select({ caseId, acts: count() })
    .from(auditLog)
    .where(and(inArray(caseId, caseIds), like(auditLog.token, 'act:%')))
    .groupBy(caseId);
  return new Map(rows.map((row) => [row.caseId, row.acts]));
}

async function lastStepsOf(tx: Executor, caseIds: string[], clock: Clock): Promise<Map<string, RecordedStep[]>> {
  const { caseId, token, action, actor, at, step } = auditLog;
  const fromLast = sql<number>`row_number() over (partition by ${caseId} order by ${step} desc)`.as('from_last');
  const ranked = tx
    .select({ caseId, token, action, actor, at, step, fromLast })
    .from(auditLog)
    .where(and(inArray(caseId, caseIds), gt(step, 0)))
    .as('ranked');
  const rows = await tx
    .select()
    .from(ranked)
    .where(lte(ranked.fromLast, STEPS_CARRIED))
    .orderBy(asc(ranked.caseId), asc(ranked.step));
  return byCase(rows, (row) => ({
    token: row.token,
    action: row.action,
    actor: row.actor,
    at: clock.toEngine(row.at.getTime()),
  }));
}

async function clocksOf(
  tx: Executor,
  caseIds: string[],
  clock: Clock,
  now: number,
): Promise<Map<string, DutySnapshot[]>> {
  const duties = await tx.select().from(deadlines).where(inArray(deadlines.caseId, caseIds));
  const fired = await tx.select().from(rungs).where(inArray(rungs.caseId, caseIds));
  const firedOf = byCase(fired, (row) => row);
  const calendar = await currentCalendar(tx);
  const today = legalDateOf(clock.toLegal(now));
  return byCase(duties, (duty): DutySnapshot => {
    const { caseId, limitId, ladder, settledAt, suspendedAt } = duty;
    const plan = planRunning(calendar, duty, clock, today);
    const recorded = (firedOf.get(caseId) ?? []).flatMap((one) =>
      one.limitId === limitId && one.ladder === ladder && one.rung !== WITHDRAWN ? [one.rung] : [],
    );
    // A reminder that passed while no workflow ran is not sent late. Breach and supervision are caught up with. A suspended
    // limit gets other days when it is resumed.
    const passed = suspendedAt === null ? reminderBehind(plan.rungs, now) : null;
    const behind = passed === null ? recorded : [...recorded, passed];
    return {
      limitId,
      plan,
      settled: settledAt !== null,
      suspended: suspendedAt !== null,
      fired: behind.sort((a, b) => rungOrder(a) - rungOrder(b)).at(-1) ?? null,
      ladder,
    };
  });
}

function byCase<Row extends { caseId: string }, Made>(
  rows: readonly Row[],
  make: (row: Row) => Made,
): Map<string, Made[]> {
  const found = new Map<string, Made[]>();
  for (const row of rows) {
    const made = found.get(row.caseId) ?? [];
    made.push(make(row));
    found.set(row.caseId, made);
  }
  return found;
}
