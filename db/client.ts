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

/**
 * @param url a PostgreSQL connection URL. Connections are made on first use.
 * @param patience how long to wait for a connection, in ms; 0 is as long as it takes.
 */
export function connectDatabase(url: string, maxConnections = 10, patience = 0): DatabaseHandle {
  const pool = new Pool({ connectionString: url, max: maxConnections, connectionTimeoutMillis: patience });
  // A connection that the server closes must not end the process, neither an idle one nor one that a transaction holds
  // between two statements: the pool opens another, and who held it learns it from the next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
