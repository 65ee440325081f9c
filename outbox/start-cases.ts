/**
 * Starts accepted cases in Temporal. A case that is already started counts as started: the workflow id is its business
 * key.
 */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { CaseOpening } from '../domain/case/case.ts';
import { caseStart } from '../workflows/lib/starting.ts';
import type { Deliver } from './dispatcher.ts';
import { sideBySide } from './side-by-side.ts';

/** Starts a case's workflow, or does nothing if it is started already. */
export async function startCase(client: Client, taskQueue: string, payload: CaseOpening): Promise<void> {
  const { workflow, opened, input } = payload;
  try {
    await client.workflow.start(workflow, { ...caseStart(opened), taskQueue, args: [input] });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

export function startCases(client: Client, taskQueue: string): Deliver {
  return async (rows) => {
    const failures = new Map<number, Error>();
    await sideBySide(rows, async ({ id, payload }) => {
      try {
        await startCase(client, taskQueue, payload as CaseOpening);
      } catch (error) {
        failures.set(id, error as Error);
      }
    });
    return failures;
  };
}
