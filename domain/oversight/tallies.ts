/** What the rollups of the statistics count (db/schema/tallies.ts), and how finely. */

export type TallyFigure =
  /** Cases by the day of their opening; by the day of their closing, with the limits that were breached. */
  | 'opened'
  | 'closed'
  /** Open cases by the instant at which their nearest limit ends. */
  | 'open'
  /** Cases by each day on which a limit was breached; of `breachedOwn`, one that the case's own department answers for. */
  | 'breached'
  | 'breachedOwn'
  /** Registrations by the day of acceptance. */
  | 'registered'
  /** Hits of keywords whose push was judged; registrations that were pushed for an item, or had to be claimed for it. */
  | 'judged'
  | 'found'
  | 'missed';

/**
 * Of each department by day or month; of each region, or each prefecture with its counties, by day, all departments
 * together; or of all time.
 */
export type TallyGrain = 'day' | 'month' | 'region' | 'prefecture' | 'ever';
