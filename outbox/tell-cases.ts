/**
 * Tells cases what happened elsewhere and cannot be refused: their enterprise was cancelled, their listing was lifted. A
 * case that does not run (not yet started, or terminated) is told once it runs (restore-cases.ts); a closed case is not
 * told. A case that is told twice acts once: its table allows the action in open stages only.
 */
import type { Client } from '@temporalio/client';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../db/postgres/client.ts';
import { cases } from '../db/schema.ts';
import type { ToldCase } from '../domain/case/effects.ts';
import type { Deliver } from './dispatcher.ts';

export function tellCases(client: Client, db: Database): Deliver {
  return async (rows) => {
    const told = rows.map(({ id, payload }) => ({ id, ...(payload as ToldCase) }));
    const closed = await closedAmong(
      db,
      told.map(({ caseId }) => caseId),
    );
    const failures = new Map<number, Error>();
    for (const { id, caseId, signal, args } of told.filter((one) => !closed.has(one.caseId))) {
      try {
        await client.workflow.getHandle(caseId).signal(signal, ...args);
      } catch (error) {
        failures.set(id, error as Error);
      }
    }
    return failures;
  };
}

async function closedAmong(db: Database, caseIds: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ caseId: cases.caseId })
    .from(cases)
    .where(and(inArray(cases.caseId, caseIds), eq(cases.status, 'closed')));
  return new Set(rows.map(({ caseId }) => caseId));
}
