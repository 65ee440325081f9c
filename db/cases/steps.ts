/** Writes the audit log: each step once, numbered while the case's row is locked. */
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from './opened.ts';
import { auditLog, cases } from '../schema.ts';
import type { SYSTEM, Actor } from '../../domain/organs/actor.ts';

export type CaseRow = typeof cases.$inferSelect;

interface Entry {
  token: string;
  at: Date;
  actor: Actor | typeof SYSTEM;
  action: string;
  article: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

/** Locks a case's row until the transaction ends. @throws Error if it has no row. */
export async function lockCase(tx: Executor, caseId: string): Promise<CaseRow> {
  const [row] = await tx.select().from(cases).where(eq(cases.caseId, caseId)).for('update');
  if (!row) throw new Error(`case ${caseId} has no row yet`);
  return row;
}

/** @returns the number of a step that was written before, or undefined. */
export async function findStep(tx: Executor, caseId: string, token: string): Promise<number | undefined> {
  const [row] = await tx
    .select({ step: auditLog.step })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), eq(auditLog.token, token)));
  return row?.step;
}

/** Writes the next step of a case whose row is locked. @returns the row with its new number. */
export async function writeStep(tx: Executor, row: CaseRow, entry: Entry): Promise<CaseRow> {
  const step = row.step + 1;
  await tx.insert(auditLog).values({ ...entry, ...auditActor(entry.actor), caseId: row.caseId, step });
  await tx.update(cases).set({ step }).where(eq(cases.caseId, row.caseId));
  return { ...row, step };
}

/** What a workflow causes; dates that moved and restorations accompany its steps, and it does not learn of them. */
const isCause = sql`${auditLog.token} !~ '^(moved|withdrawn|restore):'`;

/** The token of the last step that the case's workflow caused, or undefined. */
export async function lastCause(db: Executor, caseId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ token: auditLog.token })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), gt(auditLog.step, 0), isCause))
    .orderBy(desc(auditLog.step))
    .limit(1);
  return row?.token;
}

/** Which of these tokens no step of the case has. */
export async function tokensMissing(db: Executor, caseId: string, tokens: readonly string[]): Promise<Set<string>> {
  const missing = new Set(tokens);
  if (missing.size === 0) return missing;
  const known = await db
    .select({ token: auditLog.token })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), inArray(auditLog.token, [...missing])));
  for (const { token } of known) missing.delete(token);
  return missing;
}
