/**
 * Carries out the effects in the outbox at least once. Every effect is idempotent by its key, so it happens exactly once.
 * Woken by the commit that writes a row (LISTEN), and by a timer only for rows whose retry is due.
 */
import type { Logger } from 'pino';
import type { Database, DatabaseHandle } from '../db/postgres/client.ts';
import { isUnavailable } from '../db/postgres/availability.ts';
import { withoutValues } from '../db/postgres/failed-query.ts';
import { PRIORITY, type Priority } from '../db/schema.ts';
import { claimRows, markDone, putOff, type OutboxKind, type OutboxRow } from '../db/queries/outbox.ts';
import { startLoops, type OutboxLoops } from './loops.ts';
import { keysOf } from '../domain/keys.ts';

/**
 * Delivers rows of one kind. @returns the errors of the rows that could not be delivered, by row id.
 * @throws whatever keeps the rows together from going out; the dispatcher finds out which of them it is.
 */
export type Deliver = (rows: OutboxRow[]) => Promise<Map<number, Error>>;

export interface DispatcherOptions {
  handle: DatabaseHandle;
  log: Logger;
  deliver: Record<OutboxKind, Deliver>;
  /** Of the kinds named here, rows of files wait while the receiver does not keep up. Rows of people never wait. */
  keepsUp?: Partial<Record<OutboxKind, () => Promise<boolean>>>;
  batchSize?: number;
  /** Interval in ms of the search for rows whose retry is due. */
  sweepEvery?: number;
}

/** Seconds. Where the receiver is away, everything goes out within a minute of its return. */
const LONGEST_AWAY = 60;
/** Seconds. A row that fails by itself needs a person, and is not worth a try a minute. */
const LONGEST_FAULTY = 3600;

export function startDispatcher({
  handle,
  log,
  deliver,
  keepsUp = {},
  batchSize = 200,
  sweepEvery = 2000,
}: DispatcherOptions): OutboxLoops {
  const works = keysOf(deliver).map((kind) => {
    const lane = { db: handle.db, log, kind, deliver: deliver[kind], batchSize };
    const isReady = keepsUp[kind];
    return [kind, isReady ? inPace(lane, isReady) : () => drain(lane).then((rows) => rows.length === batchSize)];
  });
  return startLoops({ handle, log, works: Object.fromEntries(works), sweepEvery });
}

interface Lane {
  db: Database;
  log: Logger;
  kind: OutboxKind;
  deliver: Deliver;
  batchSize: number;
}

/** Rows of a file that go out between two looks at the receiver: few, for a person's command waits behind all of them. */
const FILE_BATCH = 4;
/** In ms. */
const LOOK_AGAIN = 50;
/** In ms. Then a batch goes all the same: what the receiver tells of itself is an estimate. */
const LONGEST_WAIT = 3000;
/** How long the lane rests after a batch, against the time that the batch took: files get a third of the machine. */
const REST = 2;

/**
 * Drains a lane so that a file never fills the receiver's queue, behind which people would wait. Once the receiver has taken
 * up a batch of a file, the next one waits, so that most of the machine stays people's.
 */
function inPace(lane: Lane, isReady: () => Promise<boolean>): () => Promise<boolean> {
  const batchSize = Math.min(lane.batchSize, FILE_BATCH);
  /** When the batch of a file went out that the receiver may not have taken up yet. */
  let sentAt: number | undefined;
  let restsUntil = 0;
  const mayFilesGo = async () => {
    const now = performance.now();
    if (sentAt !== undefined && (now - sentAt > LONGEST_WAIT || (await isReady()))) {
      restsUntil = performance.now() + (performance.now() - sentAt) * REST;
      sentAt = undefined;
    }
    return sentAt === undefined && now >= restsUntil;
  };
  return async () => {
    const mayGo = await mayFilesGo();
    const began = performance.now();
    const rows = await drain({ ...lane, batchSize }, mayGo ? PRIORITY.file : PRIORITY.single);
    if (rows.some(({ priority }) => priority === PRIORITY.file)) sentAt = began;
    else if (!mayGo && rows.length === 0) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    return !mayGo || rows.length === batchSize;
  };
}

/** Delivers one batch. @param upTo the priority of the last rows that may go out. @returns the rows. */
async function drain(
  { db, log, kind, deliver, batchSize }: Lane,
  upTo: Priority = PRIORITY.file,
): Promise<OutboxRow[]> {
  const rows = await claimRows(db, kind, batchSize, upTo);
  if (rows.length === 0) return rows;
  const failures = await deliverApart(deliver, rows);
  await markDone(
    db,
    rows.filter((row) => !failures.has(row.id)).map((row) => row.id),
  );
  for (const { id, key, attempts } of rows) {
    const failure = failures.get(id);
    if (!failure) continue;
    const error = withoutValues(failure.error);
    const seconds = Math.min(2 ** Math.min(attempts, 20) / 2, failure.isFaulty ? LONGEST_FAULTY : LONGEST_AWAY);
    const facts = { err: error, id, kind, key, attempts, seconds };
    if (failure.isFaulty) log.error(facts, 'outbox row cannot be delivered, others go out');
    else log.warn(facts, 'outbox row not delivered, will try again');
    await putOff(db, id, error, seconds);
  }
  return rows;
}

interface Failure {
  error: Error;
  /** The row itself cannot be delivered; otherwise the receiver or PostgreSQL is away. */
  isFaulty: boolean;
}

/**
 * Delivers rows; where they fail together, halves them until the faulty ones stand alone and the others have gone out.
 * While PostgreSQL is away no row is at fault.
 */
async function deliverApart(deliver: Deliver, rows: OutboxRow[]): Promise<Map<number, Failure>> {
  try {
    const failures = await deliver(rows);
    return new Map([...failures].map(([id, error]) => [id, { error, isFaulty: false }]));
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const isAway = isUnavailable(error);
    if (isAway || rows.length === 1) {
      return new Map(rows.map(({ id }) => [id, { error, isFaulty: !isAway }]));
    }
    const half = Math.ceil(rows.length / 2);
    const first = await deliverApart(deliver, rows.slice(0, half));
    return new Map([...first, ...(await deliverApart(deliver, rows.slice(half)))]);
  }
}
