import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient, type QueryConfig } from 'pg';
import { createPreparer, type Preparer } from './prepared.ts';
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
  /** How long to wait for a connection, in ms. Absent: for ever. */
  connection?: number;
  /** How long a statement may take, in ms, before PostgreSQL cancels it. Absent: for ever. */
  statement?: number;
}

export interface Durability {
  /**
   * Whether a commit waits until it is on disk. Without, a crash of PostgreSQL may undo the commits of the last second, the
   * latest first: only for what is done again if it is not found.
   */
  isDurable?: boolean;
}

/** In ms. PostgreSQL cancels a statement in time; if it has not answered so long after that, the server is gone. */
const SILENCE = 5000;
/** The message of `pg`. */
const UNANSWERED = 'Query read timeout';

/** @param url a PostgreSQL connection URL. Connections are made on first use. */
export function connectDatabase(
  url: string,
  maxConnections = 10,
  { connection, statement, isDurable = true }: Patience & Durability = {},
): DatabaseHandle {
  const pool = new Pool({
    connectionString: url,
    ...(isDurable ? {} : { options: '-c synchronous_commit=off' }),
    max: maxConnections,
    connectionTimeoutMillis: connection,
    statement_timeout: statement,
    query_timeout: statement && statement + SILENCE,
    // A server that vanished closes no connection: one that only listens finds out by keep-alive packets.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that the server closes must not end the process, whether idle or held by a transaction between two
  // statements. The pool opens another; the holder gets the error from its next statement.
  pool.on('error', () => undefined);
  const prepared = createPreparer();
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client.query = queryOf(client, prepared);
  });
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}

/** Sends an empty query. @throws if PostgreSQL does not answer; waits as long as the connection's patience. */
export async function ping(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

/**
 * Sends queries prepared, and discards dead connections. `pg` would keep one on which a query was not answered, and drizzle one on which a
 * transaction could not begin, until the pool has none left.
 */
function queryOf(client: PoolClient, prepared: Preparer): PoolClient['query'] {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...[first, ...rest]: unknown[]) => {
    const isConfig = typeof first === 'object' && first !== null && 'text' in first && Array.isArray(rest[0]);
    const asked = isConfig ? prepared(first as QueryConfig, rest[0] as unknown[]) : first;
    const answer = query(asked, ...rest);
    // Queries with a callback come from the pool, which discards failed connections itself.
    if (answer instanceof Promise) answer.catch((error: Error) => leave(client, asked, error));
    return answer;
  };
  return watched as PoolClient['query'];
}

function leave(client: PoolClient, query: unknown, error: Error): void {
  if (error.message === UNANSWERED) void client.end();
  const { text } = query as { text?: string };
  if (text?.startsWith('begin')) client.release(error);
}
