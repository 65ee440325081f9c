import { fileURLToPath } from 'node:url';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import { sql } from 'drizzle-orm';
import { foldAssessedCases } from '../rollups/assessed-cases.ts';
import { connectDatabase } from './client.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any fixed number. The lock keeps two starting processes from migrating at once. */
const MIGRATION_LOCK = 720167;

/** Brings the database to today's schema. Safe to call at every start and from several processes. */
export async function migrate(databaseUrl: string): Promise<void> {
  const { db, close } = connectDatabase(databaseUrl, 1);
  try {
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await runMigrations(db, { migrationsFolder: MIGRATIONS });
    // After the migration that brings the rollup, this reads the whole log: some minutes for millions of entries.
    await foldAssessedCases(db);
  } finally {
    await close();
  }
}
