/**
 * Tells a case about a step of another case, or about an intake: stored in the same transaction, sent by
 * outbox/tell-cases.ts. A signal from workflow to workflow would be lost if the addressee had been terminated.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { ToldCase } from '../../domain/case/effects.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import { outbox } from '../schema.ts';

/** Stores messages to cases. The same message is stored once, however often it is written. */
export async function tellLater(tx: Executor, told: readonly ToldCase[]): Promise<void> {
  const rows = told.map(({ caseId, signal, args }) => ({
    kind: 'tell-case' as const,
    key: ['tell', caseId, signal, ...args].join(':'),
    payload: { caseId, signal, args },
  }));
  for (const some of chunksOf(rows)) await tx.insert(outbox).values(some).onConflictDoNothing();
}

/** Sends everything again that a case was ever told: a terminated workflow may not have acted on it. */
export async function tellAgain(tx: Executor, caseId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ doneAt: null, nextAttemptAt: sql`now()` })
    .where(and(eq(outbox.kind, 'tell-case'), eq(sql`${outbox.payload}->>'caseId'`, caseId)));
}
