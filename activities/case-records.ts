/**
 * The only writer of case state. Each step is one transaction under the case's lock: row, limits, audit, follow-up rows,
 * notices and ledger are committed together or not at all. A step is unique by (caseId, token), so a retried activity
 * changes nothing. Another step under the same token is no retry: it can never be written.
 */
import { ApplicationFailure } from '@temporalio/activity';
import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../db/postgres/client.ts';
import { lapseIfMoot } from '../db/intake/lapse.ts';
import { insertCases } from '../db/cases/opened.ts';
import { cases, commands } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { CaseStep, ReprojectionStep, RungOutcome, RungStep } from '../domain/case/case-step.ts';
import { isFinal } from '../domain/case-types/case-types.ts';
import { findStep, lockCase, StepConflict, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { withdrawPrevented } from './breach-withdrawal.ts';
import { applyEffects } from './case-effects.ts';
import {
  auditedLimits,
  changeDeadlines,
  nearestDue,
  plansAsTheyAre,
  type AuditedLimit,
  type Plans,
} from './deadlines.ts';
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
  recordStep(caseStep: CaseStep): Promise<StepOutcome>;
  recordRung(rungStep: RungStep): Promise<RungOutcome>;
  recordReprojection(step: ReprojectionStep): Promise<ReprojectionOutcome>;
}

export function createCaseRecords({ db, clock }: CaseRecordDeps): CaseRecordActivities {
  const { legal } = clock;

  async function recordStep(caseStep: CaseStep): Promise<StepOutcome> {
    const { caseId, limits } = caseStep;
    return db.transaction(async (tx) => {
      if (caseStep.open) await insertCases(tx, [{ opened: caseStep.open }], legal);
      const row = await lockCase(tx, caseId);
      const done = await findStep(tx, caseId, repeated(caseStep));
      if (done !== undefined)
        return { step: done, plans: await plansAsTheyAre(tx, caseId, limits, legal(caseStep.at), clock) };
      refuseOutOfStep(row, caseStep);
      const [at, doneAt] = [legal(caseStep.at), legal(caseStep.doneAt ?? caseStep.at)];
      const inTime = await withdrawPrevented(tx, row, limits, { at, doneAt });
      const { plans, before } = await changeDeadlines(tx, inTime, limits, { at, doneAt }, clock);
      const trail = { before, after: await auditedLimits(tx, inTime, limits, doneAt) };
      const updated = await updateCase(tx, await writeAudit(tx, inTime, caseStep, trail, doneAt), caseStep, doneAt);
      await applyEffects({ tx, row: updated, at }, caseStep.effects);
      await insertCases(tx, caseStep.followUps, legal);
      await lapseIfMoot(
        tx,
        caseStep.followUps.map(({ opened }) => opened),
      );
      const { step } = updated;
      if (caseStep.command) {
        const { key, requestHash, result } = caseStep.command;
        await tx.insert(commands).values({ caseId, key, requestHash, result: { ...result, step } });
      }
      await writeNotices(tx, updated, caseStep, at);
      return { step, plans };
    });
  }

  return {
    recordStep: (caseStep) => orFail(recordStep(caseStep)),
    recordRung: (rungStep) => orFail(db.transaction((tx) => writeRung(tx, rungStep, clock))),
    recordReprojection: (step) => orFail(db.transaction((tx) => reproject(tx, step, clock))),
  };
}

/**
 * A conflict is not tried again. The workflow fails with it, visibly, because it is ahead of the database, from which it
 * is restored (workflows/lib/case-file.ts).
 */
async function orFail<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StepConflict)) throw error;
    throw ApplicationFailure.nonRetryable(error.message, error.name);
  }
}

/**
 * What tells the step from another under its token. Its time is left out: if a local activity was committed but its
 * workflow task lost, the workflow repeats the step at a later time.
 */
function repeated(caseStep: CaseStep) {
  const { token, action, actor, stage, open, command } = caseStep;
  const before = open ? {} : { stage: stage.before };
  return { token, action, actor, before, after: contentOf(caseStep), ...(command && { command }) };
}

/** What the log says of the case after the step, its limits aside. */
const contentOf = ({ stage, open, facts, holder }: CaseStep) => ({
  stage: stage.after,
  // Keep holder and case type in the log, because the assessment is computed from the log alone (第十六条).
  ...(open && { caseType: open.caseType, departmentCode: open.departmentCode, ...open.facts }),
  ...facts,
  ...(holder && { departmentCode: holder }),
});

/**
 * Refuses a step that starts from another stage than the one in the database. The activity then fails and is retried,
 * visibly in Temporal, instead of overwriting the case.
 */
function refuseOutOfStep(row: CaseRow, { open, stage, action }: CaseStep): void {
  if (open || row.stage === stage.before) return;
  throw new Error(`${row.caseId} is at ${row.stage} in the database; ${action} would follow ${stage.before}`);
}

interface Trail {
  before: AuditedLimit[];
  after: AuditedLimit[];
}

/** Before and after of everything that the step changes: stage, holder, facts, dates. */
function writeAudit(tx: Executor, row: CaseRow, caseStep: CaseStep, trail: Trail, at: Date): Promise<CaseRow> {
  const { token, actor, action, article, stage, facts, holder, open } = caseStep;
  const known = Object.keys(facts).filter((key) => row.facts[key] !== undefined);
  const before = {
    stage: stage.before,
    ...Object.fromEntries(known.map((key) => [key, row.facts[key]])),
    ...(holder && { departmentCode: row.departmentCode }),
    ...(trail.before.length > 0 && { limits: trail.before }),
  };
  const after = { ...contentOf(caseStep), ...(trail.after.length > 0 && { limits: trail.after }) };
  return writeStep(tx, row, { token, at, actor, action, article, before: open ? null : before, after });
}

async function updateCase(tx: Executor, row: CaseRow, caseStep: CaseStep, at: Date): Promise<CaseRow> {
  const stage = caseStep.stage.after;
  const closed = isFinal(row.caseType, stage);
  const [updated] = await tx
    .update(cases)
    .set({
      stage,
      status: closed ? 'closed' : 'open',
      closedAt: closed ? at : null,
      departmentCode: caseStep.holder ?? row.departmentCode,
      dueAt: await nearestDue(tx, row.caseId),
      facts: { ...row.facts, ...caseStep.facts },
    })
    .where(eq(cases.caseId, row.caseId))
    .returning();
  return updated!;
}
