/**
 * Starts accepted cases in Temporal. A case that is already started counts as started: the workflow id is its business
 * key.
 */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { CaseOpening } from '../domain/case/case.ts';
import { caseStart } from '../workflows/lib/starting.ts';
import type { Deliver, OutboxRow } from './dispatcher.ts';

const CONCURRENCY = 16;

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
    const pending = [...rows];
    const worker = async () => {
      for (let row = pending.shift(); row; row = pending.shift()) await tryStart(row);
    };
    const tryStart = async (row: OutboxRow) => {
      try {
        await startCase(client, taskQueue, row.payload as CaseOpening);
      } catch (error) {
        failures.set(row.id, error as Error);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return failures;
  };
}
