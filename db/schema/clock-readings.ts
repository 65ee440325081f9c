/** What each process last measured of the clocks. PostgreSQL's own is the reference. */
import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ProcessKind } from '../../domain/clock/skew.ts';
import { recordedAt } from './columns.ts';

/** A clock that was never set is decades behind. */
const milliseconds = (name: string) => bigint(name, { mode: 'number' });

export const clockReadings = pgTable(
  'clock_readings',
  {
    process: text('process').$type<ProcessKind>().notNull(),
    /** Host and process id. */
    instance: text('instance').notNull(),
    /** In ms, how far the process's clock is ahead of PostgreSQL's; negative: behind. */
    offsetMs: milliseconds('offset_ms').notNull(),
    /** In ms, how far off the offset may be: half of the time that the answer took. */
    errorMs: milliseconds('error_ms').notNull(),
    /** The same of Temporal's clock; null where the process does not measure it, or could not. */
    temporalOffsetMs: milliseconds('temporal_offset_ms'),
    temporalErrorMs: milliseconds('temporal_error_ms'),
    recordedAt: recordedAt(),
  },
  (t) => [primaryKey({ columns: [t.process, t.instance] })],
);
