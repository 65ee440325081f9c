/** Workbooks as files of rows: which sheet, which header, which rows. */
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { RECORD_FILE } from '../../api/import/record-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';
import {
  brief,
  CHINESE_HEADER,
  csvRow,
  cutEvery,
  read,
  refusalOf,
  streamOf,
  USCC,
} from '../support/registration-files.ts';
import { bookOf, recordsIn, refusalOfBook, relationsXml, textRows, zipOf } from '../support/workbooks.ts';

const HEADER = CHINESE_HEADER.split(',');
const row = (no: string, name?: string) => csvRow(no, name).split(',');

/** A descriptor may be closed between listing and asking. */
const targetOf = (fd: string) => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
};

describe('a workbook', () => {
  test('is read by its content, whatever name and type it has, however it is cut', async () => {
    const book = await bookOf({ sheets: { 登记: textRows(HEADER, row('A'), [], row('B', '龘𠮷')) } });
    expect(await brief(book)).toEqual(['2 A 甲', '4 B 龘𠮷']);
    expect(await brief(book, { filename: 'a.csv', contentType: 'text/csv' })).toEqual(['2 A 甲', '4 B 龘𠮷']);
    expect(await brief(cutEvery(book, 7))).toEqual(['2 A 甲', '4 B 龘𠮷']);
  });

  test('of another program is read: its texts, codes, days and numbers', async () => {
    const types = [
      '许可编号',
      '行政许可决定文书号',
      '行政相对人名称',
      '统一社会信用代码',
      '许可内容',
      '许可决定日期',
      '许可机关',
    ];
    const values = [
      '00017',
      '湘农许〔2026〕1号',
      '甲 & 乙<公司>',
      USCC,
      '准予农药经营',
      new Date('2026-11-23T00:00:00Z'),
      '农业农村局',
    ];
    const cells = values.map((value) => ({ value, ...(value instanceof Date && { format: 'yyyy/mm/dd' }) }));
    const book = await writeXlsxFile([
      types.map((value) => ({ value, fontWeight: 'bold' as const })),
      cells,
    ]).toBuffer();
    const rows = [];
    for await (const one of parseRowFile(streamOf(book), RECORD_FILE)) rows.push(one);
    expect(rows).toMatchObject([
      {
        line: 2,
        value: { kind: 'permit', certificateNo: '00017', name: '甲 & 乙<公司>', uscc: USCC, generatedOn: '2026-11-23' },
      },
    ]);
  });

  test('leaves no file behind, read whole, in part or not at all', async () => {
    const book = await bookOf({ sheets: { 登记: textRows(HEADER, row('A'), row('B')) } });
    const folder = mkdtempSync(join(tmpdir(), 'xietong-books-'));
    vi.stubEnv('TMPDIR', folder);
    const open = () => readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith(folder));
    const rows = parseRowFile(streamOf(book), REGISTRATION_FILE);
    await rows.next();
    expect([readdirSync(folder), open().length]).toEqual([[], 1]);
    await rows.return(undefined);
    expect(await read(book)).toHaveLength(2);
    await refusalOf(book.subarray(0, book.length - 1));
    expect([readdirSync(folder), open()]).toEqual([[], []]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test('with the strict namespaces, with prefixes, and with absolute targets is read as well', async () => {
    const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const book = await zipOf({
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels': relationsXml({ a: ['officeDocument', '/book/main.xml'] }, strict),
      'book/main.xml': `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:q="${strict}"><x:sheets><x:sheet name="一" sheetId="1" q:id="z"/></x:sheets></x:workbook>`,
      'book/_rels/main.xml.rels': relationsXml({ z: ['worksheet', '../tables/one.xml'] }, strict),
      'tables/one.xml':
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>值</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    });
    expect((await recordsIn(book)).map(({ input }) => input)).toEqual([{ 值: '7' }]);
  });
});

describe('the sheet', () => {
  const sheets = { 说明: textRows(['先看这里']), 登记: textRows(['值'], ['一']), 其他: textRows(['值'], ['二']) };

  test('is the first visible one, or the one that is named', async () => {
    const book = await bookOf({ sheets, attributes: { 说明: 'state="hidden"' } });
    expect((await recordsIn(book)).map(({ input }) => input)).toEqual([{ 值: '一' }]);
    expect((await recordsIn(book, '其他')).map(({ input }) => input)).toEqual([{ 值: '二' }]);
  });

  test('that is not there is refused, with the names of those that are', async () => {
    const refusal = await refusalOfBook(await bookOf({ sheets }), '登记表');
    expect([refusal.message, refusal.remedy]).toEqual([
      '工作簿中没有名为“登记表”的工作表',
      '请改为其中之一：“说明”、“登记”、“其他”；不指定的，读取第一个可见的工作表',
    ]);
  });

  test('without content is refused by its name', async () => {
    const refusal = await refusalOf(await bookOf({ sheets: { 空: '<row><c s="1"/></row>', 登记: '' } }));
    expect([refusal.code, refusal.message]).toEqual(['input.empty-file', '工作表“空”没有内容']);
  });
});

describe('the header', () => {
  const briefly = async (...rows: string[][]) => brief(await bookOf({ sheets: { 表: textRows(...rows) } }));

  test('may stand below a title and notes', async () => {
    const title = ['登记信息报送表（2026年11月）', '', '', '', ''];
    expect(await briefly(title, ['填报单位：天心区'], [], HEADER, row('A'))).toEqual(['5 A 甲']);
  });

  test('may mark its required columns, and break its names', async () => {
    const marked = ['*登记编号', '统一社会\n信用代码（必填）', '名称 *', '★行政区划代码', '经营范围(必填项)'];
    expect(await briefly(marked, row('A'))).toEqual(['2 A 甲']);
  });

  test('of two rows is read: names that span columns, and names merged downwards', async () => {
    const book = await bookOf({
      sheets: {
        表: textRows(
          ['登记信息', '', '', '', '', '', ''],
          ['登记编号', '主体', '', '行政区划代码', '经营范围', '变更', ''],
          ['', '统一社会信用代码', '企业名称', '', '', '变更事项', '变更后'],
          [...row('A'), '经营范围', '餐饮服务'],
        ),
      },
    });
    const [only, ...others] = await read(book);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ line: 4, value: { name: '甲', changes: [{ item: '经营范围', after: '餐饮服务' }] } });
  });

  test('that is complete in its first row goes on in the second if that adds columns and fills none', async () => {
    const first = [...HEADER, '变更', ''];
    const second = ['', '', '', '', '', '变更事项', '变更后'];
    const [only] = await read(await bookOf({ sheets: { 表: textRows(first, second, [...row('A'), '住所', '新址']) } }));
    expect(only).toMatchObject({ line: 3, value: { changes: [{ item: '住所', after: '新址' }] } });
    expect(await briefly(first, [...row('A'), '变更事项', '变更后'])).toEqual(['2 A 甲']);
  });

  test('that lacks columns is refused with its row, and the columns', async () => {
    const refusal = await refusalOf(
      await bookOf({ sheets: { 登记: textRows(['报送表'], HEADER.slice(0, 4), row('A').slice(0, 4)) } }),
    );
    expect(refusal.message).toBe('工作表“登记”第2行：文件缺少列“经营范围”');
  });

  test('is not looked for further down than ten rows', async () => {
    const notes = Array.from({ length: 10 }, (_, at) => [`说明 ${at}`]);
    expect((await refusalOf(await bookOf({ sheets: { 表: textRows(...notes, HEADER, row('A')) } }))).code).toBe(
      'input.invalid',
    );
  });
});

