/**
 * Tells cases that their enterprise was cancelled. Told twice, a case ends once: its table admits the deed from open stages
 * only. One that has not started yet is told later; one that is closed has nothing left to end.
 */
import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import { inArray } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { LapseCasePayload } from '../db/lapse.ts';
import { cases } from '../db/schema.ts';
import { enterpriseCancelled } from '../workflows/messages.ts';
import type { Deliver } from './dispatcher.ts';

export function lapseCases(client: Client, db: Database): Deliver {
  return async (rows) => {
    const told = rows.map(({ id, payload }) => ({ id, ...(payload as LapseCasePayload) }));
    const closed = await closedAmong(
      db,
      told.map(({ caseId }) => caseId),
    );
    const failures = new Map<number, Error>();
    for (const { id, caseId, registrationNo } of told.filter((one) => !closed.has(one.caseId))) {
      try {
        await tell(client.workflow.getHandle(caseId), registrationNo);
      } catch (error) {
        failures.set(id, error as Error);
      }
    }
    return failures;
  };
}

/** @throws where the case has not started, or cannot be reached just now. */
async function tell(handle: WorkflowHandle, registrationNo: string): Promise<void> {
  try {
    await handle.signal(enterpriseCancelled, registrationNo);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    // Ended meanwhile, or terminated by hand: nobody is there to be told. Unknown altogether: it is yet to start.
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') throw error;
  }
}

async function closedAmong(db: Database, caseIds: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ caseId: cases.caseId, status: cases.status })
    .from(cases)
    .where(inArray(cases.caseId, caseIds));
  return new Set(rows.filter(({ status }) => status === 'closed').map(({ caseId }) => caseId));
}
