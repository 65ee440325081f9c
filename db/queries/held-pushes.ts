/** Which departments were told of enterprises, and of which items (第七条第二款). */
import { sql } from 'drizzle-orm';
import type { HeldPush } from '../../domain/registration/changes.ts';
import type { Executor } from '../postgres/client.ts';

interface Row extends Record<string, unknown> {
  uscc: string;
  registration_no: string;
  event: HeldPush['event'];
  department_code: string;
  item_ids: string[] | null;
}

/**
 * The latest round of each chain of pushes, unless it was returned: what the department holds or held.
 * @returns by enterprise, in the order of the pushes. One query for all enterprises.
 */
export async function heldPushes(tx: Executor, usccs: readonly string[]): Promise<Map<string, HeldPush[]>> {
  if (usccs.length === 0) return new Map();
  const { rows } = await tx.execute<Row>(sql`
    select latest.uscc, latest.case_no as registration_no, r.event, latest.department_code,
      latest.facts -> 'itemIds' as item_ids
    from (
      select distinct on (case_no, facts ->> 'chain') * from cases
      where case_type = 'registrationPush' and uscc in ${[...new Set(usccs)]}
      order by case_no, facts ->> 'chain', round desc
    ) latest
    join registrations r on r.registration_no = latest.case_no
    where latest.stage <> 'returned' and latest.department_code is not null
    order by latest.opened_at, r.registered_on, r.event = 'cancel', latest.case_id`);
  const held = new Map<string, HeldPush[]>();
  for (const { uscc, registration_no: registrationNo, event, department_code: departmentCode, item_ids: ids } of rows) {
    const push = { registrationNo, event, departmentCode, itemIds: ids ?? [] };
    held.set(uscc, [...(held.get(uscc) ?? []), push]);
  }
  return held;
}
