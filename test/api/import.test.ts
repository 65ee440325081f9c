/** A day's file: one result a row, in order; each batch is whole; the same file again changes nothing. */
import { count, eq, inArray } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKey } from '../../db/cases/opened.ts';
import { auditLog, cases, outbox, registrationHits, registrations } from '../../db/schema.ts';
import type { Starting } from '../../api/import/starting.ts';
import { Product } from '../support/product.ts';
import {
  CSV,
  expectProblem,
  IMPORT,
  importFile,
  jsonl,
  NDJSON,
  newcomer,
  NOWHERE,
  readImport,
  registration,
  withToken,
} from './support/requests.ts';

/** Of as many departments. */
const MANY_ITEMS = [
  '食品生产',
  '烟草制品零售',
  '出版物零售',
  '城市公共交通',
  '危险化学品生产',
  '民用爆炸物品销售',
  '第一类增值电信业务',
  '兽药生产',
  '劳务派遣服务',
  '营利性民办幼儿园',
  '危险废物经营',
  '文物销售',
];
const HEADER = '登记编号,统一社会信用代码,企业名称,行政区划代码,经营范围,备注';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

async function written() {
  const tables = [registrations, registrationHits, cases, outbox, auditLog];
  return Promise.all(tables.map(async (table) => (await product.handle.db.select({ n: count() }).from(table))[0]!.n));
}

const some = (n: number, more: Record<string, unknown> = {}) => Array.from({ length: n }, () => registration(more));

function csv(rows: ReturnType<typeof registration>[]): string {
  const cells = rows.map((r) => [r.registrationNo, r.uscc, r.name, r.regionCode, `"${r.scope}"`, ''].join(','));
  return [HEADER, ...cells, ''].join('\r\n');
}

const send = (content: string, headers: Record<string, string>, as = 'shengju') =>
  product.request<string>(as, 'POST', IMPORT, content, headers);

interface Report {
  accepted: number;
  duplicate: number;
  rejected: number;
  finished: boolean;
  failure: string | null;
  filename: string | null;
  nextLine: number | null;
  rejections: { line: number; raw: string; problem: { code: string; message: string } }[];
  starting: Starting;
}

async function report(importId: string, as = 'shengju') {
  const answer = await product.get<string>(as, `/api/v1/imports/${importId}`);
  return { ...answer, body: JSON.parse(answer.body) as Report };
}

