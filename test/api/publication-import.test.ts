/** A file of records: standard codes or labels, UTF-8 or GB18030; no citizen's number is kept. */
import { eq } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRejections, recordVersions } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { CITIZEN, PUBLICATIONS, record, written } from './support/records.ts';
import { CSV, expectProblem, jsonl, NDJSON, NOWHERE, readImport } from './support/requests.ts';

const IMPORT = `${PUBLICATIONS}/import`;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

async function importFile(content: string | Buffer, headers: Record<string, string> = NDJSON, as = 'nongye') {
  const response = await fetch(product.url + IMPORT, {
    method: 'POST',
    headers: { authorization: `Bearer ${await product.tokenOf(as)}`, ...headers },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function imported(...args: Parameters<typeof importFile>) {
  const { status, body } = await importFile(...args);
  expect(status).toBe(200);
  return readImport(status, body);
}

describe('a file', () => {
  it.each([
    ['UTF-8', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
  ])('of permits with the standard’s codes, in %s', async (_, encode) => {
    const rows = [record(), record()];
    const header = 'XK_XDR_MC,XK_XDR_SHXYM,XK_WSH,XK_NR,XK_JDRQ,XK_XKJG,XK_FR_ZJHM,XK_XDR_ZZJG,自定列';
    const line = (r: ReturnType<typeof record>) =>
      [
        r.name,
        r.uscc,
        r.documentNo,
        '饮料生产',
        r.generatedOn.replaceAll('-', '/'),
        r.authority,
        CITIZEN,
        '444885559',
        '甲',
      ].join(',');
    const { rows: results, summary } = await imported(encode([header, ...rows.map(line), ''].join('\r\n')), CSV);
    expect(results.map(({ line: at, result, documentNo }) => [at, result, documentNo])).toEqual(
      rows.map((row, index) => [index + 2, 'accepted', row.documentNo]),
    );
    expect(summary).toMatchObject({ accepted: 2, rejected: 0, unreadColumns: ['XK_FR_ZJHM', '自定列'] });
    const stored = await product.handle.db.select().from(recordVersions);
    expect(JSON.stringify(stored)).not.toContain(CITIZEN);
    expect(stored.at(-1)!.content).toMatchObject({ organisationCode: '444885559' });
  });

  it('of penalties with the standard’s labels, and JSON Lines of every kind', async () => {
    const one = record();
    const header =
      '行政相对人名称,统一社会信用代码,行政处罚决定书文号,违法行为类型,处罚内容,罚款金额（万元）,处罚决定日期,处罚机关';
    const cells = [one.name, one.uscc, one.documentNo, '虚假宣传', '罚款', '1.5', one.generatedOn, one.authority];
    const { summary } = await imported(`${header}\n${cells.join(',')}\n`, CSV);
    expect(summary).toMatchObject({ accepted: 1 });
    expect(summary).not.toHaveProperty('unreadColumns');
    const mixed = [
      record(),
      { ...record(), kind: '行政处罚', violation: '虚假宣传' },
      record({ kind: '其他', 公示栏目: '其他依法应当公示的信息', 标题: '检查' }),
    ];
    const { rows } = await imported(jsonl(mixed));
    expect(rows.map(({ result, message }) => `${result} ${message ?? ''}`.trim())).toEqual(mixed.map(() => 'accepted'));
  });

  it('sent again changes nothing; a bad row is told and keeps no citizen’s number', async () => {
    const good = record();
    const rows = [
      good,
      { ...record(), uscc: CITIZEN },
      record({ generatedOn: '2010-01-04' }),
      { ...good, content: '别的' },
    ];
    const { rows: results, summary } = await imported(jsonl(rows));
    expect(results.map(({ result, code }) => [result, code])).toEqual([
      ['accepted', undefined],
      ['rejected', 'uscc.invalid'],
      ['rejected', 'calendar.insufficient'],
      ['rejected', 'record.conflict'],
    ]);
    const kept = await product.handle.db
      .select()
      .from(importRejections)
      .where(eq(importRejections.importId, summary.importId));
    expect(kept).toHaveLength(3);
    expect(JSON.stringify(kept.map(({ raw }) => raw))).not.toContain(CITIZEN);
    const before = await written(product);
    expect((await imported(jsonl([good]))).summary).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(await written(product)).toEqual(before);
  });

  it.each([
    ['without content', '', CSV, 'nongye', 'input.empty-file'],
    ['whose kind cannot be told', '名称,备注\n甲,乙\n', CSV, 'nongye', 'input.invalid'],
    ['that lacks columns', 'XK_WSH,XK_NR\n1,2\n', CSV, 'nongye', 'input.invalid'],
    ['that is a damaged workbook', 'PK\u0003\u0004\0', CSV, 'nongye', 'input.invalid'],
    ['from a registering authority', '{}', NDJSON, 'dengji', 'access.denied'],
  ] as const)('%s is refused whole', async (_, content, headers, as, code) => {
    expectProblem(await importFile(content, headers, as), code);
  });

  it.each([
    '{"kind":"permit","__proto__":{"kind":"other"}}',
    '{"kind":"constructor"}',
    '[]',
    'null',
    '{"kind":{"a":1}}',
    '"x"',
    '{"kind":"permit","uscc":{"$gt":""},"documentNo":["a"],"generatedOn":1}',
  ])('with the hostile row %s says so and goes on', async (row) => {
    const { rows, summary } = await imported(`${row}\n${JSON.stringify(record())}\n`);
    expect(rows.map(({ result }) => result)).toEqual(['rejected', 'accepted']);
    expect(rows[0]!.message).toMatch(/\p{Script=Han}/u);
    expect(summary).toMatchObject({ accepted: 1, rejected: 1 });
  });
});
