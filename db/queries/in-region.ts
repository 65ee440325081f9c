import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { regionPrefix } from '../../domain/organs/region-code.ts';

/**
 * True if the row's region is the given one or lies inside it. Indexes for it use `text_pattern_ops`, which works under
 * any collation.
 */
export const inRegion = (column: AnyColumn | SQL, code: string): SQL => sql`${column} like ${`${regionPrefix(code)}%`}`;
