/**
 * The only writer of case state. Each step is one transaction: row, limits, audit, follow-up rows, notices and ledger
 * stand or fall together, unique on (caseId, step), so that a retried activity changes nothing.
 */
import { and, eq, isNull, min } from 'drizzle-orm';
import type { Database, Executor } from '../db/client.ts';
import { insertCases } from '../db/opened-cases.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { auditLog, cases, commands, deadlines, rungs } from '../db/schema.ts';
import { SYSTEM } from '../domain/cases.ts';
import type { Clock } from '../domain/clock.ts';
import { moves, type DeadlinePlan } from '../domain/deadlines.ts';
import { LIMITS, RUNGS, type LimitId } from '../domain/limits.ts';
import type { ReprojectionRecord, RungRecord, StepRecord } from '../domain/step-record.ts';
import { isFinal, STAGES } from '../domain/transitions.ts';
import { applyEffects } from './case-effects.ts';
import {
  changeDuties,
  dueColumns,
  findDuty,
  limitsOnRecord,
  planDuty,
  plansAsTheyAre,
  type LimitOnRecord,
  type Plans,
} from './duties.ts';
import { writeMovedNotice, writeNotices, writeRungNotices } from './notices.ts';

export interface CaseRecordDeps {
  db: Database;
  clock: Clock;
}

interface StepOutcome {
  plans: Plans;
}

/** `moved`: the calendar in force puts the rung later than planned; it was not fired. */
interface RungOutcome {
  moved?: DeadlinePlan;
}

export interface CaseRecordActivities {
  recordStep(record: StepRecord): Promise<StepOutcome>;
  recordRung(record: RungRecord): Promise<RungOutcome>;
  recordReprojection(record: ReprojectionRecord): Promise<StepOutcome>;
}

type CaseRow = typeof cases.$inferSelect;
type DeadlineRow = typeof deadlines.$inferSelect;

export function createCaseRecords({ db, clock }: CaseRecordDeps): CaseRecordActivities {
  const legal = (engineMs: number) => new Date(clock.toLegal(engineMs));

  async function recordStep(record: StepRecord): Promise<StepOutcome> {
    const { caseId, limits } = record;
    return db.transaction(async (tx) => {
      if (record.open) await insertCases(tx, [record.open], legal);
      const row = await lockCase(tx, caseId);
      const at = legal(record.at);
      // Written before, and the answer was lost. The row is locked: nobody writes this step meanwhile.
      if (row.step >= record.step) return { plans: await plansAsTheyAre(tx, caseId, limits, clock) };
      const plans = await changeDuties(tx, caseId, limits, at, clock);
      await writeAudit(tx, record, at, await limitsOnRecord(tx, caseId, limits, at));
      const updated = await updateCase(tx, row, record, at);
      await applyEffects({ tx, row: updated, at }, record.effects);
      await insertCases(tx, record.followUps, legal);
      if (record.command) await tx.insert(commands).values({ caseId, ...record.command });
      await writeNotices(tx, updated, record, at);
      return { plans };
    });
  }

  async function recordRung(record: RungRecord): Promise<RungOutcome> {
    const { caseId, limitId, rung, at } = record;
    return db.transaction(async (tx) => {
      const row = await lockCase(tx, caseId);
      const duty = await findDuty(tx, caseId, limitId);
      if (!duty) throw new Error(`case ${caseId} has no limit ${limitId}`);
      const current = planDuty(await currentCalendar(tx), duty, clock);
      const planned = current.rungs.find((r) => r.rung === rung);
      // Every timer asks the calendar again when it fires. A term is only ever lengthened here.
      if (planned && planned.at > Math.max(record.plannedAt, at)) {
        await moveDuty(tx, record, row, duty, current, legal(at));
        return { moved: current };
      }
      const dueAt = legal(record.plannedAt);
      const values = { caseId, limitId, rung, ladder: duty.ladder, dueAt, firedAt: legal(at) };
      const fired = await tx.insert(rungs).values(values).onConflictDoNothing().returning({ rung: rungs.rung });
      if (fired.length > 0) await writeRung(tx, record, row, duty, dueAt, legal);
      return {};
    });
  }

  /** A date that moves is on record with both dates, and the holder is told. */
  async function recordReprojection(record: ReprojectionRecord): Promise<StepOutcome> {
    const { caseId } = record;
    return db.transaction(async (tx) => {
      const row = await lockCase(tx, caseId);
      const calendar = await currentCalendar(tx);
      const running = await tx
        .select()
        .from(deadlines)
        .where(and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt)));
      // Written before, and the answer was lost: the case still has to hear of its new dates.
      const repeated = await hasStep(tx, record);
      const plans: Plans = {};
      for (const duty of running) {
        const plan = planDuty(calendar, duty, clock);
        if (repeated || moves(duty, plan)) plans[duty.limitId as LimitId] = plan;
      }
      if (!repeated) await moveDuties(tx, record, row, running, plans, legal(record.at));
      return { plans };
    });
  }

  return { recordStep, recordRung, recordReprojection };
}

