/**
 * Starts the workflow of a case again from the database if it is gone: terminated by hand in the Temporal UI, or lost
 * with Temporal's data. The database is authoritative: stage, facts, limits and fired rungs are read from it.
 */
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { and, asc, eq, gt } from 'drizzle-orm';
import { lockCase, writeStep, type CaseRow } from '../db/cases/steps.ts';
import type { Database } from '../db/postgres/client.ts';
import { snapshotOf } from '../db/queries/case-snapshot.ts';
import { cases } from '../db/schema.ts';
import { tellAgain } from '../db/cases/told.ts';
import { CONTINUED_FROM } from '../domain/case/snapshot.ts';
import { type NewCase } from '../domain/case/case.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { caseStart } from '../workflows/lib/starting.ts';
import { SYSTEM } from '../domain/organs/actor.ts';

export interface RestoreDeps {
  db: Database;
  client: Client;
  clock: Clock;
  taskQueue: string;
  /** How long ago a workflow must have ended, in ms, before its case is restored: its last activity may still run. */
  settleMs?: number;
}

export type RestoreResult = 'restored' | 'lost' | 'too-recent' | 'no-input';

type Fate = 'running' | 'too-recent' | 'lost';

const SETTLE_MS = 60_000;
const PAGE = 500;
/** 省工商行政管理局负责……运行管理 */
const ARTICLE = '第四条第一款';

/**
 * Checks every open case.
 * @param dryRun reports the lost ones and starts none.
 * @yields the cases that do not run, with what became of each.
 */
export async function* restoreCases(
  deps: RestoreDeps,
  { dryRun = false }: { dryRun?: boolean } = {},
): AsyncGenerator<{ caseId: string; result: RestoreResult }> {
  for await (const row of casesStillOpen(deps.db)) {
    const fate = await fateOf(deps, row.caseId);
    if (fate === 'running') continue;
    const result = fate === 'lost' && !dryRun ? await restoreCase(deps, row.caseId) : fate;
    if (result) yield { caseId: row.caseId, result };
  }
}

async function* casesStillOpen(db: Database): AsyncGenerator<CaseRow> {
  let after = '';
  for (;;) {
    const page = await db
      .select()
      .from(cases)
      .where(and(eq(cases.status, 'open'), gt(cases.caseId, after)))
      .orderBy(asc(cases.caseId))
      .limit(PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.caseId;
  }
}

async function fateOf({ client, settleMs = SETTLE_MS }: RestoreDeps, caseId: string): Promise<Fate> {
  try {
    const { status, closeTime } = await client.workflow.getHandle(caseId).describe();
    if (status.name === 'RUNNING') return 'running';
    return Date.now() - (closeTime?.getTime() ?? 0) < settleMs ? 'too-recent' : 'lost';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'lost';
    throw error;
  }
}

/** Starts a case that does not run. @returns undefined if it was closed or started meanwhile. */
export async function restoreCase(
  { db, client, clock, taskQueue }: RestoreDeps,
  caseId: string,
): Promise<RestoreResult | undefined> {
  return db.transaction(async (tx) => {
    const row = await lockCase(tx, caseId);
    if (row.status !== 'open') return undefined;
    if (row.input === null) return 'no-input';
    // At step 0 nothing has happened: start it with its input, so that it still writes its opening.
    const memo = row.step === 0 ? {} : { memo: { [CONTINUED_FROM]: await snapshotOf(tx, row, clock) } };
    try {
      await client.workflow.start(row.caseType, {
        ...caseStart(openedAs(row, clock)),
        ...memo,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        taskQueue,
        args: [row.input],
      });
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
      throw error;
    }
    await tellAgain(tx, caseId);
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
