/**
 * Search of names and scopes for any part of two characters and more. Stored and asked texts are folded by one function
 * of the database (`folded`, as domain/folding.ts), so that width, capitals, spaces, dashes, quotes and what nobody sees make no
 * difference. An index holds the pairs of neighbouring characters; what has all pairs of the part is then tested for the
 * part itself.
 */
import { getTableName, sql, type AnyColumn, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { isSearchable } from '../../domain/worklist/search-text.ts';
import type { Executor } from '../postgres/client.ts';
import { pairsOf } from '../schema/columns.ts';

/** A table whose rows are searched by a text, for which it has an index of pairs. */
export interface Searched {
  table: PgTable;
  key: AnyColumn;
  text: AnyColumn;
  /** The rows that are searched, where the index holds some only. */
  only?: SQL;
}

/**
 * Keys by which rows are looked up. Of a part that more rows have it is quicker to read a list in its order and to test each
 * row, because a page is full soon.
 */
const MOST_KEYS = 10_000;
/** Rows that are tried first, from pages all over the table: enough to know a common part, in some milliseconds. */
const TRIED = 2000;
/** A part is common if so many of the rows tried have it: the index would give thousands before the first page. */
const COMMON = 40;

/** Escapes LIKE's wildcards in what a person typed. */
export const literal = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

export const hasPart = (text: SQLWrapper, part: string): SQL => sql`strpos(folded(${text}), folded(${part})) > 0`;

/** In the place of the table: the rows that are tried, the same ones each time. */
const tried = (table: PgTable): SQL => sql`${table} tablesample system ((
  select least(100, 100.0 * ${TRIED}::int / greatest(reltuples, 1)) from pg_class
  where oid = ${getTableName(table)}::regclass)) repeatable (1)`;

interface Found {
  keys: string[];
  /** Whether more rows have the part than the keys say. */
  isCommon: boolean;
}

/**
 * Finds the rows that have the part. Of a common part, only some of the rows that were tried are told; of a text too short
 * to be searched, none. Folding takes most of the time: rows are tried without it, and what has the only pair asked for is
 * not tested again. What is found is materialised, because a plan for the first rows would read the table until it has them.
 */
export async function search(
  db: Executor,
  { table, key, text, only = sql`true` }: Searched,
  part: string,
  { common = COMMON, most = MOST_KEYS } = {},
): Promise<Found> {
  if (!isSearchable(part)) return { keys: [], isCommon: false };
  const { rows } = await db.execute<{ keys: string[]; is_common: boolean }>(sql`
    with trial as materialized (
      select ${key} as key from ${tried(table)} where ${only} and strpos(${text}, ${part}) > 0 limit ${common}),
    found as materialized (
      select ${key} as key from ${table}
      where ${only} and ${pairsOf(text)} @> ${pairsOf(sql`${part}`)}
        and (length(folded(${part})) = 2 or ${hasPart(text, part)})),
    answer as (select (select count(*) from trial) = ${common} as is_common)
    select is_common,
      case when is_common then array(select key from trial) else array(select key from found limit ${most + 1}) end as keys
    from answer`);
  const { keys, is_common: isCommon } = rows[0]!;
  return { keys: keys.slice(0, most), isCommon: isCommon || keys.length > most };
}
