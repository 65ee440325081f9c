/** Writes the audit log: each step once, numbered while the case's row is locked. */
import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, gt, inArray, or, sql, type WithSubquery } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from './audit-actor.ts';
import { isArrival } from '../intake/arrivals.ts';
import { arrivals, auditLog, cases, commands } from '../schema.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import type { SYSTEM, Actor } from '../../domain/organs/actor.ts';

export type CaseRow = typeof cases.$inferSelect;

export interface StepEntry {
  token: string;
  at: Date;
  actor: Actor | typeof SYSTEM;
  action: string;
  article: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

/** A command that its step answers. */
export interface AnsweredCommand {
  key: string;
  requestHash: string;
  /** Without the step's number, which is known when it is written. */
  result: Omit<CommandResult, 'step'>;
}

/** Locks a case's row until the transaction ends. @throws Error if it has no row. */
export async function lockCase(tx: Executor, caseId: string): Promise<CaseRow> {
  const [row] = await tx.select().from(cases).where(eq(cases.caseId, caseId)).for('update');
  if (!row) throw new Error(`case ${caseId} has no row yet`);
  return row;
}

/** A step as it asks whether it was written before. */
interface Repeated extends Pick<StepEntry, 'token' | 'action'> {
  actor?: StepEntry['actor'];
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

/** What the log holds of a step that is about to be written. */
interface Standing {
  /** The step's number, if it was written before. */
  done: number | undefined;
  /** Whether the step that it follows is there; true where none is named. */
  isAfter: boolean;
}

/** The entries of a case's log under these tokens. */
const entriesOf = (tx: Executor, caseId: string, tokens: readonly string[]) =>
  tx
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), or(...tokens.map((token) => eq(auditLog.token, token)))));

/** The tokens whose entries tell whether a step was written, and whether the one before it was. */
export const tokensOf = (token: string, follows: string | undefined) =>
  follows === undefined ? [token] : [token, follows];

/**
 * @param follows the token of the step before it, as the workflow knows it.
 * @param entries those of the log under both tokens.
 * @throws StepConflict if what was written under the token is another step: of another action, person, stage or content.
 */
export async function findStep(
  tx: Executor,
  caseId: string,
  wanted: Repeated,
  follows: string | undefined,
  entries?: readonly (typeof auditLog.$inferSelect)[],
): Promise<Standing> {
  const { token, action } = wanted;
  const rows = entries ?? (await entriesOf(tx, caseId, tokensOf(token, follows)));
  const isAfter = follows === undefined || rows.some((one) => one.token === follows);
  const row = rows.find((one) => one.token === token);
  if (!row) return { done: undefined, isAfter };
  const isSame = row.action === action && isWritten(row, wanted) && (await isAnswered(tx, caseId, wanted.command));
  if (isSame) return { done: row.step, isAfter };
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

/**
 * Writes the next step of a case whose row is locked, in one statement: the log, the row and, for a command, the ledger;
 * the command's arrival need not be kept any longer.
 * @param change what else the step changes of the row. @param command the command that causes the step.
 * @returns the row as it now stands.
 */
export async function writeStep(
  tx: Executor,
  row: CaseRow,
  entry: StepEntry,
  change: Partial<CaseRow> = {},
  command?: AnsweredCommand,
): Promise<CaseRow> {
  const changed = { ...change, step: row.step + 1 };
  const { caseId } = row;
  const logged = tx.insert(auditLog).values({ ...entry, ...auditActor(entry.actor), caseId, step: changed.step });
  const parts: WithSubquery[] = [tx.$with('logged').as(logged.returning({ step: auditLog.step }))];
  if (command) {
    const { key, requestHash, result } = command;
    const answered = tx
      .insert(commands)
      .values({ caseId, key, requestHash, result: { ...result, step: changed.step } });
    parts.push(tx.$with('answered').as(answered.returning({ key: commands.key })));
    const arrived = tx.delete(arrivals).where(isArrival({ caseId, key, requestHash }));
    parts.push(tx.$with('arrived').as(arrived.returning({ key: arrivals.key })));
  }
  await tx
    .with(...parts)
    .update(cases)
    .set(changed)
    .where(eq(cases.caseId, caseId));
  return { ...row, ...changed };
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
