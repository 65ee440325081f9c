/**
 * The only writer of case state. Each step is one transaction: row, limits, audit, follow-up rows, notices and ledger
 * stand or fall together, unique on (caseId, step), so that a retried activity changes nothing.
 */
import { and, eq, isNull, min } from 'drizzle-orm';
import type { Database, Executor } from '../db/client.ts';
import { insertCases } from '../db/opened-cases.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { auditLog, cases, commands, deadlines, rungs } from '../db/schema.ts';
import { endOfDay } from '../domain/calendar.ts';
import { SYSTEM } from '../domain/cases.ts';
import type { Clock } from '../domain/clock.ts';
import { planLimit, type DeadlinePlan } from '../domain/deadlines.ts';
import { LIMITS, RUNGS, type LimitId } from '../domain/limits.ts';
import type { RungRecord, StepRecord } from '../domain/step-record.ts';
import { isFinal, STAGES } from '../domain/transitions.ts';
import { writeNotices, writeRungNotices } from './notices.ts';

export interface CaseRecordDeps {
  db: Database;
  clock: Clock;
}

interface StepOutcome {
  plans: Partial<Record<LimitId, DeadlinePlan>>;
}

/** `moved`: the calendar in force puts the rung later than planned; it was not fired. */
interface RungOutcome {
  moved?: DeadlinePlan;
}

export interface CaseRecordActivities {
  recordStep(record: StepRecord): Promise<StepOutcome>;
  recordRung(record: RungRecord): Promise<RungOutcome>;
}

type CaseRow = typeof cases.$inferSelect;

export function createCaseRecords({ db, clock }: CaseRecordDeps): CaseRecordActivities {
  const legal = (engineMs: number) => new Date(clock.toLegal(engineMs));

  async function plan(tx: Executor, limitId: LimitId, startedAt: number): Promise<DeadlinePlan> {
    return planLimit(await currentCalendar(tx), LIMITS[limitId], startedAt, clock);
  }

  async function recordStep(record: StepRecord): Promise<StepOutcome> {
    return db.transaction(async (tx) => {
      if (record.open) await insertCases(tx, [record.open], legal);
      const row = await lockCase(tx, record.caseId);
      const plans: StepOutcome['plans'] = {};
      for (const { limitId, startedAt } of record.arm) plans[limitId] = await plan(tx, limitId, startedAt);
      if (!(await writeAudit(tx, record, legal(record.at)))) return { plans };

      for (const { limitId, startedAt } of record.arm) {
        await armDeadline(tx, record.caseId, limitId, legal(startedAt), plans[limitId]!);
      }
      for (const limitId of record.settle) await settleDeadline(tx, record.caseId, limitId, legal(record.at));
      const updated = await updateCase(tx, row, record, legal(record.at));
      await insertCases(tx, record.followUps, legal);
      if (record.command) {
        await tx.insert(commands).values({ caseId: record.caseId, ...record.command });
      }
      await writeNotices(tx, updated, record, legal(record.at));
      return { plans };
    });
  }

  async function recordRung(record: RungRecord): Promise<RungOutcome> {
    const { caseId, limitId, rung, at } = record;
    return db.transaction(async (tx) => {
      const row = await lockCase(tx, caseId);
      const current = await plan(tx, limitId, record.startedAt);
      const planned = current.rungs.find((r) => r.rung === rung);
      // Every timer asks the calendar again when it fires. A term is only ever lengthened here.
      if (planned && planned.at > Math.max(record.plannedAt, at)) {
        await moveDeadline(tx, record, current, legal(at));
        return { moved: current };
      }
      const dueAt = legal(record.plannedAt);
      const fired = await tx
        .insert(rungs)
        .values({ caseId, limitId, rung, dueAt, firedAt: legal(at) })
        .onConflictDoNothing()
        .returning({ rung: rungs.rung });
      if (fired.length === 0) return {};
      await writeRung(tx, record, row, dueAt, legal);
      return {};
    });
  }

  return { recordStep, recordRung };
}

async function lockCase(tx: Executor, caseId: string): Promise<CaseRow> {
  const [row] = await tx.select().from(cases).where(eq(cases.caseId, caseId)).for('update');
  if (!row) throw new Error(`case ${caseId} has no row yet`);
  return row;
}

/** @returns false where the step was recorded before: nothing more is to be done. */
async function writeAudit(tx: Executor, record: StepRecord, at: Date): Promise<boolean> {
  const { actor, stage } = record;
  const person = actor === SYSTEM ? undefined : actor;
  const written = await tx
    .insert(auditLog)
    .values({
      caseId: record.caseId,
      step: record.step,
      at,
      actor: person?.username ?? SYSTEM,
      actorRole: person?.role ?? SYSTEM,
      actorDepartment: person?.departmentCode ?? null,
      action: record.action,
      before: stage.before === null ? null : { stage: stage.before },
      after: { stage: stage.after, ...record.facts, ...(record.holder ? { departmentCode: record.holder } : {}) },
      article: record.article,
    })
    .onConflictDoNothing()
    .returning({ id: auditLog.id });
  return written.length > 0;
}

