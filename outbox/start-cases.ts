/**
 * Starts accepted cases in Temporal, from the state that the record holds. A case that is already started counts as started:
 * the workflow id is its business key.
 */
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import type { Database } from '../db/postgres/client.ts';
import { beginningsOf } from '../db/queries/case-snapshot.ts';
import type { CaseOpening, NewCase } from '../domain/case/case.ts';
import type { Begun } from '../domain/case/snapshot.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { caseStart } from '../workflows/lib/starting.ts';
import type { Deliver } from './dispatcher.ts';
import { sideBySide } from './side-by-side.ts';

export interface StartDeps {
  client: Client;
  db: Database;
  clock: Clock;
  taskQueue: string;
}

export function startCases({ client, db, clock, taskQueue }: StartDeps): Deliver {
  return async (rows) => {
    const openings = rows.map(({ id, payload }) => ({ id, ...(payload as CaseOpening) }));
    const caseIds = openings.map(({ opened }) => opened.caseId);
    const { begun, closed } = await beginningsOf(db, caseIds, clock);
    const failures = new Map<number, Error>();
    await sideBySide(openings, async ({ id, workflow, opened, input }) => {
      // A command has started it and closed it meanwhile. Temporal forgets closed workflows, so it is not asked.
      if (closed.has(opened.caseId)) return;
      try {
        const options = optionsOf(opened, input, begun, taskQueue);
        await client.workflow.start(workflow, options);
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) failures.set(id, error as Error);
      }
    });
    return failures;
  };
}

const optionsOf = (opened: NewCase, input: unknown, begun: Begun, taskQueue: string) => ({
  ...caseStart(opened, begun[opened.caseId]),
  taskQueue,
  args: [input],
});

/**
 * How a command starts a case that waits in the outbox. An operation can be used once, so each try makes its own.
 * @returns undefined for a case that was closed meanwhile: it must not begin again.
 */
export async function startOf(
  { db, clock, taskQueue }: Pick<StartDeps, 'db' | 'clock' | 'taskQueue'>,
  { workflow, opened, input }: CaseOpening,
): Promise<(() => WithStartWorkflowOperation<Workflow>) | undefined> {
  const { begun, closed } = await beginningsOf(db, [opened.caseId], clock);
  if (closed.has(opened.caseId)) return undefined;
  const started = optionsOf(opened, input, begun, taskQueue);
  const options = { ...started, workflowIdConflictPolicy: 'USE_EXISTING' as const };
  return () => new WithStartWorkflowOperation(workflow, options);
}
