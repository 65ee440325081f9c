/**
 * Enterprises of a first load: each row is the enterprise's last registration, as the register has it, on its own day. What came in
 * live is left alone, whatever its day.
 */
import { sql } from 'drizzle-orm';
import { startOfDay } from '../../domain/clock/calendar.ts';
import type { LoadedEnterprise } from '../../domain/first-load/enterprise.ts';
import { contactOf, detailsOf } from '../../domain/registration/details.ts';
import { canonicalRegistration } from '../../domain/registration/registration.ts';
import { digest } from '../records/content-hash.ts';
import { comparedWith, linesOf, Overtaken, rowsOf, STAGED, type Left, type StagedKind } from './staged.ts';

export interface PlannedEnterprise {
  input: LoadedEnterprise;
  /** As the region tree knows it today. */
  regionCode: string;
}

const staged = sql.raw(STAGED);

/** Of an enterprise, a registration that no first load brought. */
const HAS_LIVE = sql`exists (select from registrations r where r.uscc = s.uscc
  and not exists (select from first_loads f where f.import_id = r.import_id))`;

export const ENTERPRISES: StagedKind<PlannedEnterprise> = {
  columns: [
    ['registration_no', 'text'],
    ['uscc', 'text'],
    ['name', 'text'],
    ['kind', 'text'],
    ['origin', 'text'],
    ['region_code', 'text'],
    ['scope', 'text'],
    ['event', 'text'],
    ['registered_on', 'date'],
    ['content_hash', 'text'],
    ['details', 'jsonb'],
    ['contact', 'jsonb'],
    ['accepted_at', 'timestamptz'],
  ],
  values({ input, regionCode }) {
    const details = detailsOf(input);
    return [
      input.registrationNo,
      input.uscc,
      input.name,
      input.kind,
      input.origin,
      regionCode,
      input.scope,
      input.event,
      input.registeredOn,
      digest(canonicalRegistration(input)),
      Object.keys(details).length > 0 ? details : null,
      contactOf(input),
      // As if it had been handed over on its day: a page `asOf` shows it, and no day counts millions.
      new Date(startOfDay(input.registeredOn)),
    ];
  },
  async move(tx, { importId, acceptedBy, catalogueVersion, now }): Promise<Left[]> {
    const live = await rowsOf<{ line: number }>(
      tx,
      sql`delete from ${staged} s using enterprises e where e.uscc = s.uscc and ${HAS_LIVE} returning s.line`,
    );
    const left = await rowsOf<{ line: number }>(
      tx,
      sql`with first as (select distinct on (registration_no) * from ${staged} order by registration_no, line),
        added as (
          insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event, registered_on,
            content_hash, catalogue_version, import_id, accepted_at, accepted_by, details, contact)
          select registration_no, uscc, name, kind, origin, region_code, scope, event, registered_on,
            content_hash, ${catalogueVersion}, ${importId}::uuid, accepted_at, ${acceptedBy}, details, contact
          from first order by registration_no
          on conflict do nothing returning registration_no)
        select line from ${staged} where line not in (select line from first join added using (registration_no))`,
    );
    const known = await comparedWith(tx, left, 'registrations', 'registration_no');
    if (left.length > 0) await tx.execute(sql`delete from ${staged} where line = any(${linesOf(left)}::integer[])`);
    // A registration of a later day says what the enterprise is; of one that a list or record named, any does.
    const [counted] = await rowsOf<{ kept: number }>(
      tx,
      sql`with latest as (
          select distinct on (uscc) * from ${staged} order by uscc, registered_on desc, event = 'cancel' desc, line desc),
        written as (
          insert into enterprises as e (uscc, name, kind, region_code, registered_on, cancelled_on, moved_out_on, updated_at)
          select uscc, name, kind, region_code, registered_on, case when event = 'cancel' then registered_on end,
            case when event = 'moveOut' then registered_on end, ${now}
          from latest order by uscc
          on conflict (uscc) do update set name = excluded.name, kind = excluded.kind, region_code = excluded.region_code,
            registered_on = excluded.registered_on, cancelled_on = excluded.cancelled_on,
            moved_out_on = excluded.moved_out_on, updated_at = excluded.updated_at
          where e.registered_on is null or e.registered_on < excluded.registered_on
          returning xmax = 0 as is_new)
        select (select count(*) from latest)::int - (select count(*) from written where is_new)::int as kept`,
    );
    if (counted!.kept > 0) await refuseOvertaken(tx);
    return [...live.map(({ line }) => ({ line, same: true })), ...known];
  },
  conflict: { code: 'registration.conflict', message: '登记编号已有不同内容的登记，没有装载，请核对登记编号' },
};

/** The enterprises' rows are locked by now, so whatever comes live waits for this transaction. */
async function refuseOvertaken(tx: Parameters<StagedKind<unknown>['move']>[0]): Promise<void> {
  const found = await rowsOf(
    tx,
    sql`select from ${staged} s join enterprises e using (uscc) where ${HAS_LIVE} limit 1`,
  );
  if (found.length > 0) throw new Overtaken();
}
