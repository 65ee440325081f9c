/** The outbox costs what is pending, not what is done; what is done is forgotten, except what an open case may need. */
import { eq, inArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCases } from '../../db/cases/opened.ts';
import { connectDatabase, type Database, type DatabaseHandle } from '../../db/postgres/client.ts';
import { seedReference } from '../../db/seed.ts';
import { claimRows, forgetPage, stubbornRows, type OutboxKind } from '../../db/queries/outbox.ts';
import * as schema from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { startForgetting } from '../../outbox/forget-done.ts';
import { eventually } from '../support/product.ts';
import { createTestDatabase } from '../support/servers.ts';

const { outbox, cases } = schema;
const DONE = 300_000;
const PENDING = 1000;
const KINDS: OutboxKind[] = ['start-case', 'tell-case', 'notice', 'calendar-rollout'];

let handle: DatabaseHandle;
let db: Database;
const asked: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  await seedReference(databaseUrl);
  handle = connectDatabase(databaseUrl, 2);
  db = drizzle(handle.pool, { schema, logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  const kinds = sql.raw(`(array['${KINDS.join("','")}'])[1 + n % 4]`);
  const payload = sql`jsonb_build_object('caseId', 'c' || n, 'signal', 's', 'args', '[]'::jsonb)`;
  await db.execute(sql`insert into outbox (kind, key, payload, done_at, recorded_at, attempts)
    select ${kinds}, 'done' || n, ${payload}, now() - interval '1 day', now() - interval '1 day', 1
    from generate_series(1, ${sql.raw(String(DONE))}) n`);
  await db.execute(sql`insert into outbox (kind, key, payload)
    select ${kinds}, 'pending' || n, ${payload} from generate_series(1, ${sql.raw(String(PENDING))}) n`);
  await db.execute(sql`vacuum analyze outbox`);
}, 300_000);
afterAll(() => handle.close());

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plan of the product's own statement, carried out and taken back. */
async function planOf(ask: () => Promise<unknown>, begins: string): Promise<PlanNode> {
  asked.length = 0;
  await ask();
  const { query, params } = asked.find(({ query: text }) => text.trim().startsWith(begins))!;
  const client = await handle.pool.connect();
  try {
    await client.query('begin');
    const explained = await client.query(`explain (analyze, buffers, format json) ${query}`, params);
    await client.query('rollback');
    return explained.rows[0]['QUERY PLAN'][0].Plan;
  } finally {
    client.release();
  }
}

const readsOutbox = (node: PlanNode) => node['Relation Name'] === 'outbox' && node['Node Type'].endsWith('Scan');

describe(`beside ${DONE} done rows`, () => {
  it.each(KINDS)('a batch of %s rows is claimed without reading one of them', async (kind) => {
    const plan = await planOf(() => claimRows(db, kind, 200), 'update');
    const scans = nodesOf(plan).filter(readsOutbox);
    // In its order, or as a bitmap, whose heap scan names no index: which, the planner chooses by its sample of the rows.
    expect(nodesOf(plan).map((node) => node['Index Name'])).toContain('outbox_due');
    for (const scan of scans) {
      expect(scan['Node Type']).not.toBe('Seq Scan');
      expect(scan['Rows Removed by Filter'] ?? 0).toBe(0);
    }
    // A done row that is read costs a block or a part of one: all of them are more than 5,000 blocks.
    const { rows } = await handle.pool.query<{ pages: number }>(
      "select pg_relation_size('outbox')::int / 8192 as pages",
    );
    const own = nodesOf(plan).find((node) => node['Node Type'] === 'LockRows')!;
    expect(own['Shared Hit Blocks'] + own['Shared Read Blocks']).toBeLessThan(rows[0]!.pages / 2);
  });

  it('what is stubborn is found by its own index', async () => {
    const plan = await planOf(() => stubbornRows(db), 'select');
    expect(nodesOf(plan).map((node) => node['Index Name'])).toContain('outbox_stubborn');
  });
});

it('a page that is looked through for what may be forgotten is the only one that is read', async () => {
  const plan = await planOf(() => forgetPage(db, 0, 30), 'with');
  const scans = nodesOf(plan).filter(readsOutbox);
  expect(new Set(scans.map((node) => node['Index Name']))).toEqual(new Set(['outbox_pkey']));
});

describe('a done row whose term is over', () => {
  const row = (kind: OutboxKind, caseId: string, days: number | null) => ({
    kind,
    key: `${kind}:${caseId}:${days}`,
    payload: kind === 'start-case' ? { workflow: 'w', opened: { caseId }, input: null } : { caseId },
    doneAt: days === null ? null : new Date(Date.now() - days * 86_400_000),
  });
  const opening = (caseId: string) => ({
    workflow: 'listing' as const,
    input: { departments: [] },
    opened: {
      caseId,
      caseType: 'listing' as const,
      stage: 'listed',
      caseNo: caseId,
      uscc: '',
      round: 1,
      departmentCode: null,
      regionCode: '430000',
      parentCaseId: null,
      openedAt: Date.now(),
      facts: {},
    },
  });
  const left = async (caseId: string) =>
    (
      await db
        .select()
        .from(outbox)
        .where(eq(sql`coalesce(payload->>'caseId', payload->'opened'->>'caseId')`, caseId))
    )
      .map(({ key }) => key)
      .sort();

  it('goes, except what an open case was started with and told', async () => {
    await openCases(db, [opening('is-open'), opening('is-closed')], realClock);
    await db
      .update(outbox)
      .set({ doneAt: new Date() })
      .where(inArray(outbox.key, ['start:is-open', 'start:is-closed']));
    await db.update(cases).set({ status: 'closed' }).where(eq(cases.caseId, 'is-closed'));
    const all = ['is-open', 'is-closed', 'is-unknown'].flatMap((caseId) =>
      KINDS.flatMap((kind) => [row(kind, caseId, 31), row(kind, caseId, 29), row(kind, caseId, null)]),
    );
    await db.insert(outbox).values(all);
    const loop = startForgetting({ db, log: pino({ level: 'silent' }), keepDays: 30 });
    const keysOf = (caseId: string, gone: OutboxKind[]) =>
      all
        .filter(({ key, kind }) => key.includes(`:${caseId}:`) && !(key.endsWith(':31') && gone.includes(kind)))
        .map(({ key }) => key);
    await eventually(
      () => left('is-closed'),
      (keys) => !keys.some((key) => key.endsWith(':31')),
    );
    await loop.stop();
    expect(await left('is-open')).toEqual(
      [...keysOf('is-open', ['notice', 'calendar-rollout']), 'start:is-open'].sort(),
    );
    expect(await left('is-closed')).toEqual([...keysOf('is-closed', KINDS), 'start:is-closed'].sort());
    // A case without a row may be about to get one.
    expect(await left('is-unknown')).toEqual(keysOf('is-unknown', ['notice', 'calendar-rollout']).sort());
  });

  it('does not let its case be started again', async () => {
    await db.delete(outbox).where(eq(outbox.key, 'start:is-closed'));
    expect(await openCases(db, [opening('is-closed')], realClock)).toEqual(new Set());
    expect(await left('is-closed')).not.toContain('start:is-closed');
  });
});
