/** Open cases that are interrupted: noted by whoever meets one, counted by health, forgotten when they are restored. */
import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Interruption } from '../../domain/case/interruption.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { cases, interruptedCases } from '../schema.ts';

/** Notes it once; what is found later of the same case corrects the reason. */
export async function noteInterrupted(tx: Executor, caseId: string, reason: Interruption): Promise<void> {
  await tx
    .insert(interruptedCases)
    .values({ caseId, reason })
    .onConflictDoUpdate({ target: interruptedCases.caseId, set: { reason } });
}

export async function forgetInterrupted(tx: Executor, caseIds: readonly string[]): Promise<void> {
  for (const some of chunksOf(caseIds)) {
    await tx.delete(interruptedCases).where(inArray(interruptedCases.caseId, some));
  }
}

/** Forgets cases that closed, or that a record from a backup does not hold. */
export async function forgetNotOpen(db: Database): Promise<void> {
  const open = db
    .select({ caseId: cases.caseId })
    .from(cases)
    .where(and(eq(cases.caseId, interruptedCases.caseId), eq(cases.status, 'open')));
  await db.delete(interruptedCases).where(notExists(open));
}

/** How many are noted and not restored. */
export async function countInterrupted(db: Executor): Promise<number> {
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(interruptedCases);
  return row?.count ?? 0;
}
