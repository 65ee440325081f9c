/**
 * When a notice is delivered, and when it is tried again. Instants and lengths are in milliseconds; randomness and clock
 * are arguments. Hours of the day are legal time (UTC+8). The wait between attempts is engine time, and is shorter on an
 * accelerated clock, so that "three days" are three of its days.
 */
import { DAY_MS, legalDateOf, startOfDay } from '../clock/calendar.ts';
import type { Urgency } from './notices.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface Timing {
  digestHour: number | null;
  quietFromHour: number | null;
  quietUntilHour: number | null;
}

/** Whether a notice ignores digests and quiet hours, because a limit has passed. */
export const isPressing = (urgency: Urgency): boolean => urgency === 'breach' || urgency === 'supervision';

/** The hour of the day, UTC+8. */
const hourOf = (at: number): number => Math.floor((at - startOfDay(legalDateOf(at))) / HOUR_MS);

/** The first instant after `at` with this hour, UTC+8, on the clock. */
function nextHour(hour: number, at: number): number {
  const today = startOfDay(legalDateOf(at)) + hour * HOUR_MS;
  return today > at ? today : today + DAY_MS;
}

export function isQuiet({ quietFromHour: from, quietUntilHour: until }: Timing, at: number): boolean {
  if (from === null || until === null) return false;
  const hour = hourOf(at);
  return from < until ? from <= hour && hour < until : hour >= from || hour < until;
}

/** When a notice of legal time `at` is to be delivered, and whether in a digest. */
export function deliverAt(urgency: Urgency, timing: Timing, at: number): { at: number; digest: boolean } {
  if (isPressing(urgency)) return { at, digest: false };
  const digest = timing.digestHour !== null;
  const planned = timing.digestHour === null ? at : nextHour(timing.digestHour, at);
  const until = timing.quietUntilHour;
  return { at: until !== null && isQuiet(timing, planned) ? nextHour(until, planned) : planned, digest };
}

const RETRY = {
  first: MINUTE_MS,
  longest: 6 * HOUR_MS,
  giveUpAfter: 3 * DAY_MS,
  /** The most that is added to an interval, as a share of it, so that deliveries that failed together do not retry together. */
  jitter: 0.2,
} as const;

interface Failure {
  /** How often delivery was tried, the last attempt included. */
  attempts: number;
  firstAttemptAt: number;
  failedAt: number;
  /** A random number from 0 to 1. */
  chance: number;
  /** See `paceOf`. */
  pace: number;
}

/** The next attempt, in engine time; null when three days have passed without success. */
export function retryAt({ attempts, firstAttemptAt, failedAt, chance, pace }: Failure): number | null {
  const end = firstAttemptAt + RETRY.giveUpAfter * pace;
  if (failedAt >= end) return null;
  const interval = Math.min(RETRY.first * 2 ** Math.max(0, attempts - 1), RETRY.longest);
  // The last attempt comes exactly at the end of the three days, not some hours before.
  return Math.min(failedAt + interval * (1 + chance * RETRY.jitter) * pace, end);
}