async function armDeadline(
  tx: Executor,
  caseId: string,
  limitId: LimitId,
  startedAt: Date,
  plan: DeadlinePlan,
): Promise<void> {
  const { workingDays, kind } = LIMITS[limitId];
  await tx
    .insert(deadlines)
    .values({
      caseId,
      limitId,
      workingDays,
      kind,
      startedAt,
      startDate: plan.startDate,
      dueDate: plan.dueDate,
      dueAt: new Date(endOfDay(plan.dueDate)),
      calendarVersion: plan.calendarVersion,
      provisional: plan.provisional,
    })
    .onConflictDoNothing();
}

async function settleDeadline(tx: Executor, caseId: string, limitId: LimitId, at: Date): Promise<void> {
  await tx
    .update(deadlines)
    .set({ settledAt: at })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId), isNull(deadlines.settledAt)));
}

async function nearestDue(tx: Executor, caseId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ dueAt: min(deadlines.dueAt) })
    .from(deadlines)
    .where(and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt)));
  return row?.dueAt ?? null;
}

async function updateCase(tx: Executor, row: CaseRow, record: StepRecord, at: Date): Promise<CaseRow> {
  const stage = record.stage.after;
  const closed = isFinal(row.caseType as keyof typeof STAGES, stage);
  const [updated] = await tx
    .update(cases)
    .set({
      stage,
      status: closed ? 'closed' : 'open',
      closedAt: closed ? at : null,
      departmentCode: record.holder ?? row.departmentCode,
      dueAt: await nearestDue(tx, row.caseId),
      step: record.step,
      facts: { ...row.facts, ...record.facts },
    })
    .where(eq(cases.caseId, row.caseId))
    .returning();
  return updated!;
}

async function writeRung(
  tx: Executor,
  record: RungRecord,
  row: CaseRow,
  dueAt: Date,
  legal: (engineMs: number) => Date,
): Promise<void> {
  const { caseId, limitId, rung, step } = record;
  const where = and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId));
  const [deadline] = await tx.select().from(deadlines).where(where);
  // The breach is dated at the end of the last day, however late the timer ran.
  const breachedAt = RUNGS[rung].effect === 'breach' ? deadline?.dueAt : undefined;
  if (breachedAt) await tx.update(deadlines).set({ breachedAt }).where(where);
  await tx
    .update(cases)
    .set({ step, breachedAt: row.breachedAt ?? breachedAt })
    .where(eq(cases.caseId, caseId));
  await writeSystemAudit(
    tx,
    record,
    `rung:${rung}`,
    legal(record.at),
    { stage: row.stage },
    {
      stage: row.stage,
      limitId,
      rung,
      dueAt: dueAt.toISOString(),
      supervision: record.followUps.map((followUp) => followUp.caseId),
    },
  );
  await insertCases(tx, record.followUps, legal);
  await writeRungNotices(tx, row, limitId, rung, deadline?.dueDate ?? null, legal(record.at));
}

async function writeSystemAudit(
  tx: Executor,
  { caseId, step, limitId }: RungRecord,
  action: string,
  at: Date,
  before: object,
  after: object,
): Promise<void> {
  await tx
    .insert(auditLog)
    .values({
      caseId,
      step,
      at,
      actor: SYSTEM,
      actorRole: SYSTEM,
      action,
      before,
      after,
      article: LIMITS[limitId].article,
    })
    .onConflictDoNothing();
}

/** Both dates and the reason stay on record (mission: a provisional date is re-projected when the notice is loaded). */
async function moveDeadline(tx: Executor, record: RungRecord, plan: DeadlinePlan, at: Date): Promise<void> {
  const { caseId, limitId } = record;
  const where = and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId));
  const [before] = await tx.select().from(deadlines).where(where);
  const after = {
    dueDate: plan.dueDate,
    dueAt: new Date(endOfDay(plan.dueDate)),
    calendarVersion: plan.calendarVersion,
    provisional: plan.provisional,
  };
  await tx.update(deadlines).set(after).where(where);
  await tx
    .update(cases)
    .set({ step: record.step, dueAt: await nearestDue(tx, caseId) })
    .where(eq(cases.caseId, caseId));
  const shown = before && { dueDate: before.dueDate, calendarVersion: before.calendarVersion };
  await writeSystemAudit(tx, record, 'deadline.reprojected', at, { limitId, ...shown }, { limitId, ...after });
}
