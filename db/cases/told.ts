/**
 * What a case is told of another's step, or of an intake: written in its transaction, sent by outbox/tell-cases.ts. Never a
 * signal from workflow to workflow, which is lost where the addressee was terminated.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { ToldCase } from '../../domain/case/effects.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import { outbox } from '../schema.ts';

/** The same fact is told once, whoever writes it again. */
export async function tellLater(tx: Executor, told: readonly ToldCase[]): Promise<void> {
  const rows = told.map(({ caseId, signal, args }) => ({
    kind: 'tell-case' as const,
    key: ['tell', caseId, signal, ...args].join(':'),
    payload: { caseId, signal, args },
  }));
  for (const some of chunksOf(rows)) await tx.insert(outbox).values(some).onConflictDoNothing();
}

/** All that a case was ever told: a workflow that was terminated may not have come to act on it. */
export async function tellAgain(tx: Executor, caseId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ doneAt: null, nextAttemptAt: sql`now()` })
    .where(and(eq(outbox.kind, 'tell-case'), eq(sql`${outbox.payload}->>'caseId'`, caseId)));
}
