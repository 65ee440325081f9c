/** What PostgreSQL counts itself: statements, transactions, WAL, fsyncs. */
import { Client } from 'pg';

export interface Counters {
  /** Statements sent to one database, without those that begin and end transactions. */
  statements: number;
  /** Explicit transactions of that database. */
  transactions: number;
  /** Of the whole server. */
  walBytes: number;
  fullPages: number;
  /** Of the WAL, by all processes. */
  fsyncs: number;
}

/**
 * Flags with which the server must be started. No checkpoint comes during a run, because the pages that are changed first
 * after one are written whole, which is a matter of how long a run takes.
 */
export const COUNTING = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.max=10000',
  'checkpoint_timeout=1h',
].flatMap((setting) => ['-c', setting]);

const COUNT = `
  select
    coalesce(sum(calls) filter (where query !~* '^\\s*(begin|start|commit|end|rollback|abort)\\y'), 0)::float as "statements",
    coalesce(sum(calls) filter (where query ~* '^\\s*(begin|start)\\y'), 0)::float as "transactions",
    (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float as "walBytes",
    (select wal_fpi::float from pg_stat_wal) as "fullPages",
    (select sum(fsyncs)::float from pg_stat_io where object = 'wal') as "fsyncs"
  from pg_stat_statements
  where dbid = (select oid from pg_database where datname = $1)`;

/** Counts from another database than the one that is measured, so that its own questions are no part of the figures. */
export class CounterReader {
  private readonly client: Client;

  private constructor(client: Client) {
    this.client = client;
  }

  /** @param databaseUrl of any database of the server. */
  static async open(databaseUrl: string): Promise<CounterReader> {
    const url = new URL(databaseUrl);
    url.pathname = '/postgres';
    const client = new Client({ connectionString: url.href });
    // After Ctrl-C the server ends before its readers do.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create extension if not exists pg_stat_statements');
    return new CounterReader(client);
  }

  /** WAL and statements are exact at once; fsyncs are told by idle sessions some seconds later (`COUNTED_AFTER_MS`). */
  async read(database: string): Promise<Counters> {
    const { rows } = await this.client.query<Counters>(COUNT, [database]);
    return rows[0]!;
  }

  /** The statements that were sent most often: what to look at first. */
  async mostOften(database: string, limit: number): Promise<{ calls: number; ms: number; query: string }[]> {
    const { rows } = await this.client.query<{ calls: number; ms: number; query: string }>(
      `select calls::float, total_exec_time + total_plan_time as ms, query from pg_stat_statements
       where dbid = (select oid from pg_database where datname = $1) order by calls desc limit $2`,
      [database, limit],
    );
    return rows;
  }

  async reset(): Promise<void> {
    await this.client.query('select pg_stat_statements_reset()');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** In ms. An idle session hands its counts over after at most ten seconds. */
export const COUNTED_AFTER_MS = 11_000;

export function difference<K extends string>(after: Record<K, number>, before: Record<K, number>): Record<K, number> {
  const pairs = Object.entries(after) as [K, number][];
  return Object.fromEntries(pairs.map(([key, value]) => [key, value - before[key]])) as Record<K, number>;
}
