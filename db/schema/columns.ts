import { sql, type SQLWrapper } from 'drizzle-orm';
import { customType, date, timestamp } from 'drizzle-orm/pg-core';

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const legalDate = (name: string) => date(name, { mode: 'string' });
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** The database's own time; all other times are legal time. */
export const recordedAt = () => instant('recorded_at').notNull().defaultNow();
/**
 * The pairs of neighbouring characters of a text, folded: what an index holds of it for the search of any part
 * (db/queries/text-search.ts). Both functions are SQL (migration 0012).
 */
export const pairsOf = (text: SQLWrapper) => sql`bigrams(folded(${text}))`;
