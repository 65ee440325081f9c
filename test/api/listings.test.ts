/** Taking in dishonesty lists: singly and by file, each entry once, no natural person, also while Temporal is down. */
import { count, eq } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptListings } from '../../db/intake/listings.ts';
import { auditLog, cases, enterprises, importRejections, listings, outbox } from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { CSV, expectProblem, jsonl, NDJSON, NOWHERE, readImport, accept } from './support/requests.ts';

const COURT_HEADER =
  'iname,cardnum,businessentity,courtname,areaname,gistid,regdate,casecode,gistunit,duty,performance,disrupttypename,publishdate,partytypename,sexy,age';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const submit = (body: unknown, as = 'shengju') => product.post<AcceptedListing>(as, LISTINGS, body);

async function written() {
  const tables = [listings, cases, outbox, auditLog];
  return Promise.all(tables.map(async (table) => (await product.handle.db.select({ n: count() }).from(table))[0]!.n));
}

async function sendFile(content: string | Buffer, headers: Record<string, string>, as = 'shengju') {
  const response = await fetch(`${product.url}${LISTINGS}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await product.tokenOf(as)}`, ...headers },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text };
}

async function imported(content: string | Buffer, headers: Record<string, string>) {
  const { status, body } = await sendFile(content, headers);
  expect([status, body.slice(0, 200)]).toEqual([200, expect.stringContaining('{')]);
  return readImport(status, body);
}

function courtRow(more: Partial<Record<string, string>> = {}) {
  const { uscc, documentNo, name } = listingEntry();
  const cells: Record<string, string> = {
    iname: name,
    cardnum: uscc,
    businessentity: '法定代表人甲',
    courtname: '长沙市天心区人民法院',
    areaname: '湖南',
    gistid: '（2025）湘0103民初1号',
    regdate: '2026年01月02日',
    casecode: documentNo,
    gistunit: '长沙市天心区人民法院',
    duty: '偿还货款',
    performance: '全部未履行',
    disrupttypename: '违反财产报告制度',
    publishdate: '2026年01月06日',
    partytypename: '581',
    sexy: '',
    age: '',
    ...more,
  };
  return COURT_HEADER.split(',')
    .map((column) => cells[column])
    .join(',');
}
const courtFile = (...rows: string[]) => [COURT_HEADER, ...rows, ''].join('\r\n');

