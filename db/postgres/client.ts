import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient } from 'pg';
import * as schema from '../schema.ts';

export type Database = NodePgDatabase<typeof schema>;
/** A transaction, or the database itself. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseHandle {
  db: Database;
  pool: Pool;
  close: () => Promise<void>;
}

export interface Patience {
  /** How long to wait for a connection, in ms; without, as long as it takes. */
  connection?: number;
  /** How long a statement may take, in ms, before PostgreSQL ends it; without, as long as it takes. */
  statement?: number;
}

/** PostgreSQL ends a statement in time; where nothing is heard by then, in ms, nobody is there any more. */
const SILENCE = 5000;
/** As `pg` says it. */
const UNANSWERED = 'Query read timeout';

/** @param url a PostgreSQL connection URL. Connections are made on first use. */
export function connectDatabase(
  url: string,
  maxConnections = 10,
  { connection, statement }: Patience = {},
): DatabaseHandle {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connection,
    statement_timeout: statement,
    query_timeout: statement && statement + SILENCE,
    // A server that vanished closes no connection: what only listens finds out by asking.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that the server closes must not end the process, neither an idle one nor one that a transaction holds
  // between two statements: the pool opens another, and who held it learns it from the next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client.query = leavingTheDead(client);
  });
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}

/** Asks PostgreSQL for nothing. @throws where it does not answer; waits as long as the connection's patience. */
export async function ping(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

/**
 * `pg` keeps a connection on which a query was not answered, and drizzle one on which a transaction could not begin: neither
 * would ever come back, until the pool has none left.
 */
function leavingTheDead(client: PoolClient): PoolClient['query'] {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]) => {
    const answer = query(...args);
    // With a callback it is the pool that asks, which lets go of what failed.
    if (answer instanceof Promise) answer.catch((error: Error) => leave(client, args[0], error));
    return answer;
  };
  return watched as PoolClient['query'];
}

function leave(client: PoolClient, query: unknown, error: Error): void {
  if (error.message === UNANSWERED) void client.end();
  const { text } = query as { text?: string };
  if (text?.startsWith('begin')) client.release(error);
}
