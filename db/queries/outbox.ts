/** The outbox's rows: leased, settled, put off, looked after and, after a term, forgotten. */
import { and, gte, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { outbox, PRIORITY, STUBBORN, type Priority } from '../schema.ts';

export type OutboxKind = (typeof outbox.$inferSelect)['kind'];
export type OutboxRow = Pick<typeof outbox.$inferSelect, 'id' | 'key' | 'payload' | 'priority' | 'attempts'>;

/** After this time, a row whose process was killed can be claimed again. */
const LEASE = sql.raw(`interval '60 seconds'`);

/** A case is told in order: what was put off, or is in another process's hands, holds back what came later. */
const INSTEAD_OF_OVERTAKING = sql`and not exists (
  select 1 from outbox earlier
  where earlier.kind = 'tell-case' and earlier.payload->>'caseId' = due.payload->>'caseId'
    and earlier.done_at is null and earlier.id < due.id and earlier.next_attempt_at > now())`;

/**
 * Leases due rows of one kind to this process, those of people before those of files. Ordered as the index of pending rows
 * is, so that no plan reads done rows.
 * @param upTo the priority of the last rows that may go out.
 * @returns the rows in the order in which they were written.
 */
export async function claimRows(
  db: Database,
  kind: OutboxKind,
  limit: number,
  upTo: Priority = PRIORITY.file,
): Promise<OutboxRow[]> {
  const inOrder: SQL = kind === 'tell-case' ? INSTEAD_OF_OVERTAKING : sql``;
  const claimed = await db.execute<OutboxRow & { id: string }>(sql`
    update outbox set next_attempt_at = now() + ${LEASE}, attempts = attempts + 1
    where id in (
      select id from outbox due
      where done_at is null and kind = ${kind} and priority <= ${upTo} and next_attempt_at <= now() ${inOrder}
      order by priority, next_attempt_at, id limit ${sql.raw(String(limit))} for update skip locked
    )
    returning id, key, payload, priority, attempts`);
  return claimed.rows.map((row) => ({ ...row, id: Number(row.id) })).sort((a, b) => a.id - b.id);
}

export async function markDone(db: Database, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(outbox)
    .set({ doneAt: sql`now()`, lastError: null })
    .where(inArray(outbox.id, ids));
}

/** Characters of an error that are kept beside its row. */
const LONGEST_ERROR = 1000;

/** Puts a row off. @param error must not hold values of a statement (db/postgres/failed-query.ts). */
export async function putOff(db: Database, id: number, error: Error, seconds: number): Promise<void> {
  // PostgreSQL stores no NUL, and the receiver may have answered with one.
  const reason = error.message.replaceAll('\0', '').slice(0, LONGEST_ERROR);
  await db.execute(sql`
    update outbox set last_error = ${reason}, next_attempt_at = now() + make_interval(secs => ${seconds})
    where id = ${id}`);
}

/** Enough to see what is wrong; a server that is away makes every row stubborn. */
const SHOWN = 20;

/** The oldest rows that did not go out although they were tried often. */
export function stubbornRows(db: Database): Promise<{ id: number; kind: OutboxKind; attempts: number }[]> {
  const { id, kind, attempts, doneAt } = outbox;
  return db
    .select({ id, kind, attempts })
    .from(outbox)
    .where(and(isNull(doneAt), gte(attempts, sql.raw(`${STUBBORN}`))))
    .orderBy(id)
    .limit(SHOWN);
}

/** Rows that one statement looks at: some milliseconds, also where none may go. */
const PAGE = 5000;

/**
 * Removes the done rows of one page whose term is over. What a case was started with and told stays while the case is
 * open: restoring repeats it (db/cases/told.ts, api/temporal.ts).
 * @returns where the next page begins, or null after the last one.
 */
export async function forgetPage(db: Database, after: number, keepDays: number): Promise<number | null> {
  const overdue = sql`done_at < now() - make_interval(days => ${keepDays})`;
  // The ids as an array: joined, PostgreSQL would read the whole table for each page.
  const { rows } = await db.execute<{ last: string | null; rows: number }>(sql`
    with page as materialized (
      select id, kind, done_at, coalesce(payload->>'caseId', payload->'opened'->>'caseId') as case_id from outbox
      where id > ${after} order by id limit ${PAGE}
    ), forgotten as (
      delete from outbox where ${overdue} and id = any (array (
        select id from page
        where ${overdue} and (kind not in ('start-case', 'tell-case')
          or exists (select 1 from cases where cases.case_id = page.case_id and cases.status = 'closed'))))
    )
    select max(id) as last, count(*)::int as rows from page`);
  const [page] = rows;
  return page?.last && page.rows === PAGE ? Number(page.last) : null;
}