describe('a single entry', () => {
  it('is accepted with its case, the departments that it concerns, and one start, while Temporal is down', async () => {
    const entry = listingEntry();
    const { status, body } = await submit(entry);
    expect(status).toBe(201);
    expect(body.departments).toEqual(
      expect.arrayContaining([
        '430103-finance-bureau',
        '430103-market-regulation',
        '430103-health',
        '430100-central-bank',
      ]),
    );
    const { db } = product.handle;
    const [row] = await db.select().from(listings).where(eq(listings.listingId, body.caseId));
    expect(row).toMatchObject({ uscc: entry.uscc, regionCode: '430103', removedAt: null });
    const [opened] = await db.select().from(cases).where(eq(cases.caseId, body.caseId));
    expect(opened).toMatchObject({ caseType: 'listing', stage: 'listed', departmentCode: '430103-registration' });
    const starts = await db
      .select()
      .from(outbox)
      .where(eq(outbox.key, `start:${body.caseId}`));
    expect(starts).toHaveLength(1);
    expect(JSON.stringify(starts)).not.toContain(entry.name);
  });

  it('again is a duplicate and changes nothing; with other content it is a conflict', async () => {
    const entry = listingEntry({ documentNo: '（2026）湘0103执88号' });
    const first = await submit(entry);
    const before = await written();
    const again = await submit({ ...entry, documentNo: '(2026) 湘0103执88号' });
    expect([again.status, again.body.result, again.body.caseId]).toEqual([200, 'duplicate', first.body.caseId]);
    expectProblem(await submit({ ...entry, grounds: '另一事由' }), 'listing.conflict');
    expect(await written()).toEqual(before);
  });

  it('sent fifty times at once is accepted once', async () => {
    const atFirst = await written();
    await submit(listingEntry());
    const before = await written();
    const entry = listingEntry();
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(entry)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    // As much as one that is sent once.
    expect(await written()).toEqual(before.map((n, at) => n + n - atFirst[at]!));
  });

  it('of the same document may list several enterprises, and one enterprise may be on several lists', async () => {
    const entry = listingEntry();
    const ids = new Set<string>();
    for (const one of [entry, { ...entry, uscc: listingEntry().uscc }, { ...entry, list: 'abnormal-operation' }]) {
      const { status, body } = await submit(one);
      expect(status).toBe(201);
      ids.add(body.caseId);
    }
    expect(ids.size).toBe(3);
  });

  it('of a natural person is refused, and nothing of it is kept', async () => {
    const before = await written();
    const person = listingEntry({ uscc: '430103198001011234', name: '张三' });
    const problem = expectProblem(await submit(person), 'listing.natural-person');
    expect(problem.detail).toContain('只办理对企业的联合惩戒');
    expectProblem(await submit(listingEntry({ partyType: '580' })), 'listing.natural-person');
    expect(await written()).toEqual(before);
  });

  it('goes where its enterprise is registered, else by its credit code; elsewhere it is refused', async () => {
    const { regionCode: _, ...entry } = listingEntry();
    expect((await submit(entry)).body.departments).toContain('430103-finance-bureau');
    const { input } = await accept(product, { regionCode: '430104' });
    const registered = await submit({ ...entry, uscc: input.uscc });
    expect(registered.body.departments).toContain('430104-finance-bureau');
    const [enterprise] = await product.handle.db.select().from(enterprises).where(eq(enterprises.uscc, input.uscc));
    expect(enterprise!.name).toBe(input.name);
    expectProblem(await submit(listingEntry({ regionCode: '110101' })), 'region.unknown');
    expectProblem(await submit(listingEntry({ regionCode: '430104' }), 'dengji'), 'access.denied');
    expectProblem(await submit({ ...entry, uscc: '91350100M000100Y43' }), 'region.unknown');
  });

  it.each(['nongye', 'shichang-lead', 'ducha', 'shenji'])('%s may not submit one', async (username) => {
    expectProblem(await submit(listingEntry(), username), 'access.denied');
  });

  it('nobody may submit or read anything without signing in', async () => {
    const { body } = await submit(listingEntry());
    const path = encodeURIComponent(body.caseId);
    for (const url of [LISTINGS, `${LISTINGS}/${path}`, `${LISTINGS}/${path}/listing`]) {
      expectProblem(await product.get(null, url), 'auth.required');
    }
    expectProblem(await product.get(null, `/api/v1/enterprises/${body.uscc}/restrictions`), 'auth.required');
    expectProblem(await product.request(null, 'POST', LISTINGS, listingEntry()), 'auth.required');
  });

  it.each([
    ['a NUL', { grounds: 'a\u0000b' }],
    ['half a surrogate pair', { name: 'a\ud800' }],
    ['an object for a text', { documentNo: { $ne: '' } }],
    ['a list that every object has', { list: 'constructor' }],
    ['the separator of case ids', { documentNo: 'A~430103-health' }],
    ['a path', { documentNo: '../../etc/passwd' }],
  ])('with %s is refused in words', async (_, more) => {
    const before = await written();
    expectProblem(await submit(listingEntry(more)), 'input.invalid');
    expect(await written()).toEqual(before);
  });

  it('for which the measures name no department is refused: nobody would ever lift it', async () => {
    const { db } = product.handle;
    const reference = await loadReference(db);
    const bare = { ...reference, measures: { ...reference.measures, measures: [] } };
    const actor = {
      username: 'shengju',
      role: 'registering-authority',
      regionCode: '430000',
      departmentCode: null,
    } as const;
    const entry = listingEntrySchema.parse(listingEntry());
    const [outcome] = await acceptListings({ db, reference: bare, clock: realClock }, actor, [entry]);
    expect(outcome).toMatchObject({ result: 'rejected', message: expect.stringContaining('惩戒措施目录') });
  });

  it('is read by organs of its region, and not by departments', async () => {
    const { body } = await submit(listingEntry());
    const path = `${LISTINGS}/${encodeURIComponent(body.caseId)}`;
    for (const username of ['shengju', 'dengji', 'ducha', 'shenji']) {
      const detail = await product.get<{ stageTitle: string; audit: { title: string }[] }>(username, path);
      expect(detail.body).toMatchObject({ stageTitle: '在列' });
      expect(detail.body.audit[0]!.title).toBe('受理名单条目');
    }
    expectProblem(await product.get('nongye', path), 'resource.not-found');
    expectProblem(await product.get('nongye', `${path}/listing`), 'resource.not-found');
  });
});