describe('the rows', () => {
  test('that are notes of the table are passed over; a row that is none is answered', async () => {
    const notes = ['必填：唯一编号', '必填', '', '（选填）', '必填'];
    const table = textRows(HEADER, notes, row('A'), ['说明：以上为示例'], ['一、二'], ['乱', '填']);
    const [first, second, ...others] = await read(await bookOf({ sheets: { 表: table } }));
    expect([first?.line, second?.line, others]).toEqual([3, 6, []]);
    expect(second?.issues?.length).toBeGreaterThan(0);
  });

  test('have the numbers of the sheet, also where it skips some or gives none', async () => {
    const cell = '<c t="inlineStr"><is><t>x</t></is></c>';
    const sheets = {
      表: `<row r="3">${cell}</row><row>${cell}</row><row r="9"><c r="A9"/><c r="C9"><v>1</v></c></row><row r="10">${cell}</row>`,
    };
    expect((await recordsIn(await bookOf({ sheets }))).map(({ line }) => line)).toEqual([4, 9, 10]);
  });

  test('may have cells without positions, or in any order', async () => {
    const table = `${textRows(['一', '二', '三'])}<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c><c><v>2</v></c></row>`;
    expect((await recordsIn(await bookOf({ sheets: { 表: table } })))[0]?.input).toEqual({ 一: '1', 二: '2', 三: '3' });
  });

  test('that are refused keep their text as CSV', async () => {
    const [bad] = await read(await bookOf({ sheets: { 表: textRows(HEADER, ['A', 'x', '甲,"乙"', '430103', '']) } }));
    expect(bad?.raw).toBe('A,x,"甲,""乙""",430103,');
  });

  test('are whatever was written, cell by cell', async () => {
    const texts = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (table) => {
        const book = await bookOf({
          sheets: { 表: textRows(['甲', '乙', '丙'], ...table.map((cells) => cells.map((cell) => `值${cell}`))) },
        });
        const found = (await recordsIn(book)).map(({ input }) => Object.values(input as Record<string, string>));
        // XML makes a line feed of a carriage return.
        expect(found).toEqual(table.map((cells) => cells.map((cell) => `值${cell.replaceAll(/\r\n?/g, '\n')}`)));
      }),
      { numRuns: 50 },
    );
  });

  test('beyond the limit end the reading, after the others', async () => {
    const book = await bookOf({ sheets: { 表: textRows(HEADER, row('A'), row('B'), row('C')) } });
    expect((await refusalOf(book, { maxRows: 2 })).message).toBe('文件超过2行，第4行起未读取');
  });

  test('of more texts than stay in memory are read from the rest, in any order', async () => {
    const count = 60_000;
    const strings = Array.from({ length: count }, (_, at) => `<si><t>${'长'.repeat(100)}${at}</t></si>`).join('');
    const picks = [0, count - 1, 41_000, 3, 59_000, 41_001, 20_000];
    const rows = picks.map((at) => `<row><c t="s"><v>${at}</v></c></row>`).join('');
    const book = await bookOf({ strings, sheets: { 表: textRows(['值']) + rows } });
    const found = (await recordsIn(book)).map(({ input }) => Number((input as { 值: string }).值.slice(100)));
    expect(found).toEqual(picks);
  });
});
