/**
 * Carries out the effects in the outbox at least once. Every effect is idempotent by its key, so it happens exactly once.
 * Woken by the commit that writes a row (LISTEN), and by a timer only for rows whose retry is due.
 */
import { inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database, DatabaseHandle } from '../db/postgres/client.ts';
import { outbox } from '../db/schema.ts';
import { startLoops, type OutboxLoops } from './loops.ts';
import { keysOf } from '../domain/keys.ts';

export type OutboxRow = Pick<typeof outbox.$inferSelect, 'id' | 'key' | 'payload' | 'attempts'>;

/** Delivers rows of one kind. @returns the errors of the rows that could not be delivered, by row id. */
export type Deliver = (rows: OutboxRow[]) => Promise<Map<number, Error>>;

export interface DispatcherOptions {
  handle: DatabaseHandle;
  log: Logger;
  deliver: Record<(typeof outbox.$inferSelect)['kind'], Deliver>;
  batchSize?: number;
  /** Interval in ms of the search for rows whose retry is due. */
  sweepEvery?: number;
}

/** After this time, a row whose process was killed can be claimed again. */
const LEASE = '60 seconds';
const MAX_BACKOFF_SECONDS = 60;

export function startDispatcher({
  handle,
  log,
  deliver,
  batchSize = 200,
  sweepEvery = 2000,
}: DispatcherOptions): OutboxLoops {
  const kinds = keysOf(deliver);
  const works = kinds.map((kind) => () => drain(handle.db, kind, deliver[kind], batchSize, log));
  return startLoops({ handle, log, works, sweepEvery });
}

/** Delivers one batch. @returns whether more rows may be waiting. */
async function drain(db: Database, kind: string, deliver: Deliver, batchSize: number, log: Logger): Promise<boolean> {
  const claimed = await db.execute<{ id: string; key: string; payload: unknown; attempts: number }>(sql`
    update outbox set next_attempt_at = now() + ${sql.raw(`interval '${LEASE}'`)}, attempts = attempts + 1
    where id in (
      select id from outbox
      where done_at is null and kind = ${kind} and next_attempt_at <= now()
      order by id limit ${batchSize} for update skip locked
    )
    returning id, key, payload, attempts`);
  if (claimed.rows.length === 0) return false;
  const rows = claimed.rows.map((row) => ({ ...row, id: Number(row.id) })).sort((a, b) => a.id - b.id);
  const failures = await deliver(rows);
  const done = rows.filter((row) => !failures.has(row.id)).map((row) => row.id);
  if (done.length > 0)
    await db.update(outbox).set({ doneAt: new Date(), lastError: null }).where(inArray(outbox.id, done));
  for (const row of rows) {
    const failure = failures.get(row.id);
    if (!failure) continue;
    log.warn({ err: failure, key: row.key, attempts: row.attempts }, 'outbox row not delivered, will try again');
    const seconds = Math.min(2 ** Math.min(row.attempts, 10) / 2, MAX_BACKOFF_SECONDS);
    await db.execute(sql`
      update outbox set last_error = ${failure.message}, next_attempt_at = now() + make_interval(secs => ${seconds})
      where id = ${row.id}`);
  }
  return rows.length === batchSize;
}
