/** Workbooks over HTTP: imported, with their templates and rejected rows given back, and what every table is exported as. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { XLSX_TYPE } from '../../api/http/table-file.ts';
import { xlsxFile } from '../../api/http/xlsx.ts';
import { buffer } from 'node:stream/consumers';
import type { FullListResult } from '../../db/intake/full-lists.ts';
import { EXAMPLE_MARK } from '../../api/import/rows/notes.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { bookOf, recordsIn, textRows } from '../support/workbooks.ts';
import { comparing, FULL_LISTS } from './support/full-lists.ts';
import { listingEntry, LISTINGS } from './support/listings.ts';
import { PUBLICATIONS, record } from './support/records.ts';
import {
  accept,
  CSV,
  expectProblem,
  importFile,
  NOWHERE,
  readImport,
  registration,
  REGISTRATIONS,
} from './support/requests.ts';

const XLSX = { 'content-type': XLSX_TYPE };
const COLUMNS = {
  registrationNo: '登记编号',
  uscc: '统一社会信用代码',
  name: '名称',
  regionCode: '行政区划代码',
  scope: '经营范围',
};

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

/** A file as it comes, as bytes. */
async function file(as: string, path: string, body?: object): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(product.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${await product.tokenOf(as)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const bookOfRows = (rows: readonly Record<string, string>[], names: Record<string, string> = COLUMNS) =>
  bookOf({
    sheets: {
      说明: textRows(['请填写“登记”表']),
      登记: textRows(
        ['登记信息报送表'],
        Object.values(names),
        ...rows.map((row) => Object.keys(names).map((field) => row[field] ?? '')),
      ),
    },
    attributes: { 说明: 'state="hidden"' },
  });

describe('a workbook', () => {
  it('is imported row by row; sent again it changes nothing', async () => {
    const rows = Array.from({ length: 90 }, () => registration());
    const bad = { ...registration(), uscc: '91430103MA4000000X' };
    const book = await bookOfRows([...rows, bad]);
    const first = await importFile(product, book, XLSX);
    expect(first.summary).toMatchObject({ accepted: 90, duplicate: 0, rejected: 1 });
    expect(first.rows.map(({ line }) => line)).toEqual(Array.from({ length: 91 }, (_, at) => at + 3));
    expect(first.rows.at(-1)).toMatchObject({ line: 93, result: 'rejected', code: 'uscc.invalid' });
    expect((await importFile(product, book, XLSX)).summary).toMatchObject({ accepted: 0, duplicate: 90, rejected: 1 });
  });

  it('is sent in a form as well, and the sheet to read is named in the address', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(await bookOfRows([registration()]))]), '登记.xlsx');
    const headers = { authorization: `Bearer ${await product.tokenOf('shengju')}` };
    const send = (query: string) =>
      fetch(`${product.url}${REGISTRATIONS}/import${query}`, { method: 'POST', headers, body: form });
    const named = await send(`?sheet=${encodeURIComponent('登记')}`);
    const { summary } = readImport(named.status, await named.text());
    expect(summary).toMatchObject({ accepted: 1, rejected: 0 });
    expect(named.headers.get('location')).toBe(`/api/v1/imports/${summary.importId}`);
    const unknown = await send('?sheet=x');
    const problem = expectProblem(
      { status: unknown.status, headers: unknown.headers, body: await unknown.text() },
      'input.invalid',
    );
    expect([problem.detail, problem.remedy]).toEqual([
      '工作簿中没有名为“x”的工作表',
      expect.stringContaining('“说明”、“登记”'),
    ]);
  });

  it('that cannot be read is refused as a whole, whatever it is called', async () => {
    const send = (body: Buffer) =>
      product.request<string>(
        'shengju',
        'POST',
        `${REGISTRATIONS}/import?filename=a.csv`,
        body.toString('latin1'),
        CSV,
      );
    expectProblem(await send(Buffer.from('PK\u0003\u0004')), 'input.invalid');
    const noScope = { ...COLUMNS, scope: '范围' };
    const response = await fetch(`${product.url}${REGISTRATIONS}/import`, {
      method: 'POST',
      headers: { ...XLSX, authorization: `Bearer ${await product.tokenOf('shengju')}` },
      body: new Uint8Array(await bookOfRows([registration()], noScope)),
    });
    const answered = { status: response.status, headers: response.headers, body: await response.text() };
    expect(expectProblem(answered, 'input.invalid').detail).toBe('工作表“登记”第2行：文件缺少列“经营范围”');
  });

  it('of records, and of a list, is imported as well', async () => {
    const one = record();
    const columns = {
      name: '行政相对人名称',
      uscc: '统一社会信用代码',
      documentNo: '行政许可决定文书号',
      content: '许可内容',
      generatedOn: '许可决定日期',
      authority: '许可机关',
    };
    const send = async (path: string, as: string, book: Buffer) => {
      const headers = { ...XLSX, authorization: `Bearer ${await product.tokenOf(as)}` };
      const response = await fetch(product.url + path, { method: 'POST', headers, body: new Uint8Array(book) });
      return readImport(response.status, await response.text()).summary;
    };
    expect(await send(`${PUBLICATIONS}/import`, 'nongye', await bookOfRows([one], columns))).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
    const entry = listingEntry();
    const names = {
      list: '名单',
      documentNo: '文号',
      uscc: '统一社会信用代码',
      name: '名称',
      authority: '列入机关',
      grounds: '列入事由',
      listedOn: '列入日期',
    };
    expect(await send(`${LISTINGS}/import`, 'shengju', await bookOfRows([entry], names))).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
  });

  it('is a whole list, too', async () => {
    const on = comparing(product);
    const entry = listingEntry({
      list: 'court-debtor',
      authority: `天心区人民法院${process.pid}`,
      grounds: '违反财产报告制度',
    });
    const query = new URLSearchParams(on.stated(entry.authority, [entry]) as unknown as Record<string, string>);
    const response = await fetch(`${product.url}${FULL_LISTS}?${query.toString()}`, {
      method: 'POST',
      headers: { ...XLSX, authorization: `Bearer ${await product.tokenOf('admin')}` },
      body: new Uint8Array(await bookOfRows([entry], { documentNo: '案号', uscc: '统一社会信用代码', name: '名称' })),
    });
    const { compared } = (await response.json()) as FullListResult;
    expect([response.status, compared]).toMatchObject([200, { missing: 0, unknown: 1 }]);
  });
});

