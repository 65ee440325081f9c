/** Lists and the pool's download: filters, pages without gap or repetition, cells that run as no formula. */
import { REGISTRATION_HEADER } from '../../api/import/registration-table.ts';
import { parse } from 'csv-parse/sync';
import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import { Product } from '../support/product.ts';
import { accept, importFile, jsonl, NOWHERE, registration } from './support/requests.ts';

interface List {
  items: CaseView[];
  nextCursor: string | null;
  counts: Record<string, number>;
}

const POOLED = '许可项目：软件开发。';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const list = async (as: string, noun: string, query = '') =>
  (await product.get<List>(as, `/api/v1/${noun}${query}`)).body;

async function everyPage(as: string, noun: string, limit: number): Promise<CaseView[]> {
  const found: CaseView[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `?limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const page: List = await list(as, noun, query);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

describe('a list', () => {
  it('is paged without gap or repetition, the most urgent first, those without a limit last', async () => {
    await importFile(product, jsonl(Array.from({ length: 23 }, () => registration({ scope: '许可项目：农药零售。' }))));
    // Several cases fall due at one instant: only the case id orders them.
    await product.handle.pool.query(`
      update cases set due_at = timestamptz '2026-03-01' + (n % 4) * interval '1 day'
      from (select case_id as id, row_number() over (order by case_id) as n from cases) as numbered
      where id = case_id and n % 5 > 0`);
    for (const limit of [1, 4, 23, 200]) {
      const found = await everyPage('nongye', 'pushes', limit);
      expect(found).toHaveLength(23);
      expect(new Set(found.map(({ caseId }) => caseId)).size).toBe(23);
    }
    const { rows } = await product.handle.pool.query<{ case_id: string }>(
      'select case_id from cases order by due_at nulls last, case_id',
    );
    const found = await everyPage('nongye', 'pushes', 7);
    expect(found.map(({ caseId }) => caseId)).toEqual(rows.map(({ case_id: caseId }) => caseId));
  });

  it('is filtered by the beginning of a number, code, part of a name, region, department, stage and status', async () => {
    const { input } = await accept(product, { name: '天心区筛选试验有限公司', regionCode: '430105' });
    const only = async (query: string) => (await list('shengju', 'pushes', `?${query}`)).items.map((i) => i.caseNo);
    expect(await only(`q=${input.registrationNo}`)).toEqual([input.registrationNo]);
    expect(await only(`q=${input.registrationNo.slice(0, -1)}&region=430105`)).toEqual([input.registrationNo]);
    expect(await only(`q=${input.registrationNo.slice(1)}`)).toEqual([]);
    expect(await only(`q=${encodeURIComponent('%%')}`)).toEqual([]);
    expect(await only(`q=${input.uscc}`)).toEqual([input.registrationNo]);
    expect(await only(`q=${input.uscc.toLowerCase()}`)).toEqual([input.registrationNo]);
    expect(await only(`q=${encodeURIComponent('  筛选试验 ')}`)).toEqual([input.registrationNo]);
    expect(await only('region=430105')).toEqual([input.registrationNo]);
    expect(await only('region=430100&limit=200')).toHaveLength(24);
    expect(await only('region=430200')).toEqual([]);
    const { input: inNingxiang } = await accept(product, { regionCode: '430182' });
    // 宁乡 was 430124 before it became a city.
    expect(await only('region=430124')).toEqual([inNingxiang.registrationNo]);
    expect(await only('department=430105-agriculture')).toEqual([input.registrationNo]);
    expect(await only('region=430105&stage=claimed')).toEqual([]);
    expect(await only('region=430105&status=closed')).toEqual([]);
    expect(await only('region=430105&overdue=true')).toEqual([]);
    expect(await only('region=430105&overdue=false')).toEqual([input.registrationNo]);
  });
});

describe("the pool's download", () => {
  const download = (as: string, query = '') => product.get<string>(as, `/api/v1/pool-entries/download${query}`);

  it('opens in Excel: a byte order mark, quoted cells, and names that run as no formula', async () => {
    const names = ['=cmd|"/c calc"!A1', '+1+1', '-2', '@SUM(A1)', '甲"乙",丙', '普通'];
    for (const name of names) await accept(product, { name, scope: POOLED });
    await accept(product, { name: '多行', scope: '许可项目：软件开发；\n=1+1，"引号"' });
    const answer = await download('nongye');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="pool-entries.csv"; filename*=UTF-8''${encodeURIComponent('公示认领.csv')}`,
    );
    const bytes = Buffer.from(await (await raw('nongye')).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
    expect(Object.keys(rows[0]!)).toEqual(['事项编号', ...REGISTRATION_HEADER, '公示时间']);
    expect(new Set(rows.map((row) => row['名称']))).toEqual(
      new Set([`'=cmd|"/c calc"!A1`, "'+1+1", "'-2", "'@SUM(A1)", '甲"乙",丙', '普通', '多行']),
    );
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows.find((row) => row['名称'] === '多行')!['经营范围']).toBe('许可项目：软件开发；\n=1+1，"引号"');
  });

  it('holds what the list shows to the same account, by the same filters', async () => {
    await accept(product, { regionCode: '430104', scope: POOLED, name: '岳麓区外区' });
    const inNingxiang = await accept(product, { regionCode: '430182', scope: POOLED });
    for (const [as, query] of [
      ['nongye', ''],
      ['shengju', ''],
      ['shengju', '?region=430104'],
      // 宁乡, by the code that it had as a county.
      ['shengju', '?region=430124'],
      ['shengju', '?stage=published&status=open&overdue=false'],
      ['shengju', '?q=xx'],
    ] as const) {
      const { items } = await list(as, 'pool-entries', `${query || '?'}&limit=200`.replace('?&', '?'));
      const { body } = await download(as, query);
      const rows = parse<Record<string, string>>(body, { bom: true, columns: true });
      expect(rows.map((row) => row['事项编号'])).toEqual(items.map(({ caseId }) => caseId));
    }
    expect((await download('nongye')).body).not.toContain('岳麓区外区');
    expect((await download('shengju', '?region=430124')).body).toContain(inNingxiang.registrationNo);
  });

  it('finds entries by what the enterprise does, and no other cases by it', async () => {
    const scope = '许可项目：竹编工艺品制作；软件开发。';
    const { registrationNo } = await accept(product, { scope });
    await accept(product, { scope: '许可项目：农药零售。一般项目：竹编工艺品制作。' });
    const { items } = await list('nongye', 'pool-entries', `?q=${encodeURIComponent('竹编工艺')}`);
    expect(items.map((entry) => entry.caseNo)).toEqual([registrationNo]);
    const { body } = await download('nongye', `?q=${encodeURIComponent('竹编工艺')}`);
    expect(parse<Record<string, string>>(body, { bom: true, columns: true })).toHaveLength(1);
    expect((await list('nongye', 'pushes', `?q=${encodeURIComponent('竹编工艺')}`)).items).toEqual([]);
  });

  it('streams thousands of rows, each once', async () => {
    await importFile(
      product,
      jsonl(Array.from({ length: 2500 }, () => registration({ regionCode: '430302', scope: POOLED }))),
    );
    const { body } = await download('shengju', '?region=430302');
    const rows = parse<Record<string, string>>(body, { bom: true, columns: true });
    expect(rows).toHaveLength(2500);
    expect(new Set(rows.map((row) => row['登记编号'])).size).toBe(2500);
  });

  it('gives each row once although dates move while it is fetched', async () => {
    const { db } = product.handle;
    const ofRegion = sql`region_code = '430302'`;
    // More than sockets buffer: the second page is not read before the first is fetched.
    await db.execute(sql`update registrations set scope = repeat('许可项目：软件开发。', 500) where ${ofRegion}`);
    await setDates(sql`interval '1 minute'`);
    const answer = await raw('shengju', '?region=430302');
    const fetched = answer.body![Symbol.asyncIterator]();
    const chunks = [(await fetched.next()).value!];
    await setDates(sql`interval '-1 minute'`);
    for (let next = await fetched.next(); !next.done; next = await fetched.next()) chunks.push(next.value);
    const rows = parse<Record<string, string>>(Buffer.concat(chunks), { bom: true, columns: true });
    expect(rows).toHaveLength(2500);
    expect(new Set(rows.map((row) => row['登记编号'])).size).toBe(2500);

    async function setDates(step: SQL) {
      await db.execute(sql`update cases set due_at = timestamptz '2026-03-02' + place * ${step}
        from (select case_id as id, row_number() over (order by case_id) as place from cases where ${ofRegion}) placed
        where case_id = id`);
    }
  });

  async function raw(as: string, query = '') {
    const authorization = `Bearer ${await product.tokenOf(as)}`;
    return fetch(`${product.url}/api/v1/pool-entries/download${query}`, { headers: { authorization } });
  }
});
