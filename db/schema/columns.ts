import { customType, date, timestamp } from 'drizzle-orm/pg-core';

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const legalDate = (name: string) => date(name, { mode: 'string' });
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** The database's own time; all other times are legal time. */
export const recordedAt = () => instant('recorded_at').notNull().defaultNow();
