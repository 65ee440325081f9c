/**
 * A case as the database holds it: enough to start its workflow again after Temporal lost its data or someone terminated
 * it.
 */
import { and, count, desc, eq, gt, like } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { RecordedStep } from '../../domain/case/case-step.ts';
import { STEPS_CARRIED, type CaseSnapshot, type DutySnapshot } from '../../domain/case/snapshot.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { reminderBehind, rungOrder, WITHDRAWN } from '../../domain/clock/limits.ts';
import { planRunning } from '../../domain/clock/running-limit.ts';
import type { Executor } from '../postgres/client.ts';
import type { CaseRow } from '../cases/steps.ts';
import { auditLog, deadlines, rungs } from '../schema.ts';
import { currentCalendar } from './calendar.ts';

export async function snapshotOf(tx: Executor, row: CaseRow, clock: Clock): Promise<CaseSnapshot> {
  const { caseId, stage, departmentCode } = row;
  const [acted] = await tx
    .select({ acts: count() })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), like(auditLog.token, 'act:%')));
  // A supervisor's text about the matter never leaves the database.
  const { matter: _, ...facts } = row.facts;
  const [clocks, steps] = [await clocksOf(tx, caseId, clock), await lastStepsOf(tx, caseId, clock)];
  return { stage, departmentCode, facts, acts: acted?.acts ?? 0, clocks, steps };
}

async function lastStepsOf(tx: Executor, caseId: string, clock: Clock): Promise<RecordedStep[]> {
  const { token, action, actor, at } = auditLog;
  const steps = await tx
    .select({ token, action, actor, at })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), gt(auditLog.step, 0)))
    .orderBy(desc(auditLog.step))
    .limit(STEPS_CARRIED);
  return steps.toReversed().map((step) => ({ ...step, at: clock.toEngine(step.at.getTime()) }));
}

async function clocksOf(tx: Executor, caseId: string, clock: Clock): Promise<DutySnapshot[]> {
  const duties = await tx.select().from(deadlines).where(eq(deadlines.caseId, caseId));
  const fired = await tx.select().from(rungs).where(eq(rungs.caseId, caseId));
  const calendar = await currentCalendar(tx);
  const now = Date.now();
  const today = legalDateOf(clock.toLegal(now));
  return duties.map((duty) => {
    const { limitId, ladder, settledAt, suspendedAt } = duty;
    const plan = planRunning(calendar, duty, clock, today);
    const recorded = fired.flatMap((one) =>
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
