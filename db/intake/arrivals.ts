/**
 * When commands arrived (电子签名法第十一条: a message is received when it first enters the system). Stamped before the process
 * engine is asked, kept while the sender has no answer that decides, so that a repetition counts from the first arrival.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { arrivals } from '../schema.ts';

export interface Arrival {
  caseId: string;
  /** The Idempotency-Key. */
  key: string;
  requestHash: string;
}

/**
 * Stamps a command's arrival, or finds the earlier one.
 * @param waited how long ago it arrived, in ms.
 * @returns the instant of the first arrival by PostgreSQL's clock, epoch ms; undefined where no such case is open.
 */
export async function stampArrival(
  db: Database,
  { caseId, key, requestHash }: Arrival,
  waited = 0,
): Promise<number | undefined> {
  const { rows } = await db.execute<{ arrived: string }>(sql`
    insert into arrivals (case_id, key, request_hash, arrived_at)
    select case_id, ${key}, ${requestHash}, clock_timestamp() - make_interval(secs => ${waited / 1000})
    from cases where case_id = ${caseId} and status = 'open'
    on conflict (case_id, key, request_hash) do update set arrived_at = arrivals.arrived_at
    returning floor(extract(epoch from arrived_at) * 1000)::text as arrived`);
  return rows[0] && Number(rows[0].arrived);
}

/** Forgets an arrival where no step does (db/cases/steps.ts): its command was refused for good, or answered before. */
export async function forgetArrival(db: Database, arrival: Arrival): Promise<void> {
  await db.delete(arrivals).where(isArrival(arrival));
}

export const isArrival = ({ caseId, key, requestHash }: Arrival) =>
  and(eq(arrivals.caseId, caseId), eq(arrivals.key, key), eq(arrivals.requestHash, requestHash));

/** Removes what processes left behind that were killed before they could: of closed cases, and of commands carried out. */
export async function forgetOldArrivals(db: Database): Promise<void> {
  await db.execute(sql`
    delete from arrivals where exists (
      select from cases where cases.case_id = arrivals.case_id and cases.status = 'closed'
    ) or exists (
      select from commands where commands.case_id = arrivals.case_id and commands.key = arrivals.key
    )`);
}
