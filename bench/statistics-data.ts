/** Cases of two years, written by PostgreSQL itself: departments, limits, breaches, hits and log as the product leaves them. */
import { sql } from 'drizzle-orm';
import type { DatabaseHandle } from '../db/postgres/client.ts';

/**
 * Generates without triggers; the rollups are filled by the recount afterwards. Four of five cases are pushes. All but
 * the latest, and one in a hundred, are closed; 3 % were late, some of them twice.
 */
export async function generateCases({ db, pool }: DatabaseHandle, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(
      `set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '512MB'`,
    );
    // Building an index at the end takes a fraction of keeping it row by row.
    const { rows } = await client.query<{ name: string; indexdef: string }>(`
      select indexname as name, indexdef from pg_indexes join pg_index on indexrelid = (schemaname || '.' || quote_ident(indexname))::regclass
      where tablename in ('cases', 'rungs', 'registrations', 'registration_hits', 'audit_log') and not indisprimary`);
    for (const { name } of rows) await client.query(`drop index ${name}`);
    for (const statement of statements(count)) await client.query(statement);
    for (const { indexdef } of rows) await client.query(indexdef);
    await client.query('reset session_replication_role');
  } finally {
    client.release();
  }
  await db.execute(sql`analyze`);
}

const FEEDBACK = `'limitId', 'registrationPush.feedback', 'kind', 'statutory', 'workingDays', 7`;

function statements(count: number): string[] {
  return [
    // One row a case, from which everything else is written.
    `create unlogged table plan as
     select n, 'R' || lpad(n::text, 8, '0') as no, d.code as department, d.region_code as region, type, opened,
       opened + interval '10 days' as due_at, is_late, twice, is_open, is_returned,
       case type when 'registrationPush' then 'push~R' || lpad(n::text, 8, '0') || '~' || d.code || '~1'
         else type || '~' || md5(n::text) end as case_id,
       case when is_open then null when is_late then opened + interval '12 days' else opened + interval '5 days' end as closed
     from (
       select n, (n * 7919) % (select count(*) from departments) as place,
         case when n % 20 < 16 then 'registrationPush' when n % 20 < 19 then 'publication' else 'supervision' end as type,
         date_trunc('day', timestamptz '2024-11-29 16:00Z' + n * (interval '729 days' / ${count})) + (n % 480) * interval '1 minute' as opened,
         n % 33 = 0 as is_late, n % 330 = 0 as twice, n % 100 = 7 or n > ${count} * 0.985 as is_open, n % 40 = 3 as is_returned
       from generate_series(1, ${count}) n) g
     join (select code, region_code, row_number() over (order by code) - 1 as place from departments) d using (place)`,
    `insert into cases (case_id, case_type, stage, status, case_no, uscc, round, department_code, region_code, opened_at,
       closed_at, due_at, breached_at, step, facts)
     select case_id, type, case when is_open then case type when 'registrationPush' then 'claimed' else 'received' end
         when type <> 'registrationPush' then 'published' when is_returned then 'returned' else 'fedBack' end,
       case when is_open then 'open' else 'closed' end, no, 'U' || n, 1, department, region, opened, closed,
       case when is_open then due_at end, case when is_late then due_at end, 3,
       case when type = 'registrationPush' then jsonb_build_object('chain', department, 'itemIds', jsonb_build_array('PA' || lpad((n % 60)::text, 3, '0')),
         'claimedFromPool', false) || case when is_returned and not is_open then
         jsonb_build_object('returnReason', jsonb_build_object('reasonCode', case n % 3 when 0 then 'not-in-scope' else 'not-in-region' end)) else '{}' end
         else '{}' end
     from plan`,
    `insert into rungs (case_id, limit_id, rung, ladder, due_at, fired_at, answering)
     select case_id, 'registrationPush.feedback', 'due', 1, due_at, due_at, department from plan where is_late
     union all select case_id, 'registrationPush.claim', 'due', 1, due_at + interval '1 day', due_at + interval '1 day', department from plan where twice`,
    `insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event, registered_on,
       content_hash, catalogue_version, accepted_at, accepted_by)
     select no, 'U' || n, '企业' || n, 'enterprise', 'in-province', region, '', 'establish', '2025-01-01', '', '', opened, 'bench'
     from plan where type = 'registrationPush'`,
    `insert into registration_hits (registration_no, position, item_id, keyword, clause, start, "end", department_code, tried)
     select no, k, 'PA' || lpad((n % 60)::text, 3, '0'), 'K' || (n + k) % 300, '', 0, 1, department, '[]'
     from plan, generate_series(0, n % 2) k where type = 'registrationPush'`,
    `insert into audit_log (case_id, step, at, actor, actor_role, actor_department, action, after, article)
     select case_id, step, at, 'bench', 'system', by, action, after, '第七条' from (
       select n, case_id, 1 as step, opened as at, null::text as by, 'open' as action, jsonb_build_object('stage', 'pushed', 'caseType', type,
         'departmentCode', department, 'limits', jsonb_build_array(jsonb_build_object(${FEEDBACK}, 'change', 'arm', 'dueDate', ((due_at - interval '1 hour') at time zone interval '8 hours')::date))) as after from plan
       union all
       select n, case_id, 2, due_at, null, 'rung:due', jsonb_build_object('stage', 'pushed', 'limitId', 'registrationPush.feedback',
         'rung', 'due', 'dueAt', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'answering', department) from plan where is_late
       union all
       select n, case_id, 2 + is_late::int, opened + interval '2 days', department, 'claim', jsonb_build_object('stage', 'claimed') from plan where not is_late
       union all
       select n, case_id, 3, closed, department, 'feedBack', jsonb_build_object('stage', 'fedBack', 'limits', jsonb_build_array(
         jsonb_build_object(${FEEDBACK}, 'change', 'settle', 'usedDays', 4, 'answering', department,
           'dueDate', ((due_at - interval '1 hour') at time zone interval '8 hours')::date))) from plan where not is_open
     ) as log order by at`,
    'drop table plan',
  ];
}
