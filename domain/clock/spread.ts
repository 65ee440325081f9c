/**
 * Limits end at midnight, thousands at once, and reminders come when offices open. The timers of different cases run some
 * minutes apart, so that a person's command does not wait behind all of them. What fires is dated and judged by its exact
 * instant all the same, and a command that comes between fires first what has passed.
 */

/** In ms: 10,000 cases make 17 a second, of which two cores do twice as many. */
export const SPREAD_MS = 10 * 60_000;

/** @param span ms. @returns how long after its instant a case's timer runs: always the same for a case, from 0 up to `span`. */
export function delayOf(caseId: string, span: number): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (let at = 0; at < caseId.length; at += 1) hash = Math.imul(hash ^ caseId.charCodeAt(at), 0x01000193);
  return Math.floor(((hash >>> 0) / 2 ** 32) * span);
}
