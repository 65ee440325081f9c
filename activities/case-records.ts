/**
 * The only writer of case state. Each step is one transaction under the case's lock: row, limits, audit, follow-up rows,
 * notices and ledger stand or fall together, unique on (caseId, token), so that a retried activity changes nothing.
 */
import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../db/postgres/client.ts';
import { lapseIfMoot } from '../db/intake/lapse.ts';
import { insertCases } from '../db/cases/opened.ts';
import { cases, commands } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { ReprojectionRecord, RungOutcome, RungRecord, StepRecord } from '../domain/case/step-record.ts';
import { isFinal } from '../domain/case-types/case-types.ts';
import { findStep, lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { applyEffects } from './case-effects.ts';
import { changeDuties, limitsOnRecord, nearestDue, plansAsTheyAre, type LimitOnRecord, type Plans } from './duties.ts';
import { writeNotices } from './notices.ts';
import { reproject, type ReprojectionOutcome } from './recounting.ts';
import { writeRung } from './rungs.ts';

export interface CaseRecordDeps {
  db: Database;
  clock: Clock;
}

interface StepOutcome {
  /** The step's number in the audit log. */
  step: number;
  plans: Plans;
}

export interface CaseRecordActivities {
  recordStep(record: StepRecord): Promise<StepOutcome>;
  recordRung(record: RungRecord): Promise<RungOutcome>;
  recordReprojection(record: ReprojectionRecord): Promise<ReprojectionOutcome>;
}

export function createCaseRecords({ db, clock }: CaseRecordDeps): CaseRecordActivities {
  const { legal } = clock;

  async function recordStep(record: StepRecord): Promise<StepOutcome> {
    const { caseId, limits, token } = record;
    return db.transaction(async (tx) => {
      if (record.open) await insertCases(tx, [{ opened: record.open }], legal);
      const row = await lockCase(tx, caseId);
      const done = await findStep(tx, caseId, token);
      if (done !== undefined)
        return { step: done, plans: await plansAsTheyAre(tx, caseId, limits, legal(record.at), clock) };
      refuseOutOfStep(row, record);
      const at = legal(record.at);
      const { plans, before } = await changeDuties(tx, row, limits, at, clock);
      const trail = { before, after: await limitsOnRecord(tx, row, limits, at) };
      const updated = await updateCase(tx, await writeAudit(tx, row, record, trail, at), record, at);
      await applyEffects({ tx, row: updated, at }, record.effects);
      await insertCases(tx, record.followUps, legal);
      await lapseIfMoot(
        tx,
        record.followUps.map(({ opened }) => opened),
      );
      const { step } = updated;
      if (record.command) {
        const { key, requestHash, result } = record.command;
        await tx.insert(commands).values({ caseId, key, requestHash, result: { ...result, step } });
      }
      await writeNotices(tx, updated, record, at);
      return { step, plans };
    });
  }

  return {
    recordStep,
    recordRung: (record) => db.transaction((tx) => writeRung(tx, record, clock)),
    recordReprojection: (record) => db.transaction((tx) => reproject(tx, record, clock)),
  };
}

/** A step that does not follow from where the record stands is never written over it: it waits, for everyone to see. */
function refuseOutOfStep(row: CaseRow, { open, stage, action }: StepRecord): void {
  if (open || row.stage === stage.before) return;
  throw new Error(`${row.caseId} is at ${row.stage} in the record; ${action} would follow ${stage.before}`);
}

interface Trail {
  before: LimitOnRecord[];
  after: LimitOnRecord[];
}

/** Before and after of everything that the step changes: stage, holder, facts, dates. */
function writeAudit(tx: Executor, row: CaseRow, record: StepRecord, trail: Trail, at: Date): Promise<CaseRow> {
  const { token, actor, action, article, stage, facts, holder, open } = record;
  const known = Object.keys(facts).filter((key) => row.facts[key] !== undefined);
  const before = {
    stage: stage.before,
    ...Object.fromEntries(known.map((key) => [key, row.facts[key]])),
    ...(holder && { departmentCode: row.departmentCode }),
    ...(trail.before.length > 0 && { limits: trail.before }),
  };
  const after = {
    stage: stage.after,
    // Whose case it is, and of what kind: the assessment is computed from the log alone (第十六条).
    ...(open && { caseType: open.caseType, departmentCode: open.departmentCode, ...open.facts }),
    ...facts,
    ...(holder && { departmentCode: holder }),
    ...(trail.after.length > 0 && { limits: trail.after }),
  };
  return writeStep(tx, row, { token, at, actor, action, article, before: open ? null : before, after });
}

async function updateCase(tx: Executor, row: CaseRow, record: StepRecord, at: Date): Promise<CaseRow> {
  const stage = record.stage.after;
  const closed = isFinal(row.caseType, stage);
  const [updated] = await tx
    .update(cases)
    .set({
      stage,
      status: closed ? 'closed' : 'open',
      closedAt: closed ? at : null,
      departmentCode: record.holder ?? row.departmentCode,
      dueAt: await nearestDue(tx, row.caseId),
      facts: { ...row.facts, ...record.facts },
    })
    .where(eq(cases.caseId, row.caseId))
    .returning();
  return updated!;
}
