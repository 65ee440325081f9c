/**
 * Measures, about once a minute, how far this process's clock is from PostgreSQL's, and a worker's also how far Temporal's is;
 * warns when any two clocks of the system are more than a second apart.
 */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Database } from '../db/postgres/client.ts';
import { currentReadings, databaseTime, storeReading } from '../db/queries/clock-readings.ts';
import {
  bestOffset,
  between,
  largestSkew,
  measureOffset,
  SKEW_WARNED_ABOVE_MS,
  type Offset,
  type ProcessKind,
} from '../domain/clock/skew.ts';

const MINUTE = 60_000;
const REMEDY = 'let NTP set the clocks of all hosts, e.g. chrony; chronyc tracking shows how far a host is off';

export interface ClockWatchOptions {
  db: Database;
  log: Logger;
  process: ProcessKind;
  /** Reads Temporal's clock, in epoch ms. Absent: this process does not measure it. */
  temporalTime?: () => Promise<number>;
  /** The local clock. */
  now?: () => number;
  /** Interval in ms. */
  every?: number;
}

/**
 * @returns a function that stops measuring. It waits for the measurement that is under way: connections are closed
 *   afterwards, and what Temporal's client tries again on a closed one throws where nothing catches it.
 */
export function startClockWatch({ every = MINUTE, ...options }: ClockWatchOptions): () => Promise<void> {
  let isApart = false;
  let measuring: Promise<void> | undefined;
  const look = async () => {
    try {
      isApart = await measure(options, isApart);
    } catch (err) {
      // While PostgreSQL is away there is nothing to compare with, and others say so.
      options.log.debug({ err }, 'clocks not measured');
    } finally {
      measuring = undefined;
    }
  };
  const begin = () => {
    measuring ??= look();
  };
  // Each at a pace of its own: workers that started together would meet at Temporal each time (outbox/server-time.ts).
  const timer = setInterval(begin, every * (0.9 + 0.2 * Math.random()));
  begin();
  return async () => {
    clearInterval(timer);
    await measuring;
  };
}

/** @param wasApart whether the last measurement was warned of. @returns whether the clocks are too far apart now. */
async function measure(
  { db, log, process: kind, temporalTime, now = Date.now }: Omit<ClockWatchOptions, 'every'>,
  wasApart: boolean,
): Promise<boolean> {
  const own = await bestOffset(() => databaseTime(db), now);
  const temporal = temporalTime ? await temporalOffset(temporalTime, own, now, log) : null;
  await storeReading(db, { process: kind, instance: `${hostname()}:${process.pid}`, ...own, temporal });
  const readings = await currentReadings(db);
  const skewMs = largestSkew(readings);
  const isApart = skewMs > SKEW_WARNED_ABOVE_MS;
  if (isApart && !wasApart) log.warn({ skewMs, readings, remedy: REMEDY }, 'clocks are more than a second apart');
  if (!isApart && wasApart) log.info({ skewMs, readings }, 'clocks agree again');
  return isApart;
}

/** How far Temporal's clock is ahead of PostgreSQL's. @param own how far this process's is. */
async function temporalOffset(
  temporalTime: () => Promise<number>,
  own: Offset,
  now: () => number,
  log: Logger,
): Promise<Offset | null> {
  try {
    return between(await measureOffset(temporalTime, now), own);
  } catch (err) {
    log.debug({ err }, "Temporal's clock not measured");
    return null;
  }
}
