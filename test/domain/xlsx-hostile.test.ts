/** Workbooks that want too much, are damaged, or are none. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../domain/errors.ts';
import { CHINESE_HEADER, csvRow, cutEvery, read, refusalOf } from '../support/registration-files.ts';
import { bookOf, bookParts, recordsIn, refusalOfBook, textRows, zipOf } from '../support/workbooks.ts';

const SHEETS = { 表: textRows(['值'], ['一']) };
const sheetPart = 'xl/worksheets/sheet0.xml';
const bookWith = (parts: Record<string, string | Buffer>) => zipOf({ ...bookParts({ sheets: SHEETS }), ...parts });
const sheetXml = (rows: string, before = '') => `${before}<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const MB = 1024 * 1024;

describe('a bomb', () => {
  test.each([
    ['the sheet', sheetPart],
    ['the list of texts', 'xl/sharedStrings.xml'],
    ['the list of sheets', 'xl/workbook.xml'],
    ['the styles', 'xl/styles.xml'],
  ])('in %s is refused before it is unpacked', async (_, part) => {
    const refusal = await refusalOfBook(await bookWith({ [part]: Buffer.alloc(64 * MB, ' ') }));
    expect([refusal.code, refusal.message]).toEqual(['input.too-large', `工作簿展开后过大（${part}）`]);
  });

  test('that says it is small is stopped where it grows beyond that', async () => {
    const book = await bookWith({
      [sheetPart]: sheetXml(textRows(['值'], ...Array.from({ length: 2000 }, () => ['一']))),
    });
    const honest = Buffer.from(book);
    // The size in the central directory, which comes last.
    const at = book.lastIndexOf(sheetPart) - 46 + 24;
    expect(book.readUInt32LE(at)).toBeGreaterThan(50_000);
    book.writeUInt32LE(30_000, at);
    expect(await recordsIn(honest)).toHaveLength(2000);
    expect((await refusalOfBook(book)).code).toBe('input.invalid');
  });

  test('of too many parts is refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`p${at}`, '']));
    expect((await refusalOfBook(await bookWith(parts))).code).toBe('input.too-large');
  });

  test('of more than 100 MB is refused while it arrives', async () => {
    let sent = 0;
    function* endless() {
      yield Buffer.from('PK\u0003\u0004');
      for (;;) {
        sent += MB;
        yield Buffer.alloc(MB);
      }
    }
    const refusal = await refusalOf(endless());
    expect([refusal.code, refusal.message]).toEqual(['input.too-large', '工作簿超过100 MB']);
    expect(sent).toBeLessThan(110 * MB);
  });

  test.each([
    ['a text', `<row><c t="inlineStr"><is><t>${'长'.repeat(70_000)}</t></is></c></row>`],
    ['a tag', `<row><c ${'a'.repeat(1.2 * MB)}="1"/></row>`],
    ['a comment', `<row><!--${'a'.repeat(1.2 * MB)}--></row>`],
    ['a row', `<row><c r="ZZZ1"><v>1</v></c></row>`],
  ])('of %s without an end is refused', async (_, rows) => {
    // What cannot be packed well, so that its ratio is none of a bomb.
    const noise = Array.from({ length: 40_000 }, (__, at) =>
      createHash('md5').update(String(at)).digest('base64'),
    ).join('');
    const book = await bookWith({ [sheetPart]: sheetXml(rows + `<!--${noise.slice(0, 800_000)}-->`) });
    expect((await refusalOfBook(book)).code).toBe('input.too-large');
  });

  test('of nested elements is refused', async () => {
    const depth = 200;
    const nested = '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect((await refusalOfBook(await bookWith({ [sheetPart]: sheetXml(nested) }))).message).toMatch(/嵌套过深/);
  });
});

describe('XML that defines its own', () => {
  test.each([
    ['a DTD', '<!DOCTYPE worksheet [<!ENTITY a "x">]>', '<row><c t="inlineStr"><is><t>&a;</t></is></c></row>'],
    ['an external entity', '<!DOCTYPE w SYSTEM "file:///etc/passwd">', ''],
    ['an unknown entity', '', '<row><c t="inlineStr"><is><t>&file;</t></is></c></row>'],
  ])('%s is refused', async (_, before, rows) => {
    const refusal = await refusalOfBook(await bookWith({ [sheetPart]: sheetXml(rows, before) }));
    expect([refusal.code, refusal.remedy]).toEqual([
      'input.invalid',
      '请在表格软件中打开核对，另存为“Excel 工作簿（.xlsx）”后重新上传',
    ]);
  });
});

describe('a file that is no workbook', () => {
  test.each([
    ['an old workbook, or one with a password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /旧版 Excel.*打开密码/],
    ['a zip of other files', () => zipOf({ 'a.csv': 'x' }), /压缩包，不是 Excel 工作簿/],
    ['the beginning of a zip', () => Buffer.from('PK\u0003\u0004rest of a zip'), /工作簿已损坏/],
    [
      'a binary workbook',
      () =>
        zipOf({
          ...bookParts({ sheets: SHEETS }),
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        }),
      /\.xlsb/,
    ],
    [
      'a workbook without its list of sheets',
      () => zipOf({ '_rels/.rels': bookParts({ sheets: {} })['_rels/.rels']! }),
      /缺少 xl/,
    ],
    ['a workbook without sheets', () => bookOf({ sheets: {} }), /没有可见的工作表/],
  ])('%s is refused whole, with how to save it instead, however it is cut', async (_, make, message) => {
    const bytes = await make();
    for (const input of [bytes, cutEvery(bytes, 1)]) {
      const refusal = await refusalOf(input);
      expect(refusal.message).toMatch(message);
      expect(refusal.remedy).toMatch(/\.xlsx/);
    }
  });
});

test.each([
  ['its name', { filename: '登记.XLSX' }],
  ['its type', { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }],
])('a file that says by %s that it is a workbook, and is none, is refused as damaged', async (_, options) => {
  expect((await refusalOf(`${CHINESE_HEADER}\n${csvRow('A')}\n`, options)).message).toMatch(/不是有效的 .xlsx/);
  expect((await refusalOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'), options)).message).toMatch(/打开密码/);
  expect((await refusalOf('', options)).code).toBe('input.empty-file');
});

describe('a damaged workbook', () => {
  test.each<[string, string]>([
    ['rows that go backwards', '<row r="2"/><row r="1"><c><v>1</v></c></row>'],
    ['rows beyond the last one', '<row r="1048577"><c><v>1</v></c></row>'],
    ['a text that is not in the list', '<row><c t="s"><v>7</v></c></row>'],
    ['a number that is none', '<row><c><v>abc</v></c></row>'],
    ['a cell nowhere', '<row><c r="1"><v>1</v></c></row>'],
    ['elements that do not end', '<row><c>'],
  ])('with %s is refused', async (_, rows) => {
    expect((await refusalOfBook(await bookWith({ [sheetPart]: sheetXml(rows) }))).code).toBe('input.invalid');
  });

  test('with bytes that are no UTF-8 is refused', async () => {
    const sheet = Buffer.concat([
      Buffer.from('<worksheet><sheetData><row><c t="inlineStr"><is><t>'),
      Buffer.from([0xff]),
      Buffer.from('</t></is></c></row></sheetData></worksheet>'),
    ]);
    expect((await refusalOfBook(await bookWith({ [sheetPart]: sheet }))).code).toBe('input.invalid');
  });

  test('whose content was changed on its way is refused by its checksum', async () => {
    const book = await zipOf(bookParts({ sheets: { 表: textRows(['值'], ['unchanged']) } }), { compress: false });
    book.write('Changed!', book.indexOf('unchanged'));
    expect((await refusalOfBook(book)).message).toMatch(/校验值不符/);
  });

  test('cut anywhere, or with any byte changed, gives rows or a refusal, never another error', async () => {
    const header = CHINESE_HEADER.split(',');
    const book = await bookOf({
      strings: '<si><t>甲</t></si>',
      sheets: { 表: textRows(header, csvRow('A').split(',')) },
    });
    const outcomeOf = async (bytes: Buffer) => {
      const outcome: unknown = await read(bytes).catch((error: unknown) => error);
      return Array.isArray(outcome) || outcome instanceof Refusal ? 'handled' : outcome;
    };
    for (let length = 1; length < book.length; length += 37)
      expect(await outcomeOf(book.subarray(0, length))).toBe('handled');
    await fc.assert(
      fc.asyncProperty(fc.nat(book.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(book);
        changed[at] = changed[at]! ^ change;
        expect(await outcomeOf(changed)).toBe('handled');
      }),
      { numRuns: 400 },
    );
  });

  test('with two parts of one name is refused', async () => {
    const book = await bookWith({ '_RELS/.rels': '<Relationships/>' });
    expect((await refusalOfBook(book)).message).toMatch(/有两个 _RELS/);
  });
});
