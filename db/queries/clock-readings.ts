/** The time of PostgreSQL, and what each process last measured against it. */
import { asc, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { ProcessKind, Reading } from '../../domain/clock/skew.ts';
import type { Database } from '../postgres/client.ts';
import { clockReadings } from '../schema.ts';

export interface ClockReading extends Reading {
  process: ProcessKind;
  /** Host and process id. */
  instance: string;
}

/** Minutes. A process that has not measured for so long has ended. */
const LIFE = 5;
const end: SQL = sql`clock_timestamp() - make_interval(mins => ${LIFE})`;

/** In epoch ms. */
export async function databaseTime(db: Database): Promise<number> {
  const { rows } = await db.execute<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return rows[0]!.ms;
}

/** Stores what a process has measured in place of what it measured before, and forgets processes that have ended. */
export async function storeReading(db: Database, reading: ClockReading): Promise<void> {
  const { process, instance, offsetMs, errorMs, temporal } = reading;
  const measured = {
    offsetMs,
    errorMs,
    temporalOffsetMs: temporal?.offsetMs ?? null,
    temporalErrorMs: temporal?.errorMs ?? null,
    recordedAt: sql`clock_timestamp()`,
  };
  await db
    .insert(clockReadings)
    .values({ process, instance, ...measured })
    .onConflictDoUpdate({ target: [clockReadings.process, clockReadings.instance], set: measured });
  await db.delete(clockReadings).where(lt(clockReadings.recordedAt, end));
}

/** What the processes that run have measured last. */
export async function currentReadings(db: Database): Promise<(ClockReading & { measuredAt: Date })[]> {
  const rows = await db
    .select()
    .from(clockReadings)
    .where(gte(clockReadings.recordedAt, end))
    .orderBy(asc(clockReadings.process), asc(clockReadings.instance));
  return rows.map(({ temporalOffsetMs, temporalErrorMs, recordedAt, ...reading }) => ({
    ...reading,
    measuredAt: recordedAt,
    temporal:
      temporalOffsetMs === null || temporalErrorMs === null
        ? null
        : { offsetMs: temporalOffsetMs, errorMs: temporalErrorMs },
  }));
}
