/** 后置审批事项目录 by edition: a registration was matched by the edition of its day. */
import { desc, eq } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { catalogues } from '../schema.ts';

/** The latest first. */
export function catalogueVersions(db: Database) {
  return db.select({ version: catalogues.version }).from(catalogues).orderBy(desc(catalogues.recordedAt));
}

/** @returns undefined if no edition has this version. */
export async function findCatalogue(db: Database, version: string) {
  const [row] = await db.select().from(catalogues).where(eq(catalogues.version, version));
  return row;
}
