/** What a step has to know of its case, read in one statement once the case's row is locked. */
import { and, eq, or, sql } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { editionInForce, type Edition } from '../queries/calendar.ts';
import { auditLog, cases, deadlines } from '../schema.ts';

export interface Standing {
  /** The case's limits as they stand. */
  limits: (typeof deadlines.$inferSelect)[];
  /** The entries of the log under the tokens that were asked for. */
  entries: (typeof auditLog.$inferSelect)[];
  /** The calendar in force, to be compiled where it is needed (db/queries/calendar.ts). */
  edition: Edition | null;
}

/** @param tokens one or two; each alone, not as a list, so that the statement is planned once. */
export async function standingOf(tx: Executor, caseId: string, tokens: readonly string[]): Promise<Standing> {
  const inForce = editionInForce(tx).as('in_force');
  const rows = await tx
    .select({
      limit: deadlines,
      entry: auditLog,
      version: inForce.version,
      recordedAt: inForce.recordedAt,
    })
    .from(cases)
    .leftJoin(deadlines, eq(deadlines.caseId, cases.caseId))
    .leftJoin(auditLog, and(eq(auditLog.caseId, cases.caseId), or(...tokens.map((token) => eq(auditLog.token, token)))))
    .leftJoin(inForce, sql`true`)
    .where(eq(cases.caseId, caseId));
  // Each limit stands once beside each entry.
  const limits = new Map(rows.flatMap(({ limit }) => (limit ? [[limit.limitId, limit]] : [])));
  const entries = new Map(rows.flatMap(({ entry }) => (entry ? [[entry.token, entry]] : [])));
  const { version, recordedAt } = rows[0] ?? { version: null, recordedAt: null };
  const edition = version === null || recordedAt === null ? null : { version, recordedAt };
  return { limits: [...limits.values()], entries: [...entries.values()], edition };
}
