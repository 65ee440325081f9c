import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { isCounty, regionPrefix } from '../../domain/organs/region-code.ts';

/**
 * True if the row's region is the given one or lies inside it. Indexes for it use `text_pattern_ops`, which works under
 * any collation. A county has nothing inside: only if it is asked for by `=` can an index give its rows in an order.
 */
export const inRegion = (column: AnyColumn | SQL, code: string): SQL =>
  isCounty(code) ? sql`${column} = ${code}` : sql`${column} like ${`${regionPrefix(code)}%`}`;
