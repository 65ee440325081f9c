/** Search by pairs of characters finds what reading every name would find. */
import * as fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase, type Database, type DatabaseHandle } from '../../db/postgres/client.ts';
import { listCases } from '../../db/queries/cases.ts';
import { searchEnterprises } from '../../db/queries/records.ts';
import { listRegistrations } from '../../db/queries/registrations.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { foldedName } from '../../domain/folding.ts';
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

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ “”"\u200B\u202C]/g, '')
    .replaceAll(/[—－-]+/g, '-');
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
  const character = fc.constantFrom(...Array.from('长沙市天心有限公司（）()ＡaAbＢ　 𬱖𪟝%_\\㈱—－-“"\u200B\u202C'));
  const text = (maxLength: number) => fc.array(character, { minLength: 1, maxLength }).map((all) => all.join(''));

  it('finds the names that have it, folded, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text(9), { maxLength: 30 }), text(4), async (names, part) => {
        fc.pre(isSearchable(part) && names.every((name) => fold(name) !== ''));
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

  it.each([
    ['湖南Xyz(长沙)贸易有限公司', 'xyz（长沙）'],
    ['湖南３６０科技', '湖南360'],
    ['一汽—大众', '一汽-大众'],
    ['一汽-大众', '一汽——大众'],
    ['“好运来”食品', '好运来食品'],
    ['阿里・木', '阿里·木'],
    ['湖\u200B南\u00AD米\u2060粉\u202C店', '湖南米粉店'],
    ['湖南米粉店', '米\u00A0粉\uFEFF店'],
  ])('%s is found by %s, and shown as it was written', async (name, part) => {
    await store([name, '别的名称']);
    for (const [where, ask] of Object.entries(found)) expect([where, await ask(part)]).toEqual([where, ['00000']]);
    expect((await searchEnterprises(db, part, 50)).map((row) => row.name)).toEqual([name]);
  });

  it('of a name that the enterprise has given up finds it, and says which', async () => {
    await store(['天心区旧名米粉店', '别的名称']);
    await db.execute(sql`update enterprises set name = '天心区新名餐饮店' where uscc = 'U00000'`);
    const rows = await searchEnterprises(db, '旧名米粉', 50);
    expect(rows.map(({ name, formerName }) => [name, formerName])).toEqual([['天心区新名餐饮店', '天心区旧名米粉店']]);
    expect(await found.cases('旧名米粉')).toEqual(['00000']);
    const [present] = await searchEnterprises(db, '新名餐饮', 50);
    expect(present?.formerName).toBeNull();
    // Its present name has the part, too: nothing needs to be explained.
    expect((await searchEnterprises(db, '天心区', 50)).map(({ formerName }) => formerName)).toEqual([null]);
  });

  it('is folded by the database as by domain/folding.ts, every character there is', async () => {
    const points = Array.from({ length: 0x10ffff }, (_, at) => at + 1).filter((at) => at < 0xd800 || at > 0xdfff);
    // İ has a small form of two characters in one of them; newer editions of Unicode have new capitals.
    const characters = points
      .map((at) => String.fromCodePoint(at))
      .filter((one) => /\p{Assigned}/u.test(one) && one !== 'İ' && !/[\uA7C0-\uA7FF\u{16EA0}-\u{16EDF}]/u.test(one));
    for (let at = 0; at < characters.length; at += 20_000) {
      const some = characters.slice(at, at + 20_000).map((one) => `a${one}b`);
      const { rows } = await db.execute<{ given: string; folded: string }>(sql`
        select given, folded(given) as folded from unnest(${sql.param(some)}::text[]) as given`);
      expect(rows.filter(({ given, folded }) => folded !== foldedName(given))).toEqual([]);
    }
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