describe('rejected rows', () => {
  it('are given back as the same table with their reasons, and are accepted once corrected', async () => {
    const [one, other] = [registration({ scope: '许可项目："农药零售"，\n一般项目：无。' }), registration()];
    const columns = { ...COLUMNS, own: '备用列' };
    const book = await bookOfRows(
      [{ ...one, uscc: 'X' }, registration(), { ...other, regionCode: '999999', own: '甲' }],
      columns,
    );
    const { summary } = await importFile(product, book, XLSX);
    expect(summary).toMatchObject({ accepted: 1, rejected: 2, unreadColumns: ['备用列'] });
    const path = `/api/v1/imports/${summary.importId}/rejections`;
    const asBook = await file('shengju', `${path}?format=xlsx`);
    expect(asBook.headers.get('content-type')).toBe(XLSX_TYPE);
    expect(asBook.headers.get('content-disposition')).toContain(encodeURIComponent('未受理的行.xlsx'));
    const given = (await recordsIn(asBook.bytes)).map(({ input }) => input as Record<string, string>);
    expect(given.map((row) => [row['原行号'], row['名称'], row['备用列']])).toEqual([
      ['3', one.name, ''],
      ['5', other.name, '甲'],
    ]);
    expect(given[0]!['原因']).toMatch(/统一社会信用代码/);
    expect(given[1]!['原因']).toMatch(/行政区划代码/);
    const asCsv = await file('shengju', path);
    expect(parse<Record<string, string>>(asCsv.bytes, { bom: true, columns: true })).toEqual(given);

    const corrected = given.map((row, at) => ({
      ...row,
      统一社会信用代码: [one, other][at]!.uscc,
      行政区划代码: '430103',
    }));
    const again = await buffer(xlsxFile([Object.keys(given[0]!), ...corrected.map((row) => Object.values(row))]));
    const { summary: second } = await importFile(product, again, XLSX);
    expect(second).toMatchObject({ accepted: 2, rejected: 0, unreadColumns: ['备用列'] });
  });

  it('of lines of JSON are given back as a table', async () => {
    const bad = { ...registration(), uscc: 'X', 备用: 7 };
    const { summary } = await importFile(product, `${JSON.stringify(bad)}\n`);
    const { bytes } = await file('shengju', `/api/v1/imports/${summary.importId}/rejections?format=csv`);
    expect(parse<Record<string, string>>(bytes, { bom: true, columns: true })).toMatchObject([
      { registrationNo: bad.registrationNo, 备用: '7', 原行号: '1' },
    ]);
  });

  it('are for whoever sent the file', async () => {
    const { summary } = await importFile(product, `${JSON.stringify({ ...registration(), uscc: 'X' })}\n`);
    const path = `/api/v1/imports/${summary.importId}/rejections`;
    expectProblem(await product.get('nongye', path), 'resource.not-found');
    expectProblem(await product.get('ducha', path), 'access.denied');
    expectProblem(await product.get(null, path), 'auth.required');
  });
});

