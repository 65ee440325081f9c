/**
 * Starts the workflow of a case again from the database if it is gone (terminated by hand in the Temporal UI, failed, lost
 * with Temporal's data), or if workflow and record differ because either came from a backup. The database is
 * authoritative: stage, facts, limits and fired rungs are read from it.
 */
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { and, asc, eq, gt } from 'drizzle-orm';
import { forgetInterrupted, forgetNotOpen, noteInterrupted } from '../db/cases/interrupted.ts';
import { lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import { snapshotOf } from '../db/queries/case-snapshot.ts';
import { cases } from '../db/schema.ts';
import { tellAgain } from '../db/cases/told.ts';
import { type NewCase } from '../domain/case/case.ts';
import type { RecordedStep } from '../domain/case/recorded-step.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { caseStart } from '../workflows/lib/starting.ts';
import { SYSTEM } from '../domain/organs/actor.ts';
import { Comparer, type Comparing, type Comparison } from './compare-case.ts';
import { sideBySide } from './side-by-side.ts';

export interface RestoreDeps extends Comparing {
  clock: Clock;
  taskQueue: string;
  /** How long ago a workflow must have ended, in ms, before its case is restored: its last activity may still run. */
  settleMs?: number;
}

export type RestoreResult =
  | 'restored'
  | 'too-recent'
  | 'no-input'
  /** The workflow is gone. */
  | 'lost'
  | Exclude<Comparison['finding'], 'agreed' | 'gone'>;

export interface RestoredCase {
  caseId: string;
  result: RestoreResult;
  /** The steps that the workflow had recorded and the record does not hold. */
  lost?: RecordedStep[];
}

const SETTLE_MS = 60_000;
const PAGE = 500;
/** 省工商行政管理局负责……运行管理 */
const ARTICLE = '第四条第一款';
/** People read it in the Temporal UI. */
export const TERMINATED_BECAUSE = '流程与登记簿不一致，依登记簿重新启动（npm run restore）';

/**
 * Checks every open case, and starts again what is gone or differs. A workflow that differs is terminated; it is started
 * after the others, when its last activity is over.
 * @param dryRun reports and starts none.
 * @yields the cases that do not run or differ, with what became of each; those that differ once more when restored.
 */
export async function* restoreCases(
  deps: RestoreDeps,
  { dryRun = false }: { dryRun?: boolean } = {},
): AsyncGenerator<RestoredCase> {
  const comparer = new Comparer(deps);
  const terminated: string[] = [];
  for await (const page of pagesOfOpen(deps)) {
    const compared = await compareAll(comparer, page);
    await noteFound(deps, compared);
    for (const [caseId, seen] of compared) {
      const found = resultOf(seen, deps);
      if (!found) continue;
      if (found.result === 'lost' && !dryRun) {
        const result = await restoreCase(deps, caseId);
        if (result) yield { caseId, result };
        continue;
      }
      yield { caseId, ...found };
      if (dryRun || !isDifference(found.result)) continue;
      await terminate(deps, caseId);
      terminated.push(caseId);
    }
  }
  await forgetNotOpen(deps.db);
  if (terminated.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, deps.settleMs ?? SETTLE_MS));
  for (const caseId of terminated) {
    const result = await restoreCase(deps, caseId);
    if (result) yield { caseId, result };
  }
}

async function* pagesOfOpen({ db }: RestoreDeps): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const page = await db
      .select({ caseId: cases.caseId })
      .from(cases)
      .where(and(eq(cases.status, 'open'), gt(cases.caseId, after)))
      .orderBy(asc(cases.caseId))
      .limit(PAGE);
    yield page.map(({ caseId }) => caseId);
    if (page.length < PAGE) return;
    after = page.at(-1)!.caseId;
  }
}

