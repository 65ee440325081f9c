/** What is stored about a file's import: who sent it, how it ended, and the rejected rows. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { importRejections, imports, users } from '../schema.ts';

type Beginning = Pick<typeof imports.$inferInsert, 'id' | 'filename' | 'startedBy' | 'startedAt' | 'columns'>;
type End = Pick<
  typeof imports.$inferInsert,
  'accepted' | 'duplicate' | 'rejected' | 'failure' | 'finishedAt' | 'columns'
>;

export async function beginImport(db: Database, beginning: Beginning): Promise<void> {
  await db.insert(imports).values(beginning);
}

export async function endImport(db: Database, importId: string, end: End): Promise<void> {
  await db.update(imports).set(end).where(eq(imports.id, importId));
}

/** Stores rejected rows; those already stored stay as they are. */
export async function keepRejections(db: Database, rows: (typeof importRejections.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(importRejections).values(rows).onConflictDoNothing();
}

/** @returns the import with the region of the account that started it, or undefined. */
export async function findImport(db: Database, importId: string) {
  const [found] = await db
    .select({ row: imports, regionCode: users.regionCode })
    .from(imports)
    .innerJoin(users, eq(users.username, imports.startedBy))
    .where(eq(imports.id, importId));
  return found;
}

/** The columns of an import's file. */
export async function findColumns(db: Database, importId: string): Promise<readonly string[] | null> {
  const [found] = await db.select({ columns: imports.columns }).from(imports).where(eq(imports.id, importId));
  return found?.columns ?? null;
}

/** The rejected rows after a line, in the file's order. @returns one row more than the limit if another page follows. */
export function rejectionsAfter(db: Database, importId: string, line: number, limit: number) {
  return db
    .select()
    .from(importRejections)
    .where(and(eq(importRejections.importId, importId), gt(importRejections.line, line)))
    .orderBy(asc(importRejections.line))
    .limit(limit + 1);
}

/** Rejected rows that are read at a time. */
const PAGE = 1000;

/** All rejected rows, in the file's order; read page by page, nothing is held in between. */
export async function* allRejections(db: Database, importId: string) {
  for (let line: number | undefined = 0; line !== undefined;) {
    const page: (typeof importRejections.$inferSelect)[] = await rejectionsAfter(db, importId, line, PAGE);
    yield* page;
    line = page.length > PAGE ? page.at(-1)!.line : undefined;
  }
}
