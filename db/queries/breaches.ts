/** The breach of a limit's term. */
import { and, eq } from 'drizzle-orm';
import { WITHDRAWN } from '../../domain/clock/limits.ts';
import type { Executor } from '../postgres/client.ts';
import { rungs, type deadlines } from '../schema.ts';

export interface Breach {
  dueAt: Date;
  isSupervised: boolean;
}

/** The breach of the term that a row describes, if its `due` rung has fired and was not taken back. */
export async function breachOf(
  tx: Executor,
  { caseId, limitId, ladder: term, breachedAt }: typeof deadlines.$inferSelect,
): Promise<Breach | undefined> {
  if (!breachedAt) return undefined;
  const fired = await tx
    .select({ rung: rungs.rung, dueAt: rungs.dueAt })
    .from(rungs)
    .where(and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.ladder, term)));
  if (fired.some(({ rung }) => rung === WITHDRAWN)) return undefined;
  const breach = fired.find(({ rung }) => rung === 'due');
  return breach && { dueAt: breach.dueAt, isSupervised: fired.some(({ rung }) => rung === 'due+3') };
}