/** Compares a page, some cases at a time. @returns what was found, in the page's order. */
async function compareAll(comparer: Comparer, caseIds: readonly string[]): Promise<Map<string, Comparison>> {
  const found = new Map<string, Comparison>();
  await sideBySide(caseIds, async (caseId) => {
    found.set(caseId, await comparer.compare(caseId));
  });
  return new Map(caseIds.map((caseId) => [caseId, found.get(caseId)!]));
}

/** What health tells is put right: cases that agree are interrupted no longer. */
async function noteFound({ db }: RestoreDeps, compared: Map<string, Comparison>): Promise<void> {
  const agreed: string[] = [];
  for (const [caseId, { finding }] of compared) {
    if (finding === 'agreed') agreed.push(caseId);
    else if (finding === 'gone') await noteInterrupted(db, caseId, 'workflow-gone');
    else if (isDifference(finding)) await noteInterrupted(db, caseId, finding);
  }
  await forgetInterrupted(db, agreed);
}

function resultOf(seen: Comparison, { settleMs = SETTLE_MS }: RestoreDeps): Omit<RestoredCase, 'caseId'> | undefined {
  if (seen.finding === 'agreed') return undefined;
  if (seen.finding === 'record-behind') return { result: seen.finding, lost: seen.lost };
  if (seen.finding !== 'gone') return { result: seen.finding };
  return { result: Date.now() - (seen.endedAt?.getTime() ?? 0) < settleMs ? 'too-recent' : 'lost' };
}

const DIFFERENCES = ['record-behind', 'workflow-behind', 'stuck'] as const;

const isDifference = (found: string): found is (typeof DIFFERENCES)[number] =>
  DIFFERENCES.some((difference) => difference === found);

/** Ends a workflow that differs from the record. */
export async function terminate({ client }: RestoreDeps, caseId: string): Promise<void> {
  try {
    await client.workflow.getHandle(caseId).terminate(TERMINATED_BECAUSE);
  } catch (error) {
    // It ended by itself.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Starts a case that does not run. @returns undefined if it was closed or started meanwhile. */
export async function restoreCase(
  { db, client, clock, taskQueue }: RestoreDeps,
  caseId: string,
): Promise<RestoreResult | undefined> {
  const [known] = await db.select().from(cases).where(eq(cases.caseId, caseId));
  if (known?.status !== 'open') return undefined;
  if (known.input === null) return 'no-input';
  // Committed before the start: were it lost after it, the case would run without having heard what it was told.
  await tellAgain(db, caseId);
  return db.transaction(async (tx) => {
    const row = await lockCase(tx, caseId);
    if (row.status !== 'open') return undefined;
    // At step 0 nothing has happened: start it with its input, so that it still writes its first step.
    const begun = row.step === 0 ? undefined : await snapshotOf(tx, caseId, clock);
    try {
      await client.workflow.start(row.caseType, {
        ...caseStart(openedAs(row, clock), begun),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        taskQueue,
        args: [row.input],
      });
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
      throw error;
    }
    await forgetInterrupted(tx, [caseId]);
    if (row.step > 0) await writeRestoration(tx, row, clock.legal(Date.now()));
    return 'restored';
  });
}

type Transaction = Parameters<typeof lockCase>[0];

async function writeRestoration(tx: Transaction, row: CaseRow, at: Date): Promise<void> {
  const stage = { stage: row.stage };
  const token = `restore:${row.step}`;
  await writeStep(tx, row, {
    token,
    at,
    actor: SYSTEM,
    action: 'restore',
    article: ARTICLE,
    before: stage,
    after: stage,
  });
}

function openedAs(row: CaseRow, clock: Clock): NewCase {
  const { caseId, caseType, caseNo, uscc, round, departmentCode, regionCode, parentCaseId, stage, facts } = row;
  const openedAt = clock.toEngine(row.openedAt.getTime());
  const identity = { caseId, caseType, caseNo, uscc, round, departmentCode, regionCode };
  return { ...identity, parentCaseId, stage, openedAt, facts };
}