async function lockCase(tx: Executor, caseId: string): Promise<CaseRow> {
  const [row] = await tx.select().from(cases).where(eq(cases.caseId, caseId)).for('update');
  if (!row) throw new Error(`case ${caseId} has no row yet`);
  return row;
}

async function hasStep(tx: Executor, { caseId, step }: Pick<StepRecord, 'caseId' | 'step'>): Promise<boolean> {
  const found = await tx
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), eq(auditLog.step, step)));
  return found.length > 0;
}

async function writeAudit(tx: Executor, record: StepRecord, at: Date, limits: LimitOnRecord[]): Promise<void> {
  const { actor, stage, open } = record;
  const person = actor === SYSTEM ? undefined : actor;
  await tx.insert(auditLog).values({
    caseId: record.caseId,
    step: record.step,
    at,
    actor: person?.username ?? SYSTEM,
    actorRole: person?.role ?? SYSTEM,
    actorDepartment: person?.departmentCode ?? null,
    action: record.action,
    before: stage.before === null ? null : { stage: stage.before },
    after: {
      stage: stage.after,
      // Whose case it is, and of what kind: the assessment is computed from the log alone (第十六条).
      ...(open && { caseType: open.caseType, departmentCode: open.departmentCode, ...open.facts }),
      ...record.facts,
      ...(record.holder ? { departmentCode: record.holder } : {}),
      ...(limits.length > 0 ? { limits } : {}),
    },
    article: record.article,
  });
}

async function nearestDue(tx: Executor, caseId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ dueAt: min(deadlines.dueAt) })
    .from(deadlines)
    .where(and(eq(deadlines.caseId, caseId), isNull(deadlines.settledAt), isNull(deadlines.suspendedAt)));
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
  duty: DeadlineRow,
  dueAt: Date,
  legal: (engineMs: number) => Date,
): Promise<void> {
  const { caseId, limitId, rung, step } = record;
  // The breach is dated at the end of the last day, however late the timer ran.
  const breachedAt = RUNGS[rung].effect === 'breach' ? duty.dueAt : undefined;
  if (breachedAt) {
    await tx
      .update(deadlines)
      .set({ breachedAt: duty.breachedAt ?? breachedAt })
      .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  }
  await tx
    .update(cases)
    .set({ step, breachedAt: row.breachedAt ?? breachedAt })
    .where(eq(cases.caseId, caseId));
  const supervision = record.followUps.map((followUp) => followUp.caseId);
  const after = { stage: row.stage, limitId, rung, dueAt: dueAt.toISOString(), supervision };
  await writeSystemAudit(
    tx,
    record,
    `rung:${rung}`,
    legal(record.at),
    LIMITS[limitId].article,
    { stage: row.stage },
    after,
  );
  await insertCases(tx, record.followUps, legal);
  await writeRungNotices(tx, row, duty, rung, legal(record.at));
}

async function writeSystemAudit(
  tx: Executor,
  { caseId, step }: Pick<StepRecord, 'caseId' | 'step'>,
  action: string,
  at: Date,
  article: string,
  before: object,
  after: object,
): Promise<boolean> {
  const written = await tx
    .insert(auditLog)
    .values({ caseId, step, at, actor: SYSTEM, actorRole: SYSTEM, action, before, after, article })
    .onConflictDoNothing()
    .returning({ id: auditLog.id });
  return written.length > 0;
}

const shown = ({ dueDate, calendarVersion, provisional }: DeadlinePlan | DeadlineRow) => ({
  dueDate,
  calendarVersion,
  provisional,
});

/** 中华人民共和国国务院《全国年节及纪念日放假办法》: the days are its own, the counting is the calendar's. */
const CALENDAR_ARTICLE = '行政许可法第八十二条';

async function moveDuty(
  tx: Executor,
  record: RungRecord,
  row: CaseRow,
  duty: DeadlineRow,
  plan: DeadlinePlan,
  at: Date,
): Promise<void> {
  await moveDuties(tx, record, row, [duty], { [record.limitId]: plan }, at);
}

async function moveDuties(
  tx: Executor,
  record: Pick<StepRecord, 'caseId' | 'step'>,
  row: CaseRow,
  running: DeadlineRow[],
  plans: Plans,
  at: Date,
): Promise<void> {
  const { caseId, step } = record;
  const moved = running.flatMap((duty) => {
    const plan = plans[duty.limitId as LimitId];
    return plan ? [{ duty, plan }] : [];
  });
  if (moved.length === 0) return;
  const before = Object.fromEntries(moved.map(({ duty }) => [duty.limitId, shown(duty)]));
  const after = Object.fromEntries(moved.map(({ duty, plan }) => [duty.limitId, shown(plan)]));
  if (!(await writeSystemAudit(tx, record, 'deadline.reprojected', at, CALENDAR_ARTICLE, before, after))) return;
  for (const { duty, plan } of moved) {
    await tx
      .update(deadlines)
      .set(dueColumns(plan))
      .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, duty.limitId)));
    if (plan.dueDate !== duty.dueDate) await writeMovedNotice(tx, row, duty, plan.dueDate, step, at);
  }
  await tx
    .update(cases)
    .set({ step, dueAt: await nearestDue(tx, caseId) })
    .where(eq(cases.caseId, caseId));
}
