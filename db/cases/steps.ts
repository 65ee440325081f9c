/** Writes the audit log: each step once, numbered while the case's row is locked. */
import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from './audit-actor.ts';
import { auditLog, cases, commands } from '../schema.ts';
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

/** A step as it asks whether it was written before. */
interface Repeated extends Pick<Entry, 'token' | 'action'> {
  actor?: Entry['actor'];
  /** What its row in the log would say, as far as that is the same at every attempt. Times may differ, and limits. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** The command that causes it. */
  command?: { key: string; requestHash: string };
}

/** Another step was written under the token. Trying again does not help. */
export class StepConflict extends Error {
  override name = 'StepConflict';
}

/**
 * @returns the number of a step that was written before, or undefined.
 * @throws StepConflict if what was written under the token is another step: of another action, person, stage or content.
 */
export async function findStep(tx: Executor, caseId: string, wanted: Repeated): Promise<number | undefined> {
  const { token, action } = wanted;
  const [row] = await tx
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), eq(auditLog.token, token)));
  if (!row) return undefined;
  const isSame = row.action === action && isWritten(row, wanted) && (await isAnswered(tx, caseId, wanted.command));
  if (isSame) return row.step;
  throw new StepConflict(
    `${caseId}: token ${token} is that of step ${row.step}, ${row.action}; another step has it, ${action}`,
  );
}

function isWritten(row: typeof auditLog.$inferSelect, { actor, before = {}, after = {} }: Repeated): boolean {
  if (actor && row.actor !== auditActor(actor).actor) return false;
  return holds(row.before, before) && holds(row.after, after);
}

/** Whether each of the values stands in the row's column, as JSON stores it. */
function holds(stored: Record<string, unknown> | null, values: Record<string, unknown>): boolean {
  const wanted = JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
  return Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(stored?.[key], value));
}

/** Whether the ledger has the command's answer, for the same request. */
async function isAnswered(tx: Executor, caseId: string, command: Repeated['command']): Promise<boolean> {
  if (!command) return true;
  const [known] = await tx
    .select({ requestHash: commands.requestHash })
    .from(commands)
    .where(and(eq(commands.caseId, caseId), eq(commands.key, command.key)));
  return known?.requestHash === command.requestHash;
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
