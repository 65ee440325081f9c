/**
 * Tells a case about a step of another case, or about an intake: stored in the same transaction, sent by
 * outbox/tell-cases.ts. A signal from workflow to workflow would be lost if the addressee had been terminated.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { SAID_ONCE, type ToldCase } from '../../domain/case/effects.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import { outbox } from '../schema.ts';

const addressee = sql<string>`${outbox.payload}->>'caseId'`;

/**
 * Stores messages to cases. The same message is stored once, however often it is written, and what is said once also if
 * another cause is named: an enterprise may be cancelled again and again.
 */
export async function tellLater(tx: Executor, told: readonly ToldCase[]): Promise<void> {
  for (const some of chunksOf(told)) {
    const known = await saidTo(tx, some);
    const rows = some
      .filter(({ caseId, signal }) => !known.has(sayingOf(caseId, signal)))
      .map(({ caseId, signal, args }) => ({
        kind: 'tell-case' as const,
        key: ['tell', caseId, signal, ...args].join(':'),
        payload: { caseId, signal, args },
      }));
    if (rows.length > 0) await tx.insert(outbox).values(rows).onConflictDoNothing();
  }
}

const sayingOf = (caseId: string, signal: string) => `${caseId}:${signal}`;

/** What is said once and these cases were told, or are about to be told. */
async function saidTo(tx: Executor, told: readonly ToldCase[]): Promise<Set<string>> {
  const caseIds = told.filter(({ signal }) => SAID_ONCE.has(signal)).map(({ caseId }) => caseId);
  const said = await toldAmong(tx, caseIds, [...SAID_ONCE]);
  return new Set(said.map((one) => sayingOf(one.caseId, one.signal)));
}

/** Which of the cases were told one of the signals, or are about to be. */
export async function toldAmong(
  tx: Executor,
  caseIds: readonly string[],
  signals: readonly string[],
): Promise<{ caseId: string; signal: string }[]> {
  if (caseIds.length === 0) return [];
  const signal = sql<string>`${outbox.payload}->>'signal'`;
  return tx
    .select({ caseId: addressee, signal })
    .from(outbox)
    .where(and(eq(outbox.kind, 'tell-case'), inArray(addressee, [...caseIds]), inArray(signal, [...signals])));
}

/** Sends everything again that a case was ever told: a terminated workflow may not have acted on it. */
export async function tellAgain(tx: Executor, caseId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ doneAt: null, attempts: 0, nextAttemptAt: sql`now()` })
    .where(and(eq(outbox.kind, 'tell-case'), eq(addressee, caseId)));
}
