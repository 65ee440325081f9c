/**
 * 终止 (第七条第一款): what is open of a cancelled enterprise's earlier registrations is moot. Each such case is told once,
 * through the outbox (outbox/lapse-cases.ts), and ends by its own table.
 */
import { eq, sql } from 'drizzle-orm';
import type { NewCase } from '../domain/cases.ts';
import { TRANSITIONS, CASE_TYPE_IDS } from '../domain/transitions.ts';
import type { Executor } from './client.ts';
import { enterprises } from './schema.ts';

/** An outbox row's content for a case to end; outbox/lapse-cases.ts tells it. */
export interface LapseCasePayload {
  caseId: string;
  /** The registration by which the enterprise was cancelled. */
  registrationNo: string;
}

const LAPSING = CASE_TYPE_IDS.filter((caseType) => 'lapse' in TRANSITIONS[caseType]);

/**
 * Earlier is what was registered before, or on the same day without being a cancellation itself. Also where it arrives
 * later: a row that comes after its enterprise's cancellation opens nothing that anyone would have to answer.
 */
export async function lapseMootCases(tx: Executor, usccs: readonly string[]): Promise<void> {
  if (usccs.length === 0) return;
  await tx.execute(sql`
    insert into outbox (kind, key, payload)
    select distinct on (moot.case_id) 'lapse-case', 'lapse:' || moot.case_id,
      jsonb_build_object('caseId', moot.case_id, 'registrationNo', final.registration_no)
    from registrations final
    join cases moot on moot.uscc = final.uscc and moot.status = 'open' and moot.case_type in ${LAPSING}
    join registrations earlier on earlier.registration_no = moot.case_no
      and (earlier.registered_on < final.registered_on
        or (earlier.registered_on = final.registered_on and earlier.event <> 'cancel'))
    where final.event = 'cancel' and final.uscc in ${[...new Set(usccs)]}
    order by moot.case_id, final.registered_on desc, final.registration_no
    on conflict (key) do nothing`);
}

/**
 * A round that opens while its enterprise is being cancelled. The enterprise's row is what both wait for: either the
 * cancellation meets the new round, or the round meets the cancellation.
 */
export async function lapseIfMoot(tx: Executor, opened: readonly NewCase[]): Promise<void> {
  const usccs = new Set(opened.filter(({ caseType }) => LAPSING.includes(caseType)).map(({ uscc }) => uscc));
  for (const uscc of usccs) {
    await tx.select({ uscc: enterprises.uscc }).from(enterprises).where(eq(enterprises.uscc, uscc)).for('share');
  }
  await lapseMootCases(tx, [...usccs]);
}
