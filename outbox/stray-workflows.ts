/**
 * Finds cases that run although the record holds no open case for them: their intake, or the step that opened them, was
 * lost with a record from a backup; or Temporal came from a backup that is older than their closing.
 */
import type { Client } from '@temporalio/client';
import { runningCases } from '../domain/case/search-attributes.ts';
import { statusesOf } from '../db/queries/cases.ts';
import { Comparer } from './compare-case.ts';
import { terminate, type RestoreDeps } from './restore-cases.ts';

export interface StrayWorkflow {
  caseId: string;
  /** `unrecorded`: the record has no row. `outlived`: the record says that the case is closed. */
  result: 'unrecorded' | 'outlived';
}

const PAGE = 500;

/**
 * @param dryRun ends none. Otherwise those end whose case is closed. What is not recorded is never ended: it may be the
 *   record of another installation that is asked.
 */
export async function* strayWorkflows(
  deps: RestoreDeps,
  { dryRun = false }: { dryRun?: boolean } = {},
): AsyncGenerator<StrayWorkflow> {
  const comparer = new Comparer(deps);
  for await (const page of pagesOfRunning(deps.client, deps.taskQueue)) {
    const statuses = await statusesOf(deps.db, page);
    for (const caseId of page) {
      const status = statuses.get(caseId);
      if (status === undefined) yield { caseId, result: 'unrecorded' };
      // A case that has just been closed knows its last step, and is about to end by itself.
      if (status !== 'closed' || (await comparer.compare(caseId)).finding !== 'workflow-behind') continue;
      yield { caseId, result: 'outlived' };
      if (!dryRun) await terminate(deps, caseId);
    }
  }
}

async function* pagesOfRunning(client: Client, taskQueue: string): AsyncGenerator<string[]> {
  let page: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: runningCases(taskQueue), pageSize: PAGE })) {
    page.push(workflowId);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
