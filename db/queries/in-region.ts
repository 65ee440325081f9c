import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { regionPrefix } from '../../domain/organs/region-code.ts';

/** Whether a row's region is one or lies inside it. Indexes for it are of `text_pattern_ops`, whatever the database's collation. */
export const inRegion = (column: AnyColumn | SQL, code: string): SQL => sql`${column} like ${`${regionPrefix(code)}%`}`;