describe('the template of', () => {
  it.each([
    ['shengju', `${REGISTRATIONS}/import`, '登记信息', ''],
    ['nongye', `${PUBLICATIONS}/import`, '行政许可', ''],
    ['nongye', `${PUBLICATIONS}/import`, '行政处罚', '&kind=penalty'],
    ['nongye', `${PUBLICATIONS}/import`, '其他', '&kind=other'],
    ['shengju', `${LISTINGS}/import`, '失信名单', ''],
    ['shengju', FULL_LISTS, '全量名单', ''],
  ])('(%s) %s, %s%s, is given as both files, which say the same', async (as, path, title, more) => {
    const book = await file(as, `${path}/template?format=xlsx${more}`);
    expect(book.headers.get('content-disposition')).toContain(encodeURIComponent(`${title}导入模板.xlsx`));
    const { bytes } = await file(as, `${path}/template?format=csv${more}`);
    const [header, notes, ...examples] = parse(bytes, { bom: true });
    expect([notes!.length, examples.length]).toEqual([header!.length, 2]);
    for (const cells of examples) expect(cells.join()).toContain(EXAMPLE_MARK);
    expect((await recordsIn(book.bytes)).map(({ input }) => input)).toEqual([]);
  });

  it('an import is for those who may import', async () => {
    expectProblem(await product.get('nongye', `${REGISTRATIONS}/import/template`), 'access.denied');
    expectProblem(await product.get(null, `${LISTINGS}/import/template`), 'auth.required');
    expectProblem(await product.get('nongye', `${PUBLICATIONS}/import/template?kind=x`), 'input.invalid');
  });

  it('registrations has examples that the platform accepts', async () => {
    const { bytes } = await file('shengju', `${REGISTRATIONS}/import/template`);
    const sent = await importFile(product, bytes, CSV);
    expect(sent.summary).toMatchObject({ accepted: 0, rejected: 0 });
    const unmarked = bytes.toString().replaceAll(EXAMPLE_MARK, '');
    expect((await importFile(product, unmarked, CSV)).summary).toMatchObject({ accepted: 2, rejected: 0 });
  });
});

describe('every table', () => {
  const month = today().slice(0, 7);
  it.each<[string, string, object?]>([
    ['shenji', '/api/v1/statistics/timeliness/export?'],
    ['shenji', '/api/v1/statistics/load/export?'],
    ['shenji', '/api/v1/statistics/rollback-reasons/export?'],
    ['shenji', '/api/v1/statistics/counties/export?'],
    ['ducha', '/api/v1/statistics/matching/export?of=items&'],
    ['ducha', `/api/v1/assessments/export?month=${month}&`],
    ['nongye', '/api/v1/pool-entries/download?'],
    ['nongye', '/api/v1/published-registrations/download?'],
    ['nongye', '/api/v1/restrictions/download?', { codes: [registration().uscc] }],
  ])(
    '(%s %s) is a workbook with the rows of its CSV, which comes where nothing is asked for',
    async (as, path, body) => {
      await accept(product, { scope: '一般项目：化肥销售。', name: '=1+1' });
      await accept(product, { scope: '' });
      const csv = await file(as, path.slice(0, -1), body);
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const rows = parse<Record<string, string>>(csv.bytes, { bom: true, columns: true });
      expect(rows.length).toBeGreaterThan(path.includes('matching') ? -1 : 0);
      const book = await file(as, `${path}format=xlsx`, body);
      expect(book.headers.get('content-type')).toBe(XLSX_TYPE);
      expect(book.headers.get('content-disposition')).toMatch(/\.xlsx"; filename\*=UTF-8''.+\.xlsx$/);
      const plain = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.replace(/^'(?==)/, '')])),
      );
      expect((await recordsIn(book.bytes)).map(({ input }) => input)).toEqual(plain);
    },
  );

  it('has its times in UTC+8', async () => {
    const { input } = await accept(product, { scope: '' });
    const { bytes } = await file('nongye', '/api/v1/pool-entries/download?format=xlsx');
    const rows = (await recordsIn(bytes)).map((row) => row.input as Record<string, string>);
    const [row] = rows.filter((one) => one['登记编号'] === input.registrationNo);
    expect(row!['公示时间']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const age = Date.now() - Date.parse(`${row!['公示时间']!.replace(' ', 'T')}+08:00`);
    expect(age).toBeGreaterThan(-2000);
    expect(age).toBeLessThan(600_000);
  });

  it('of another format is refused', async () => {
    expectProblem(await product.get('shenji', '/api/v1/statistics/load/export?format=xls'), 'input.invalid');
  });
});
