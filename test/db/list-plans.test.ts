/** Lists of a province's rows: each is read by its index in its order, and its pages hold every case once. */
import { and, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillProvince, NOW } from '../../bench/lists/province.ts';
import { QUESTIONS, subjectsOf, type Subject } from '../../bench/lists/questions.ts';
import { connectDatabase, type Database, type DatabaseHandle } from '../../db/postgres/client.ts';
import { dueOrNever, meets } from '../../db/queries/case-filter.ts';
import { countCases, encodeCursor, listCases, visibleTo, type CaseFilter } from '../../db/queries/cases.ts';
import { listTasks, tasksOf } from '../../db/queries/tasks.ts';
import { cases } from '../../db/schema.ts';
import * as schema from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { createTestDatabase } from '../support/servers.ts';

const CASES = 20_000;
/** Rows that a query may sort or read: some pages, not the table. */
const FEW = CASES / 10;

let handle: DatabaseHandle;
let db: Database;
let subjects: Subject[];
const asked: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  const url = await createTestDatabase();
  await seedReference(url);
  handle = connectDatabase(url, 1);
  db = drizzle(handle.pool, { schema, logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  await fillProvince(db, { cases: CASES, names: CASES });
  // Every list names the trader of a complaint that has no credit code.
  await handle.pool.query(
    `insert into complaint_reports (receipt_no, category, content, reported_at, trader_name)
     select 'R' || n, 'other', '内容', now(), '无照摊点' || n from generate_series(1, ${CASES}) n`,
  );
  await handle.pool.query('analyze complaint_reports');
  subjects = await subjectsOf(db, 5);
});
afterAll(() => handle.close());

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

const below = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(below)];

const rowsRead = (node: Node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];

async function planOf({ query, params }: (typeof asked)[number]): Promise<Node[]> {
  const { rows } = await handle.pool.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, costs off, timing off, format json) ${query}`,
    params,
  );
  return below(rows[0]!['QUERY PLAN'][0].Plan);
}

describe('the plan', () => {
  // Search has a test of its own; what is common there is found by reading a list in its order.
  const lists = QUESTIONS.filter(({ of }) => of === 'lists').map((question) => [question.title, question] as const);

  it.each(lists)('of %s reads no table whole and sorts few rows', async (_, { ask }) => {
    for (const subject of subjects.slice(0, 2)) {
      asked.length = 0;
      await ask(db, subject);
      for (const one of asked.filter(({ query }) => query.trim().startsWith('select'))) {
        const nodes = await planOf(one);
        const whole = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && rowsRead(node) >= FEW);
        // Small whatever the number of cases.
        expect(whole.filter(({ 'Relation Name': table }) => table !== 'departments')).toEqual([]);
        for (const node of nodes.filter(({ 'Node Type': type }) => type.includes('Sort'))) {
          expect(node['Actual Rows'] * node['Actual Loops']).toBeLessThan(FEW);
        }
      }
    }
  });
});

describe('the pages', () => {
  async function everyPage(read: (filter: CaseFilter) => ReturnType<typeof listCases>): Promise<string[]> {
    const found: string[] = [];
    const limit = 90;
    for (let cursor: string | undefined; ;) {
      const rows = await read({ cursor, limit });
      found.push(...rows.slice(0, limit).map((row) => row.case.caseId));
      if (rows.length <= limit) return found;
      cursor = encodeCursor(rows[limit - 1]!);
    }
  }

  /** What one query without pages gives. */
  async function whole(where: SQL | undefined): Promise<string[]> {
    const rows = await db.select({ caseId: cases.caseId }).from(cases).where(where).orderBy(dueOrNever, cases.caseId);
    return rows.map(({ caseId }) => caseId);
  }

  const FILTERS: Omit<CaseFilter, 'cursor' | 'limit'>[] = [
    {},
    { status: 'open' },
    { status: 'closed', caseType: 'complaint' },
    { caseType: 'registrationPush', stage: 'returned' },
    { caseType: 'registrationPush', overdue: false, status: 'open' },
    { caseType: 'poolEntry' },
    { overdue: true },
    { overdue: true, status: 'closed' },
    { stage: 'claimed' },
    { late: true, own: true },
    { lateKind: 'statutory', region: '430100' },
    { returnReason: 'wrong-level' },
    { returnReason: 'wrong-level', caseType: 'poolEntry' },
    { department: 'none', status: 'open' },
    { onlyRegion: '430100' },
    { breachedFrom: '2026-05-01', breachedTo: '2026-06-30' },
  ];
  const actors = (): Actor[] => [
    { username: 'x', role: 'auditor', regionCode: '430000', departmentCode: null },
    ...subjects.slice(0, 2).flatMap(({ county, prefecture, department }) => [county, prefecture, department]),
    { ...subjects[0]!.department, regionCode: '430000' },
  ];

  it.each(FILTERS)('of %j hold every case once, in the order of the list', async (filter) => {
    for (const actor of actors()) {
      const expected = await whole(and(visibleTo(actor), meets(filter, NOW)));
      expect(await everyPage((page) => listCases(db, actor, { ...filter, ...page }, NOW))).toEqual(expected);
    }
  });

  it('of a workbench hold every task once', async () => {
    const horizon = { now: NOW, today: NOW, within2: NOW };
    const roles = ['registering-authority', 'department-lead', 'supervisor'] as const;
    const all = actors().flatMap((actor) => roles.map((role) => ({ ...actor, role })));
    let tasks = 0;
    for (const actor of all) {
      const expected = await whole(tasksOf(actor));
      tasks += expected.length;
      expect(await everyPage((page) => listTasks(db, actor, page, horizon))).toEqual(expected);
    }
    expect(tasks).toBeGreaterThan(100);
  });
});

it('the numbers by stage are those of the cases, up to the most that is counted', async () => {
  const { county, department } = subjects[0]!;
  for (const actor of [county, department, { ...county, regionCode: '430000' }]) {
    for (const caseType of ['registrationPush', 'poolEntry'] as const) {
      const { rows } = await db.execute<{ stage: string; count: number }>(sql`
        select stage, least(10000, count(*))::int as count from cases
        where case_type = ${caseType} and ${visibleTo(actor)} group by stage`);
      expect(await countCases(db, actor, caseType)).toEqual(
        Object.fromEntries(rows.map((row) => [row.stage, row.count])),
      );
    }
  }
});
