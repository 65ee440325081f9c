import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { RowFileOptions } from '../../api/import/row-file.ts';
import { MAX_LINE } from '../../api/import/rows/lines.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import {
  brief,
  CHINESE_HEADER,
  csvRow,
  cutAt,
  cutEvery,
  HEADER,
  jsonRow,
  lines,
  read,
  refusalOf,
  USCC,
} from '../support/registration-files.ts';

describe('the encoding', () => {
  const file = lines(CHINESE_HEADER, csvRow('A', '天心区模联通酒店'), csvRow('B', '龘𠮷餐饮'), '');
  const expected = ['2 A 天心区模联通酒店', '3 B 龘𠮷餐饮'];

  test.each([
    ['UTF-8', Buffer.from(file)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${file}`)],
    ['GB18030', iconv.encode(file, 'gb18030')],
  ])('%s is recognised and read right', async (_, bytes) => {
    expect(await brief(bytes)).toEqual(expected);
  });

  test('a GB18030 file whose first Chinese character straddles two chunks is read right', async () => {
    const bytes = iconv.encode(lines(HEADER, csvRow('A', '中文')), 'gb18030');
    const first = bytes.findIndex((byte) => byte >= 0x80);
    expect(await brief(cutAt(bytes, [first + 1]))).toEqual(['2 A 中文']);
  });

  test.each(['utf-8', 'gb18030'])('Chinese that begins after 150 KB of ASCII is read right in %s', async (encoding) => {
    const ascii = Array.from({ length: 4000 }, (_, i) => csvRow(`N${i}`, 'abc', 'x'));
    const bytes = iconv.encode(lines(HEADER, ...ascii, csvRow('LAST', '天心餐饮')), encoding);
    expect(bytes.findIndex((byte) => byte >= 0x80)).toBeGreaterThan(150_000);
    expect((await brief(cutEvery(bytes, 65_536))).at(-1)).toBe('4002 LAST 天心餐饮');
  });

  test.each(['utf-8', 'gb18030'])(
    'a %s character cut by the end of the evidence does not mislead',
    async (encoding) => {
      for (let pad = 0; pad < 4; pad += 1) {
        const name = '餐'.repeat(150);
        const rows = Array.from({ length: 200 }, (_, i) => csvRow(`N${i}`, name));
        const bytes = iconv.encode(lines(HEADER, csvRow('A'.repeat(1 + pad)), ...rows), encoding);
        expect((await read(bytes)).every((row) => row.value !== undefined)).toBe(true);
      }
    },
  );

  test('one bad byte costs a UTF-8 file one row, not every name its characters', async () => {
    const bytes = Buffer.from(lines(CHINESE_HEADER, csvRow('A', '甲X乙'), csvRow('B', '丙')));
    bytes[bytes.indexOf('X')] = 0xff;
    const [bad, good] = await read(bytes);
    expect(bad?.issues).toMatchObject([{ path: '', code: 'input.unsupported-encoding' }]);
    expect(good?.value?.name).toBe('丙');
  });

  test.each([
    ['UTF-16 with its mark', iconv.encode(file, 'utf-16le', { addBOM: true })],
    ['UTF-16, high byte first', iconv.encode(file, 'utf-16be', { addBOM: true })],
    ['UTF-16 without its mark', iconv.encode(HEADER, 'utf-16le')],
    ['a binary file', Buffer.from([1, 2, 3, 0, 4])],
  ])('%s is refused whole, with how to save it instead, however it is cut', async (_, bytes) => {
    for (const input of [bytes, cutEvery(bytes, 1)]) {
      const refusal = await refusalOf(input);
      expect(refusal.code).toBe('input.unsupported-encoding');
      expect(refusal.remedy).toMatch(/另存为.*CSV/);
    }
  });

  test.each(['', ' \r\n\t\n', '\uFEFF', '\uFEFF\n'])('a file of %j is refused as empty', async (content) => {
    expect((await refusalOf(content)).code).toBe('input.empty-file');
  });
});

describe('the format', () => {
  test.each<[string, RowFileOptions, string]>([
    ['is what the caller says', { format: 'jsonl', filename: 'a.csv' }, jsonRow('A')],
    ['else what the file name says', { filename: 'A.NDJSON', contentType: 'text/csv' }, jsonRow('A')],
    ['else what the content type says', { contentType: 'application/x-ndjson; charset=utf-8' }, jsonRow('A')],
    ['else JSON Lines where the text begins with a brace', { filename: 'a.txt' }, ` \n ${jsonRow('A')}`],
    ['else CSV', { contentType: 'application/octet-stream' }, lines(HEADER, csvRow('A'))],
  ])('%s', async (_, options, content) => {
    expect((await read(content, options)).map((row) => row.value?.registrationNo)).toEqual(['A']);
  });
});

describe('CSV', () => {
  test('columns are found by their Chinese names, in any order', async () => {
    const header = '法定代表人,核准日期,业务类型,经营范围,区划代码,类型,企业名称,来源地,统一社会信用代码,业务流水号';
    const uscc = withCheckDigit('92430103MA4L1ABC2');
    const [row] = await read(lines(header, `张三,2026/2/3,变更,餐饮,430103,个体工商户,甲,外省,${uscc},A`));
    expect(row?.value).toEqual({
      registrationNo: 'A',
      uscc,
      name: '甲',
      regionCode: '430103',
      scope: '餐饮',
      kind: 'individual',
      origin: 'out-of-province',
      event: 'change',
      registeredOn: '2026-02-03',
      representative: '张三',
    });
  });

  test('of two columns for one field, the preferred name counts', async () => {
    const header = CHINESE_HEADER.replace('登记编号', '注册号,登记编号');
    expect(await brief(lines(header, `old,${csvRow('A')}`))).toEqual(['2 A 甲']);
  });

  test('a missing required column refuses the file and is named in Chinese', async () => {
    const refusal = await refusalOf(lines('registrationNo,uscc,regionCode', `A,${USCC},430103`));
    expect(refusal).toMatchObject({ code: 'input.invalid', message: '文件缺少列“名称”、“经营范围”' });
  });

  test('a quoted cell may hold commas, line ends and doubled quotes; lines are counted as they stand', async () => {
    const rows = await read(lines(HEADER, csvRow('A', '甲', '"一,\r\n""二"""'), '', csvRow('B'), ''));
    expect(rows.map(({ line, value }) => [line, value?.scope])).toEqual([
      [2, '一,\n"二"'],
      [5, '餐饮服务'],
    ]);
    expect(rows[0]?.raw).toContain('\n""二""');
  });

  test('a quote inside an unquoted cell is a character; ="…" is what it wraps', async () => {
    expect(await brief(lines(HEADER, csvRow('="001"', '戊"好"公司')))).toEqual(['2 001 戊"好"公司']);
  });

  test('a row with too few or too many cells is reported and the next is read; empty rows do not count', async () => {
    const [few, many, ...good] = await brief(
      lines(HEADER, 'A,1', `${csvRow('B')},餐饮`, ',,,,', `${csvRow('C')},,`, csvRow('D')),
    );
    expect(few).toMatch(/^2 该行有2列，列名行有5列/);
    expect(many).toMatch(/^3 该行有6列/);
    expect(good).toEqual(['5 C 甲', '6 D 甲']);
  });

  test.each([
    ['never closed', csvRow('BAD', '"甲')],
    ['closed in the middle of a cell', csvRow('BAD', '"甲"乙')],
    ['opened beside a stray one', csvRow('BAD', '甲"', '"餐饮')],
  ])('a quote %s costs its own row and no other', async (_, bad) => {
    const many = Array.from({ length: 3000 }, (__, i) => csvRow(`N${i}`, '甲', '"餐饮""服务"""'));
    const rows = await brief(lines(HEADER, csvRow('A'), bad, csvRow('B'), ...many));
    expect(rows).toHaveLength(3003);
    expect(rows[1]).toMatch(/^3 该行的双引号不成对/);
    expect(rows.filter((row) => row.includes('双引号'))).toHaveLength(1);
  });

  test.each(['a","', '"', '"a""', ',"', 'x"""', '"","a"'])(
    'lines of %j, which could each open a quote, are each reported, in time proportional to the file',
    async (line) => {
      expect(await read(lines(HEADER, ...Array<string>(20_000).fill(line)))).toHaveLength(20_000);
    },
  );

  test('what is well-formed is read as csv-parse reads it', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a', '餐') }).map((text) => `s${text}s`);
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 8 }), async (scopes) => {
        const file = lines(HEADER, ...scopes.map((scope, i) => csvRow(`N${i}`, '甲', quoted(scope))));
        const expected = parse(file, { from_line: 2 }).map((cells) => cells.at(-1));
        expect((await read(file)).map((row) => row.value?.scope)).toEqual(expected);
      }),
    );
  });
});

describe('JSON Lines', () => {
  test('a bad line is reported, an empty one skipped, the others read', async () => {
    const [a, bad, array, b, ...rest] = await brief(lines(jsonRow('A'), '', '{"registrationNo":', '[]', jsonRow('B')), {
      format: 'jsonl',
    });
    expect([a, b, rest]).toEqual(['1 A 甲', '5 B 甲', []]);
    expect(bad).toMatch(/^3 该行不是有效的 JSON/);
    expect(array).toMatch(/^4 登记信息应为对象/);
  });

  test('fields may bear the Chinese names that a CSV file may, and of two names the preferred one counts', async () => {
    const named = {
      注册号: 'old',
      登记编号: 'A',
      统一社会信用代码: USCC,
      企业名称: '甲',
      区划代码: '430103',
      经营范围: '餐饮',
    };
    const [row] = await read(JSON.stringify({ ...named, 业务类型: '注销', 法定代表人: '张三' }), { format: 'jsonl' });
    expect(row?.value).toMatchObject({ registrationNo: 'A', name: '甲', regionCode: '430103', event: 'cancel' });
    const [empty] = await read(JSON.stringify({ ...named, 经营范围: null }), { format: 'jsonl' });
    expect(empty?.value?.scope).toBe('');
  });

  test('a __proto__ key reaches nothing', async () => {
    const [row] = await read(jsonRow('A').replace('{', '{"__proto__":{"origin":"out-of-province","polluted":1},'));
    expect(row?.value?.origin).toBe('in-province');
    expect(Object.getPrototypeOf(row?.value)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  test('a line longer than 1 MB is reported without being kept, and the next is read', async () => {
    const long = `{"name":"${'x'.repeat(3 * MAX_LINE)}"}`;
    const rows = await read(cutEvery(Buffer.from(lines(long, jsonRow('B'))), 1000));
    expect(rows.map((row) => [row.line, row.raw.length < 2000, row.issues?.[0]?.message])).toEqual([
      [1, true, expect.stringContaining('超过1 MB')],
      [2, true, undefined],
    ]);
  });

  test('an issue names its field, and a bad credit code has a code of its own', async () => {
    const [row] = await read(jsonRow('A', { uscc: '91350100M000100Y4A', regionCode: 'x' }));
    expect(row?.issues).toMatchObject([
      { path: 'uscc', code: 'uscc.invalid' },
      { path: 'regionCode', code: 'input.invalid' },
    ]);
  });
});
