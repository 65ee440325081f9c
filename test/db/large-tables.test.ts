/** What every page queries is found by an index, however many rows there are. The queries are the product's own. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type Database, type DatabaseHandle } from '../../db/postgres/client.ts';
import { listAudit } from '../../db/queries/audit.ts';
import { assessFromLog, assessMonth } from '../../db/queries/assessment.ts';
import { countCases, listCases, pagesOfCases } from '../../db/queries/cases.ts';
import { countBy, countByDay } from '../../db/queries/figures.ts';
import { listNotices } from '../../db/queries/inbox.ts';
import { keywordStatistics } from '../../db/queries/matching-quality.ts';
import { foldTallies } from '../../db/rollups/tallies.ts';
import { listRegistrations } from '../../db/queries/registrations.ts';
import * as schema from '../../db/schema.ts';
import { createTestDatabase } from '../support/servers.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const COUNT = 60_000;
const PROVINCE: Actor = { username: 'x', role: 'supervisor', regionCode: '430000', departmentCode: null };
const COUNTY: Actor = { ...PROVINCE, regionCode: '430103' };
const NOW = new Date('2026-06-01T00:00:00Z');
const DAYS = { from: '2026-03-02', to: '2026-03-06' };

let handle: DatabaseHandle;
let db: Database;
const asked: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 1);
  db = drizzle(handle.pool, { schema, logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  const region = sql.raw(`'43' || lpad((n % 14 + 1)::text, 2, '0') || lpad((n % 9 + 1)::text, 2, '0')`);
  const at = sql.raw(`timestamptz '2025-01-01' + n * interval '12 minutes'`);
  const numbers = sql.raw(`generate_series(1, ${COUNT}) n`);
  await db.execute(sql`insert into enterprises (uscc, name, kind, region_code, updated_at)
    select 'U' || n, '企业' || n, 'enterprise', ${region}, now() from ${numbers}`);
  await db.execute(sql`insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event,
      registered_on, content_hash, catalogue_version, accepted_at, accepted_by)
    select 'R' || n, 'U' || n, '企业' || n, 'enterprise', 'in-province', ${region}, '', 'establish',
      '2025-01-01', '', '', ${at}, 'x' from ${numbers}`);
  await db.execute(sql`insert into cases (case_id, case_type, stage, status, case_no, uscc, round, department_code,
      region_code, opened_at, closed_at, due_at, breached_at)
    select 'push~R' || n || '~1', 'registrationPush', case when n % 10 = 0 then 'claimed' else 'fedBack' end,
      case when n % 10 = 0 then 'open' else 'closed' end, 'R' || n, 'U' || n, 1, 'd' || n % 500, ${region}, ${at},
      case when n % 10 > 0 then ${at} end, case when n % 10 = 0 then ${at} end, case when n % 50 = 0 then ${at} end
    from ${numbers}`);
  await db.execute(sql`insert into rungs (case_id, limit_id, rung, due_at, fired_at, answering)
    select 'push~R' || n || '~1', 'registrationPush.feedback', 'due', ${at}, ${at}, 'd' || n % 500
    from ${numbers} where n % 50 = 0`);
  await db.execute(sql`insert into audit_log (case_id, step, at, actor, actor_role, action, article)
    select 'push~R' || n || '~1', 1, ${at}, 'u' || n % 2000, 'x', 'open', '' from ${numbers}`);
  await db.execute(sql`insert into notices (key, topic, case_id, urgency, region_code, department_code, title, body, article, at)
    select 'k' || n, '', 'push~R' || n || '~1', 'normal', ${region}, 'd' || n % 500, '', '', '', now() from ${numbers}`);
  await db.execute(sql`insert into assessed_cases (month, case_id, department_code, digest)
    select '2025-' || lpad((n % 12 + 1)::text, 2, '0'), 'other~' || n, 'd' || n % 500, '' from ${numbers}`);
  await foldTallies(db);
  // Index-only scans need a vacuumed table, too.
  await db.execute(sql`vacuum analyze`);
});
afterAll(() => handle.close());

const LIMIT = { limit: 50 };
it.each<[string, RegExp, () => Promise<unknown>]>([
  [
    'registrations',
    /registrations_accepted/,
    () => listRegistrations(db, { within: '430000' }, { before: undefined, limit: 50 }),
  ],
  [
    'the next page of registrations',
    /registrations_accepted/,
    () => listRegistrations(db, { within: '430000' }, { before: 'R30000', limit: 50 }),
  ],
  [
    'cases of an organ',
    /cases_stage_order/,
    () => listCases(db, PROVINCE, { ...LIMIT, caseType: 'registrationPush' }, NOW),
  ],
  ['cases of a file', /cases_pkey/, () => pagesOfCases(db, PROVINCE, { caseType: 'registrationPush' }, NOW).next()],
  ['cases at each stage', /Index Only Scan using cases_stage/, () => countCases(db, COUNTY, 'registrationPush')],
  [
    'the log of a matter',
    /audit_case_step|audit_case_token/,
    () => listAudit(db, PROVINCE, { ...LIMIT, caseNo: 'R777' }),
  ],
  ['the log of a person', /audit_actor/, () => listAudit(db, PROVINCE, { ...LIMIT, actor: 'u777' })],
  [
    'cases opened by day',
    /tallies_key/,
    () => countByDay(db, { actor: PROVINCE, conditions: {}, legalNow: NOW }, 'opened', DAYS),
  ],
  [
    'cases closed by department',
    /tallies_key/,
    () =>
      countBy(db, { actor: PROVINCE, conditions: {}, legalNow: NOW }, 'department', {
        closed: { closedFrom: DAYS.from, closedTo: DAYS.to },
      }),
  ],
  ['keywords by their returns', /tallies_key/, () => keywordStatistics(db, PROVINCE)],
  [
    'notices of a case',
    /notices_case/,
    () => listNotices(db, { ...COUNTY, departmentCode: 'd777' }, { ...LIMIT, caseId: 'push~R777~1' }),
  ],
  ['the log of a month', /audit_at/, () => assessFromLog(db, { month: '2025-03' })],
])('%s', async (_, index, ask) => {
  asked.length = 0;
  await ask();
  const plan = await planOf(asked.find(({ query }) => query.trim().startsWith('select'))!);
  expect(plan).toMatch(index);
  expect(plan).not.toMatch(SEARCHED);
});

it('the cases of an assessment', async () => {
  asked.length = 0;
  await assessMonth(db, { month: '2025-03' });
  const ofCases = asked.filter(({ query }) => /sum\(|sha256/.test(query));
  expect(ofCases.length).toBeGreaterThan(1);
  for (const query of ofCases) expect(await planOf(query)).toMatch(/assessed_cases_month_case_id_department_code_pk/);
});

const SEARCHED = /Seq Scan on (registrations|cases|audit_log|notices|tallies)/;

async function planOf({ query, params }: (typeof asked)[number]): Promise<string> {
  const { rows } = await handle.pool.query<{ 'QUERY PLAN': string }>(`explain ${query}`, params);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
