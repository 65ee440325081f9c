import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import * as schema from './schema.ts';

export type Database = NodePgDatabase<typeof schema>;
/** A transaction, or the database itself. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseHandle {
  db: Database;
  pool: Pool;
  close: () => Promise<void>;
}

/** @param url a PostgreSQL connection URL. Connections are made on first use. */
export function connectDatabase(url: string, maxConnections = 10): DatabaseHandle {
  const pool = new Pool({ connectionString: url, max: maxConnections });
  // An idle connection that the server closes must not end the process: the pool opens another.
  pool.on('error', () => undefined);
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
