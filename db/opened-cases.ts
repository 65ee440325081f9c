import type { NewCase } from '../domain/cases.ts';
import type { Executor } from './client.ts';
import { cases } from './schema.ts';

/** Inserts rows that may exist already: intake and parent cases write them before the workflow's own first step. */
export async function insertCases(tx: Executor, opened: NewCase[], legal: (engineMs: number) => Date): Promise<void> {
  if (opened.length === 0) return;
  await tx
    .insert(cases)
    .values(
      opened.map(({ openedAt, ...fields }) => ({ ...fields, status: 'open' as const, openedAt: legal(openedAt) })),
    )
    .onConflictDoNothing();
}
