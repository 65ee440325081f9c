/** What is kept of a file's import: who sent it, how it ended, and the rows that were not accepted. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { importRejections, imports, users } from '../schema.ts';

type Beginning = Pick<typeof imports.$inferInsert, 'id' | 'filename' | 'startedBy' | 'startedAt'>;
type End = Pick<typeof imports.$inferInsert, 'accepted' | 'duplicate' | 'rejected' | 'failure' | 'finishedAt'>;

export async function beginImport(db: Database, beginning: Beginning): Promise<void> {
  await db.insert(imports).values(beginning);
}

export async function endImport(db: Database, importId: string, end: End): Promise<void> {
  await db.update(imports).set(end).where(eq(imports.id, importId));
}

/** A row that was kept before stays as it is. */
export async function keepRejections(db: Database, rows: (typeof importRejections.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(importRejections).values(rows).onConflictDoNothing();
}

/** @returns the import with the region of the account that started it; undefined where there is none. */
export async function findImport(db: Database, importId: string) {
  const [found] = await db
    .select({ row: imports, regionCode: users.regionCode })
    .from(imports)
    .innerJoin(users, eq(users.username, imports.startedBy))
    .where(eq(imports.id, importId));
  return found;
}

/** The rows after a line, in the order of lines. @returns one row more than the limit where more follow. */
export function rejectionsAfter(db: Database, importId: string, line: number, limit: number) {
  return db
    .select()
    .from(importRejections)
    .where(and(eq(importRejections.importId, importId), gt(importRejections.line, line)))
    .orderBy(asc(importRejections.line))
    .limit(limit + 1);
}
