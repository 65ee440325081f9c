/** Search by pairs of characters finds what reading every name would find. */
import * as fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase, type Database, type DatabaseHandle } from '../../db/postgres/client.ts';
import { listCases } from '../../db/queries/cases.ts';
import { searchEnterprises } from '../../db/queries/records.ts';
import { listRegistrations } from '../../db/queries/registrations.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isSearchable } from '../../domain/worklist/search-text.ts';
import { createTestDatabase } from '../support/servers.ts';

const AUDITOR: Actor = { username: 'x', role: 'auditor', regionCode: '430000', departmentCode: null };
const NOW = new Date('2026-11-23T00:00:00Z');

let handle: DatabaseHandle;
let db: Database;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 1);
  db = handle.db;
});
afterAll(() => handle.close());
beforeEach(() => db.execute(sql`truncate enterprises, registrations, cases, pool_scopes`));

/** Each name with a registration, and with a case that came of it. */
async function store(names: string[], { scopes = names.map(() => '') } = {}): Promise<void> {
  const rows = JSON.stringify(names.map((name, n) => ({ n: String(n).padStart(5, '0'), name, scope: scopes[n] })));
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as given (n text, name text, scope text)`;
  await db.execute(sql`insert into enterprises (uscc, name, kind, region_code, updated_at)
    select 'U' || n, name, 'enterprise', '430103', now() from ${given}`);
  await db.execute(sql`insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event,
      registered_on, content_hash, catalogue_version, accepted_at, accepted_by)
    select 'R' || n, 'U' || n, name, 'enterprise', 'in-province', '430103', scope, 'establish', '2026-01-01', '', '', now(), 'x'
    from ${given}`);
  await db.execute(sql`insert into cases (case_id, case_type, stage, status, case_no, uscc, round, region_code, opened_at)
    select 'pool~R' || n, 'poolEntry', 'published', 'open', 'R' || n, 'U' || n, 1, '430103', now() from ${given}`);
  await db.execute(sql`analyze enterprises, registrations, pool_scopes`);
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(' ', '');
/** Without the database: whether a person would say that the name has the part. */
const has = (name: string, part: string) => fold(name).includes(fold(part));

const found = {
  enterprises: async (q: string) => (await searchEnterprises(db, q, 50)).map(({ uscc }) => uscc.slice(1)),
  registrations: async (name: string) =>
    (await listRegistrations(db, { within: '430000', name }, { before: undefined, limit: 200 })).map((row) =>
      row.registrationNo.slice(1),
    ),
  cases: async (q: string) =>
    (await listCases(db, AUDITOR, { q, limit: 200 }, NOW)).map((row) => row.case.caseNo.slice(1)),
};

describe('a part of a name', () => {
  /** Few characters, so that pairs are often shared, with forms that fold to each other and characters of two units. */
  const character = fc.constantFrom(...Array.from('长沙市天心有限公司（）()ＡaAbＢ　 𬱖𪟝%_\\㈱'));
  const text = (maxLength: number) => fc.array(character, { minLength: 1, maxLength }).map((all) => all.join(''));

  it('finds the names that have it, folded, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text(9), { maxLength: 30 }), text(4), async (names, part) => {
        fc.pre(isSearchable(part) && names.every((name) => name.trim() !== ''));
        await db.execute(sql`truncate enterprises, registrations, cases, pool_scopes`);
        await store(names);
        const expected = names.flatMap((name, n) => (has(name, part) ? [String(n).padStart(5, '0')] : []));
        for (const [where, ask] of Object.entries(found)) {
          expect([where, (await ask(part)).sort()]).toEqual([where, expected]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of one character finds nothing, and matches no name by accident', async () => {
    await store(['天心区米粉店']);
    for (const ask of Object.values(found)) {
      expect(await ask('天')).toEqual([]);
      expect(await ask('天 ')).toEqual([]);
    }
  });

  it('that very many names have fills a page, and every page of a list', async () => {
    const names = Array.from({ length: 12_500 }, (_, n) => `${n % 5 === 0 ? '长沙' : '株洲'}第${n}贸易有限公司`);
    await store(names);
    const enterprises = await searchEnterprises(db, '长沙', 20);
    expect(enterprises).toHaveLength(20);
    for (const { name } of enterprises) expect(name).toContain('长沙');
    const first = await listCases(db, AUDITOR, { q: '贸易有限', limit: 200 }, NOW);
    expect(first.map((row) => row.case.caseNo)).toEqual(
      names.slice(0, 201).map((_, n) => `R${String(n).padStart(5, '0')}`),
    );
    const second = await listRegistrations(db, { within: '430000', name: '长沙' }, { before: undefined, limit: 200 });
    expect(second).toHaveLength(201);
    for (const { name } of second) expect(name).toContain('长沙');
    // Known to few among them.
    expect(await found.cases('第12499贸易')).toEqual(['12499']);
    expect((await searchEnterprises(db, '第12499贸易', 20)).map(({ name }) => name)).toEqual([names[12_499]]);
  });
});

describe('a part of a scope', () => {
  it('finds the pool entries of registrations that have it, by the pairs that a trigger keeps', async () => {
    await store(['甲', '乙', '丙'], { scopes: ['竹编工艺品制作', '软件开发', '竹编　工艺品销售'] });
    expect((await found.cases('竹编工艺')).sort()).toEqual(['00000', '00002']);
    expect(await found.cases('竹工')).toEqual([]);
    // A scope is searched for pool entries alone.
    await db.execute(
      sql`update cases set case_type = 'registrationPush', case_id = 'push~' || case_no where case_no = 'R00000'`,
    );
    expect(await found.cases('竹编工艺')).toEqual(['00002']);
  });
});
