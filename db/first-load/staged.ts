/** What each kind of rows has in common when it is taken in: staged by COPY, then moved into the tables by a few statements. */
import { sql, type SQL } from 'drizzle-orm';
import type { CopyValue } from '../postgres/copy.ts';
import type { Executor } from '../postgres/client.ts';

/** By whom and with which file a chunk comes. */
export interface LoadContext {
  importId: string;
  acceptedBy: string;
  catalogueVersion: string;
  measuresVersion: string;
  /** Legal time. */
  now: Date;
}

/** A row that was not taken: `same` says that the record holds the same already, or something that stands in its place. */
export interface Left {
  line: number;
  same: boolean;
}

/** @typeParam P a row as it was planned. */
export interface StagedKind<P> {
  /** Columns of the temporary table, with their types; `line` comes first. */
  columns: readonly (readonly [name: string, type: string])[];
  values: (planned: P) => readonly CopyValue[];
  /** Moves the staged rows. @throws Overtaken if a live intake came in between. */
  move: (tx: Executor, context: LoadContext) => Promise<Left[]>;
  /** What a refused row of `move` is told. */
  conflict: { code: 'registration.conflict' | 'record.conflict' | 'listing.conflict'; message: string };
}

/** A live intake has written about an enterprise of the chunk meanwhile: the chunk is taken in again. */
export class Overtaken extends Error {}

export const STAGED = 'staged';

export async function rowsOf<T>(tx: Executor, query: SQL): Promise<T[]> {
  const { rows } = await tx.execute(query);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statement says what its rows are
  return rows as T[];
}

export const linesOf = (rows: readonly { line: number }[]) => sql.param(rows.map(({ line }) => line));

/** Compares staged rows that were not taken with what the table holds under their key, by the hash of their content. */
export async function comparedWith(
  tx: Executor,
  left: readonly { line: number }[],
  table: 'registrations' | 'record_versions' | 'listings',
  key: string,
): Promise<Left[]> {
  if (left.length === 0) return [];
  const [held, by] = [sql.identifier(table), sql.identifier(key)];
  return rowsOf<Left>(
    tx,
    sql`select s.line, bool_or(h.content_hash is not null) as same from ${sql.raw(STAGED)} s
      left join ${held} h on h.${by} = s.${by} and h.content_hash = s.content_hash
      where s.line = any(${linesOf(left)}::integer[]) group by s.line`,
  );
}