describe('a file', () => {
  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
  ])('of the court, under its own field names, in %s', async (_, encode) => {
    const { rows, summary } = await imported(encode(courtFile(courtRow(), courtRow())), CSV);
    expect(rows.map((row) => row.result)).toEqual(['accepted', 'accepted']);
    expect(summary).toMatchObject({ accepted: 2, rejected: 0 });
    const caseId = (rows[0] as unknown as { caseId: string }).caseId;
    const path = `${LISTINGS}/${encodeURIComponent(caseId)}/listing`;
    const { body } = await product.get<{ content: Record<string, string>; measures: unknown[] }>('dengji', path);
    expect(body).toMatchObject({
      list: 'court-debtor',
      listTitle: '失信被执行人名单',
      listedOn: '2026-01-06',
      authority: '长沙市天心区人民法院',
      content: { basisNo: '（2025）湘0103民初1号', filedOn: '2026-01-02', responsiblePerson: '法定代表人甲' },
    });
    expect(body.measures.length).toBeGreaterThan(0);
  });

  it('of JSON Lines takes our names, Chinese ones and the court’s', async () => {
    const { list, documentNo, uscc, name, ...rest } = listingEntry();
    const chinese = { 名单: '严重违法失信企业名单', 文号: documentNo, 统一社会信用代码: uscc, 企业名称: name, ...rest };
    const court = Object.fromEntries(
      COURT_HEADER.split(',').map((column, index) => [column, courtRow().split(',')[index]]),
    );
    const { rows } = await imported(jsonl([listingEntry({ list }), chinese, court]), NDJSON);
    expect(rows.map((row) => row.message ?? row.result)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('sent again changes nothing; good and bad rows each have their own result', async () => {
    const entry = listingEntry();
    const content = jsonl([
      entry,
      entry,
      { ...entry, grounds: '另一事由' },
      { ...listingEntry(), uscc: '91350100M000100Y44' },
      listingEntry(),
    ]);
    const { rows } = await imported(content, NDJSON);
    expect(rows.map((row) => [row.line, row.result, row.code])).toEqual([
      [1, 'accepted', undefined],
      [2, 'duplicate', undefined],
      [3, 'rejected', 'listing.conflict'],
      [4, 'rejected', 'uscc.invalid'],
      [5, 'accepted', undefined],
    ]);
    const before = await written();
    expect((await imported(content, NDJSON)).summary).toMatchObject({ accepted: 0, duplicate: 3, rejected: 2 });
    expect(await written()).toEqual(before);
  });

  it('with natural persons: their rows are refused, and their text is not kept', async () => {
    const content = courtFile(
      courtRow(),
      courtRow({ iname: '张三', cardnum: '4301031980****1234', partytypename: '580', sexy: '男', age: '46' }),
      courtRow({ iname: '李四', cardnum: '43010319800101123X', partytypename: '' }),
      `王五,430103198001011234,少了列`,
    );
    const { rows, summary } = await imported(content, CSV);
    expect(rows.map((row) => row.code)).toEqual([
      undefined,
      'listing.natural-person',
      'listing.natural-person',
      'input.invalid',
    ]);
    const kept = await product.handle.db
      .select()
      .from(importRejections)
      .where(eq(importRejections.importId, summary.importId));
    expect(kept).toHaveLength(3);
    expect(JSON.stringify(kept)).not.toMatch(/张三|李四|王五|19800101|1980\*/);
  });

  it('without the columns required, or from a department, is refused whole', async () => {
    const before = await written();
    expectProblem(await sendFile('名称,案号\r\n甲,乙\r\n', CSV), 'input.invalid');
    expectProblem(await sendFile('', CSV), 'input.empty-file');
    expectProblem(await sendFile(courtFile(courtRow()), CSV, 'nongye'), 'access.denied');
    expect(await written()).toEqual(before);
  });
});

describe('restrictions of an enterprise', () => {
  it('are none where none were decided, and a wrong code is told', async () => {
    const { uscc } = listingEntry();
    const { body } = await product.get('nongye', `/api/v1/enterprises/${uscc}/restrictions`);
    expect(body).toEqual({ uscc, restricted: false, items: [] });
    expectProblem(await product.get('nongye', '/api/v1/enterprises/123/restrictions'), 'uscc.invalid');
    const wrong = `/api/v1/enterprises/${uscc}/restrictions?asOf=2026-02-30`;
    expectProblem(await product.get('nongye', wrong), 'input.invalid');
  });
});
