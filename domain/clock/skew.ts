/** How far the clocks of the processes are apart. Offsets and errors are in whole milliseconds. */

export const PROCESS_KINDS = ['api', 'worker'] as const;
export type ProcessKind = (typeof PROCESS_KINDS)[number];

/** How far a clock is ahead of another, and how far off that may be. */
export interface Offset {
  offsetMs: number;
  errorMs: number;
}

/** Clocks further apart than this are warned about. */
export const SKEW_WARNED_ABOVE_MS = 1000;

/**
 * Measures how far the local clock is ahead of another: the other's time lies between two readings of ours.
 * @param ask reads the other clock, in epoch ms.
 */
export async function measureOffset(ask: () => Promise<number>, now: () => number): Promise<Offset> {
  const before = now();
  const theirs = await ask();
  const after = now();
  // One more, because either clock may be read in whole milliseconds.
  return { offsetMs: Math.round((before + after) / 2 - theirs), errorMs: Math.ceil(Math.abs(after - before) / 2) + 1 };
}

/** The most exact of several measurements. */
export async function bestOffset(ask: () => Promise<number>, now: () => number, tries = 3): Promise<Offset> {
  let best = await measureOffset(ask, now);
  for (let made = 1; made < tries; made += 1) {
    const next = await measureOffset(ask, now);
    if (next.errorMs < best.errorMs) best = next;
  }
  return best;
}

/** How far the first clock is ahead of the second, if a third is ahead of them by these offsets. */
export const between = (ofFirst: Offset, ofSecond: Offset): Offset => ({
  offsetMs: ofSecond.offsetMs - ofFirst.offsetMs,
  errorMs: ofFirst.errorMs + ofSecond.errorMs,
});

/** What a process measured against PostgreSQL's clock: its own and, where it does so, Temporal's. */
export interface Reading extends Offset {
  /** Null where it is not measured, or could not be. */
  temporal: Offset | null;
}

/**
 * The largest skew between any two of the clocks, PostgreSQL's among them, as far as it is certain: what may be an error
 * of measurement counts as none, so that a busy machine gives no alarm.
 */
export function largestSkew(readings: readonly Reading[]): number {
  const measured = readings.flatMap(({ temporal, ...own }) => (temporal ? [own, temporal] : [own]));
  const clocks = [{ offsetMs: 0, errorMs: 0 }, ...measured];
  const earliest = Math.min(...clocks.map(({ offsetMs, errorMs }) => offsetMs + errorMs));
  const latest = Math.max(...clocks.map(({ offsetMs, errorMs }) => offsetMs - errorMs));
  return Math.max(0, latest - earliest);
}
