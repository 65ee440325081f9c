/**
 * The only writer of case state. Each step is one transaction under the case's lock: row, limits, audit, follow-up rows,
 * notices and ledger are committed together or not at all. A step is unique by (caseId, token), so a retried activity
 * changes nothing. Another step under the same token is no retry: it can never be written.
 */
import type { Database, Executor } from '../db/postgres/client.ts';
import { lapseIfMoot } from '../db/intake/lapse.ts';
import { insertCases, insertOwnRow } from '../db/cases/opened.ts';
import { begunOf } from '../db/queries/case-snapshot.ts';
import type { Clock } from '../domain/clock/clock.ts';
import type { CaseStep, ReprojectionStep, RungOutcome, RungStep, StepOutcome } from '../domain/case/case-step.ts';
import { openedContent } from '../domain/case/first-step.ts';
import { isFinal } from '../domain/case-types/case-types.ts';
import { firstDue, type AuditedLimit } from '../db/cases/deadline-rows.ts';
import { standingOf as readStanding } from '../db/cases/standing.ts';
import { findStep, lockCase, tokensOf, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { withdrawPrevented } from './breach-withdrawal.ts';
import { applyEffects } from './case-effects.ts';
import { changeDeadlines, deadlinesOf, plansAsTheyAre, type DeadlineRow } from './deadlines.ts';
import { writeNotices } from './notices.ts';
import { reproject, type ReprojectionOutcome } from './recounting.ts';
import { failingOutOfStep, refuseOtherStage, refuseRecordBehind } from './out-of-step.ts';
import { writeRung } from './rungs.ts';
import { currentSuccessors } from './successors.ts';
import type { Successors } from '../domain/case-types/sanction-lifting/successors.ts';

export interface CaseRecordDeps {
  db: Database;
  clock: Clock;
}

export interface CaseRecordActivities {
  recordStep(caseStep: CaseStep): Promise<StepOutcome>;
  recordRung(rungStep: RungStep): Promise<RungOutcome>;
  recordReprojection(step: ReprojectionStep): Promise<ReprojectionOutcome>;
  /** Writes nothing. */
  findSuccessors(departmentCodes: string[], regionCode: string): Promise<Successors>;
}

export function createCaseRecords({ db, clock }: CaseRecordDeps): CaseRecordActivities {
  const inStep = <T>({ caseId }: { caseId: string }, work: (tx: Executor) => Promise<T>) =>
    failingOutOfStep(db, caseId, () => db.transaction(work));

  return {
    recordStep: (caseStep) => inStep(caseStep, (tx) => writeCaseStep(tx, caseStep, clock)),
    recordRung: (rungStep) => inStep(rungStep, (tx) => writeRung(tx, rungStep, clock)),
    recordReprojection: (step) => inStep(step, (tx) => reproject(tx, step, clock)),
    findSuccessors: (departmentCodes, regionCode) => currentSuccessors(db, departmentCodes, regionCode),
  };
}

async function writeCaseStep(tx: Executor, caseStep: CaseStep, clock: Clock): Promise<StepOutcome> {
  const { legal } = clock;
  const { caseId, limits } = caseStep;
  if (caseStep.open) await insertOwnRow(tx, caseStep.open, clock);
  const row = await lockCase(tx, caseId);
  const { token, follows } = caseStep;
  const { limits: found, entries, edition } = await readStanding(tx, caseId, tokensOf(token, follows));
  const { done, isAfter } = await findStep(tx, caseId, repeated(caseStep), follows, entries);
  if (done !== undefined) {
    const plans = await plansAsTheyAre(tx, caseId, limits, legal(caseStep.at), clock);
    return { step: done, plans, begun: await begunOf(tx, caseStep.followUps, clock, caseStep.at) };
  }
  refuseRecordBehind(isAfter, caseStep);
  refuseOtherStage(row, caseStep);
  const [at, doneAt] = [legal(caseStep.at), legal(caseStep.doneAt ?? caseStep.at)];
  const inTime = await withdrawPrevented(tx, row, limits, found, { at, doneAt }, clock);
  const current = inTime === row ? found : await deadlinesOf(tx, caseId);
  const { plans, standing, ...trail } = await changeDeadlines(
    tx,
    inTime,
    current,
    limits,
    { at, doneAt },
    { clock, edition },
  );
  const updated = await writeAudit(tx, inTime, caseStep, trail, standingOf(inTime, caseStep, standing, doneAt), doneAt);
  const { actor, effects } = caseStep;
  await applyEffects({ tx, row: updated, at, doneAt: caseStep.doneAt ?? caseStep.at, actor, clock }, effects);
  await insertCases(tx, caseStep.followUps, clock);
  await lapseIfMoot(
    tx,
    caseStep.followUps.map(({ opened }) => opened),
  );
  await writeNotices(tx, updated, caseStep, standing, at, clock);
  return { step: updated.step, plans, begun: await begunOf(tx, caseStep.followUps, clock, caseStep.at) };
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
  ...(open && openedContent(open)),
  ...facts,
  ...(holder && { departmentCode: holder }),
});

interface Trail {
  before: AuditedLimit[];
  after: AuditedLimit[];
}

/** Before and after of everything that the step changes: stage, holder, facts, dates. */
function writeAudit(
  tx: Executor,
  row: CaseRow,
  caseStep: CaseStep,
  trail: Trail,
  change: Partial<CaseRow>,
  at: Date,
): Promise<CaseRow> {
  const { token, actor, action, article, stage, facts, holder, open, command } = caseStep;
  const known = Object.keys(facts).filter((key) => row.facts[key] !== undefined);
  const before = {
    stage: stage.before,
    ...Object.fromEntries(known.map((key) => [key, row.facts[key]])),
    ...(holder && { departmentCode: row.departmentCode }),
    ...(trail.before.length > 0 && { limits: trail.before }),
  };
  const after = { ...contentOf(caseStep), ...(trail.after.length > 0 && { limits: trail.after }) };
  return writeStep(
    tx,
    row,
    { token, at, actor, action, article, before: open ? null : before, after },
    change,
    command,
  );
}

/** What the step changes of the case's row. */
function standingOf(row: CaseRow, caseStep: CaseStep, limits: readonly DeadlineRow[], at: Date): Partial<CaseRow> {
  const stage = caseStep.stage.after;
  const closed = isFinal(row.caseType, stage);
  return {
    stage,
    status: closed ? 'closed' : 'open',
    closedAt: closed ? at : null,
    departmentCode: caseStep.holder ?? row.departmentCode,
    dueAt: firstDue(limits),
    facts: { ...row.facts, ...caseStep.facts },
  };
}
