/** The yardstick of what is taken in: COPY, in binary, of the same rows into empty tables with the same indexes and constraints. */
import type { Client as PgClient } from 'pg';

export type Counts = Map<string, number>;

export async function countRows(client: PgClient): Promise<Counts> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const counts: Counts = new Map();
  for (const { name } of rows) {
    const counted = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`);
    counts.set(name, counted.rows[0]!.n);
  }
  return counts;
}

/** Copies tables into empty ones like them. @returns the seconds of the copying in, all tables one after another. */
export async function copySeconds(client: PgClient, tables: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  const file = (table: string) => client.escapeLiteral(`${rows[0]!.data_directory}/copied-${table}`);
  await client.query('create schema yardstick');
  for (const table of tables) {
    await client.query(`copy public.${table} to ${file(table)} (format binary)`);
    await client.query(`create table yardstick.${table} (like public.${table} including all)`);
  }
  await client.query('checkpoint');
  const began = performance.now();
  for (const table of tables) await client.query(`copy yardstick.${table} from ${file(table)} (format binary)`);
  return (performance.now() - began) / 1000;
}
