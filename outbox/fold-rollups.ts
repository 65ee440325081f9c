/**
 * Folds what steps have left for the rollups, from time to time. Figures are right without it: it only keeps what has to be
 * read beside the rollups small. Several processes may try; one folds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../db/postgres/client.ts';
import { foldSomeAssessedCases, unfoldedEntries } from '../db/rollups/assessed-cases.ts';
import { foldTallies } from '../db/rollups/tallies.ts';
import { repeat, type OutboxLoops } from './loops.ts';

const TEN_SECONDS = 10_000;
/** Entries of the audit log whose cases an assessment may have to read. */
const MOST_UNFOLDED = 1000;

interface FoldingOptions {
  db: Database;
  log: Logger;
  /** Interval in ms. */
  every?: number;
}

export function startFolding({ db, log, every = TEN_SECONDS }: FoldingOptions): OutboxLoops {
  const fold = async () => {
    const began = performance.now();
    let folded = await foldTallies(db);
    if ((await unfoldedEntries(db)) > MOST_UNFOLDED) folded += await foldSomeAssessedCases(db);
    if (folded === 0) return false;
    // As long as the page took: half of the machine stays people's.
    await sleep(performance.now() - began);
    return true;
  };
  return repeat(fold, log, every);
}
