/**
 * Removes rows of the outbox that are done and whose term is over, page by page, and from time to time what commands left
 * behind: stamps of arrivals, drafts of records. Several processes may do so at once: what one has removed, the other
 * passes over.
 */
import type { Logger } from 'pino';
import type { Database } from '../db/postgres/client.ts';
import { forgetOldArrivals } from '../db/intake/arrivals.ts';
import { forgetOldDrafts } from '../db/intake/record-drafts.ts';
import { forgetPage } from '../db/queries/outbox.ts';
import { repeat, type OutboxLoops } from './loops.ts';

const SIX_HOURS = 6 * 3_600_000;

interface ForgettingOptions {
  db: Database;
  log: Logger;
  /** Days that a done row is kept. */
  keepDays: number;
  /** Interval in ms. */
  every?: number;
}

export function startForgetting({ db, log, keepDays, every = SIX_HOURS }: ForgettingOptions): OutboxLoops {
  let after = 0;
  const page = async () => {
    if (after === 0) {
      await forgetOldArrivals(db);
      await forgetOldDrafts(db);
    }
    const next = await forgetPage(db, after, keepDays);
    after = next ?? 0;
    return next !== null;
  };
  return repeat(page, log, every);
}
