/**
 * Rows as one parameter, which PostgreSQL reads as a table. With a parameter for each value, building and planning the
 * statement took more of a file's time than everything else; here its text depends on the columns alone, so it is planned
 * once a connection.
 */
import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import { PgDate, PgTimestamp, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';

/** What `insert-rows` can send: anything but a piece of SQL. */
type Given<T extends PgTable> = T['$inferInsert'];

/**
 * `insert into … select …` for rows of a table, in their order; what follows (`on conflict`, `returning`) is appended. A column
 * that no row names gets its default.
 * @throws Error for a row without a value that the column's default would have to give while other rows have one.
 */
export function insertRows<T extends PgTable>(table: T, rows: readonly Given<T>[]): SQL {
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>);
  const named = columns.filter(([key]) => rows.some((row) => valueOf(row, key) !== undefined));
  const json = JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(named.map(([key, column]) => [column.name, jsonOf(column, valueOf(row, key))])),
    ),
  );
  const names = named.map(([, { name }]) => `"${name}"`).join(', ');
  const typed = named.map(([, column]) => `"${column.name}" ${typeOf(column)}`).join(', ');
  return sql`${sql.raw(`insert into "${getTableName(table)}" (${names}) select ${names} from json_to_recordset(`)}${json}${sql.raw(`::json) as given(${typed})`)}`;
}

/** The type of a column's values: `bigserial` is a type with a default. */
const typeOf = (column: PgColumn) => column.getSQLType().replace('bigserial', 'bigint').replace('serial', 'integer');

const valueOf = (row: object, key: string): unknown => (row as Record<string, unknown>)[key];

/** A value as JSON that PostgreSQL reads as the column's type. */
function jsonOf(column: PgColumn, value: unknown): unknown {
  if (value === undefined && column.hasDefault) throw new Error(`${column.name} is given in some of the rows only`);
  if (value === undefined || value === null) return null;
  return column instanceof PgTimestamp || column instanceof PgDate ? column.mapToDriverValue(value as never) : value;
}