describe('refused as a whole, and nothing written', () => {
  it.each([
    ['an empty file', '', CSV, 'input.empty-file'],
    ['a file of blank lines', '\r\n \r\n', CSV, 'input.empty-file'],
    ['a byte order mark alone', '\uFEFF', CSV, 'input.empty-file'],
    [
      'a damaged workbook',
      'PK\u0003\u0004\u0014\0\u0006\0',
      { 'content-type': 'application/octet-stream' },
      'input.invalid',
    ],
    ['a CSV without the columns required', '名称,备注\r\n甲,乙\r\n', CSV, 'input.invalid'],
    ['JSON', '{}', { 'content-type': 'application/json' }, 'input.unsupported-media-type'],
    [
      'what says that it is a workbook and is none',
      'PK',
      { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      'input.invalid',
    ],
    ['a form without a file', '--x--\r\n', { 'content-type': 'multipart/form-data; boundary=x' }, 'input.empty-file'],
    ['a form without a boundary', 'x', { 'content-type': 'multipart/form-data' }, 'input.invalid'],
  ] as const)('%s', async (_, content, headers, code) => {
    const before = await written();
    const problem = expectProblem(await send(content, headers), code);
    expect(problem.remedy).toMatch(/\p{Script=Han}/u);
    expect(await written()).toEqual(before);
  });

  it.each(['nongye', 'shichang-lead', 'ducha', 'shenji'])('a file from %s', async (username) => {
    expectProblem(await send(jsonl(some(1)), NDJSON, username), 'access.denied');
  });

  it('a file from nobody', async () => {
    expectProblem(await product.request(null, 'POST', IMPORT, 'x', CSV), 'auth.required');
  });
});

describe('accepted', () => {
  it('JSON Lines: one result a row, in order, and the summary last', async () => {
    const rows = some(3);
    const { rows: results, summary } = await importFile(product, jsonl(rows));
    expect(results.map((r) => [r.line, r.registrationNo, r.result])).toEqual(
      rows.map((row, index) => [index + 1, row.registrationNo, 'accepted']),
    );
    expect(results.every((r) => r.caseIds!.length > 0)).toBe(true);
    expect(summary).toMatchObject({ accepted: 3, duplicate: 0, rejected: 0 });
  });

  it('tells how many of its cases wait for their workflow, and when the last of them is expected to start', async () => {
    const { db } = product.handle;
    const content = jsonl(some(4));
    const { rows, summary } = await importFile(product, content);
    const caseIds = rows.flatMap((row) => row.caseIds!);
    const opened = caseIds.length;
    expect(opened).toBeGreaterThanOrEqual(4);
    expect(summary.starting).toEqual({ cases: opened, waiting: opened, expectedAt: null });
    const told = async () => (await report(summary.importId)).body.starting;
    await db
      .update(outbox)
      .set({ doneAt: new Date() })
      .where(eq(outbox.key, startKey(caseIds[0]!)));
    const { waiting, expectedAt } = await told();
    expect(waiting).toBe(opened - 1);
    expect(Date.parse(expectedAt!)).toBeGreaterThan(Date.now());
    await db
      .update(outbox)
      .set({ doneAt: new Date() })
      .where(inArray(outbox.key, caseIds.map(startKey)));
    expect(await told()).toEqual({ cases: opened, waiting: 0, expectedAt: null });
    const again = await importFile(product, content);
    expect(again.summary).toMatchObject({ duplicate: 4, starting: { cases: 0, waiting: 0, expectedAt: null } });
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
  ])('CSV with a Chinese header, in %s', async (_, encode) => {
    const rows = some(2, { name: '天心区𠮷野家（长沙）有限公司', scope: '许可项目：农药零售；\n一般项目：化肥销售。' });
    const { rows: results } = await importFile(product, encode(csv(rows)), CSV);
    expect(results.map((r) => [r.line, r.result])).toEqual([
      [2, 'accepted'],
      [4, 'accepted'],
    ]);
    const seen = await product.get('shengju', `/api/v1/registrations/${rows[0]!.registrationNo}`);
    expect(seen.body).toMatchObject({ name: rows[0]!.name, scope: rows[0]!.scope });
  });

  it('a form with a file', async () => {
    const rows = some(2);
    const form = new FormData();
    form.append('file', new Blob([csv(rows)], { type: 'text/csv' }), '登记 2026-02-03.csv');
    const response = await fetch(product.url + IMPORT, {
      method: 'POST',
      headers: { authorization: `Bearer ${await product.tokenOf('shengju')}` },
      body: form,
    });
    const { summary } = readImport(response.status, await response.text());
    expect(summary).toMatchObject({ accepted: 2 });
    expect((await report(summary.importId)).body).toMatchObject({ filename: '登记 2026-02-03.csv', finished: true });
  });

  it('good and bad rows mixed: each its own result, the bad ones kept as they came', async () => {
    const [first, second, third] = some(3);
    const content = [
      JSON.stringify(first),
      '{"registrationNo": "broken',
      JSON.stringify({ ...second, uscc: '91350100M000100Y44' }),
      '',
      JSON.stringify({ ...second, regionCode: '439999' }),
      JSON.stringify({ ...first, name: '同号异名' }),
      JSON.stringify({ ...second, name: '甲\0' }),
      JSON.stringify(third),
    ].join('\n');
    const { rows, summary } = await importFile(product, content);
    expect(rows.map((r) => [r.line, r.result, r.code])).toEqual([
      [1, 'accepted', undefined],
      [2, 'rejected', 'input.invalid'],
      [3, 'rejected', 'uscc.invalid'],
      [5, 'rejected', 'region.unknown'],
      [6, 'rejected', 'registration.conflict'],
      [7, 'rejected', 'input.invalid'],
      [8, 'accepted', undefined],
    ]);
    expect(rows.filter((r) => r.result === 'rejected').every((r) => /\p{Script=Han}/u.test(r.message!))).toBe(true);
    expect(summary).toMatchObject({ accepted: 2, rejected: 5 });
    const { body } = await report(summary.importId);
    expect(body).toMatchObject({ accepted: 2, duplicate: 0, rejected: 5, finished: true, failure: null });
    expect(body.rejections.map((r) => [r.line, r.raw])).toEqual(
      [2, 3, 5, 6, 7].map((line) => [line, content.split('\n')[line - 1]]),
    );
    expect(body.rejections[1]!.problem).toMatchObject({ code: 'uscc.invalid' });
  });

  it('the same file again: all duplicates, and nothing new', async () => {
    const content = csv(some(20));
    await importFile(product, content, CSV);
    const before = await written();
    const { rows, summary } = await importFile(product, content, CSV);
    expect(summary).toMatchObject({ accepted: 0, duplicate: 20, rejected: 0 });
    expect(rows).toHaveLength(20);
    expect(await written()).toEqual(before);
  });

  it('the same file four times at once, two of them from behind: every row once, none in each other’s way', async () => {
    // One batch each: rows are locked in the file's order, and two opposite orders could deadlock.
    const rows = some(500);
    const reversed = rows.toReversed();
    const before = await written();
    const answers = await Promise.all([rows, reversed, rows, reversed].map((r) => importFile(product, jsonl(r))));
    expect(answers.map(({ summary }) => summary.failure)).toEqual([undefined, undefined, undefined, undefined]);
    expect(answers.reduce((sum, { summary }) => sum + summary.accepted, 0)).toBe(500);
    expect(answers.reduce((sum, { summary }) => sum + summary.duplicate, 0)).toBe(1500);
    expect((await written())[0]! - before[0]!).toBe(500);
  });

  it('a row repeated within the file is a duplicate, in the same batch and in a later one', async () => {
    const [repeated, ...others] = some(600);
    const { rows, summary } = await importFile(product, jsonl([repeated, repeated, ...others, repeated]));
    expect([rows[0]!.result, rows[1]!.result, rows.at(-1)!.result]).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(summary).toMatchObject({ accepted: 600, duplicate: 2 });
  });

  it('a batch of which every row concerns many departments', async () => {
    const scope = `许可项目：${MANY_ITEMS.join('；')}。`;
    const { rows, summary } = await importFile(product, jsonl(some(500, { scope })));
    expect(summary).toMatchObject({ accepted: 500, rejected: 0 });
    // Thirteen columns a case: more than PostgreSQL takes in one statement.
    expect(rows.flatMap(({ caseIds }) => caseIds!).length * 13).toBeGreaterThan(65_535);
  });

  it("a county's rows for another county are denied one by one", async () => {
    const content = jsonl([registration({ regionCode: '430104' }), registration({ regionCode: '430103' })]);
    const { rows } = await importFile(product, content, NDJSON, 'dengji');
    expect(rows.map((r) => r.code ?? r.result)).toEqual(['access.denied', 'accepted']);
  });

  it('a row of two megabytes costs its own line only', async () => {
    const [before, after] = some(2);
    const long = { ...registration(), scope: '粮'.repeat(1_200_000) };
    const { rows, summary } = await importFile(product, jsonl([before, long, after]));
    expect(rows.map((r) => [r.line, r.result])).toEqual([
      [1, 'accepted'],
      [2, 'rejected'],
      [3, 'accepted'],
    ]);
    const { body } = await report(summary.importId);
    expect(body.rejections[0]!.raw.length).toBeLessThanOrEqual(20_000);
  });
});

describe("an import's report", () => {
  it('is its own user’s and the administrator’s; others do not find it', async () => {
    const { summary } = await importFile(product, jsonl(some(1)));
    expect((await report(summary.importId)).status).toBe(200);
    expect((await report(summary.importId, 'admin')).status).toBe(200);
    for (const username of ['dengji', 'nongye'])
      expectProblem(await report(summary.importId, username), 'resource.not-found');
    expectProblem(await report(summary.importId, 'shenji'), 'access.denied');
  });

  it('is no administrator’s of another region', async () => {
    const { summary } = await importFile(product, jsonl(some(1)), NDJSON, 'dengji');
    const at = `/api/v1/imports/${summary.importId}`;
    for (const [regionCode, status] of [
      ['430104', 404],
      ['430100', 200],
    ] as const) {
      const role = 'platform-administrator';
      const administrator = await newcomer(product, `admin-${regionCode}`, { role, regionCode });
      expect((await withToken(product, administrator, 'GET', at)).status).toBe(status);
    }
  });

  it('tells the rejected rows a thousand at a time, each once', async () => {
    const { summary } = await importFile(product, 'x\n'.repeat(1001));
    const first = (await report(summary.importId)).body;
    expect([first.rejections.length, first.nextLine]).toEqual([1000, 1000]);
    const rest = (await report(`${summary.importId}?afterLine=${first.nextLine}`)).body;
    expect([rest.rejections.map(({ line }) => line), rest.nextLine]).toEqual([[1001], null]);
  });

  it('of an unknown or malformed number is refused', async () => {
    expectProblem(await report('00000000-0000-4000-8000-000000000000'), 'resource.not-found');
    expectProblem(await report('1'), 'input.invalid');
  });
});
