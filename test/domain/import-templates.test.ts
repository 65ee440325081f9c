/** Templates of imports, and the file of the rows that were rejected. */
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { csvFile } from '../../api/http/csv.ts';
import type { TableRow, TableRows } from '../../api/http/table.ts';
import { xlsxFile } from '../../api/http/xlsx.ts';
import { FULL_LIST_FILE, LISTING_FILE } from '../../api/import/listing-file.ts';
import { RECORD_FILE } from '../../api/import/record-file.ts';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { parseRowFile, type Row, type RowFileOptions, type RowFormat } from '../../api/import/row-file.ts';
import { rejectedRows, type Rejection } from '../../api/import/rejected-rows.ts';
import { EXAMPLE_MARK } from '../../api/import/rows/notes.ts';
import { seenColumns } from '../../api/import/seen-columns.ts';
import { templateRows } from '../../api/import/template.ts';
import { CHINESE_HEADER, csvRow, HEADER, jsonRow, lines, streamOf, USCC } from '../support/registration-files.ts';
import { bookOf, textRows } from '../support/workbooks.ts';

const FILES: readonly [string, RowFormat<unknown>][] = [
  ['registrations', REGISTRATION_FILE],
  ['records', RECORD_FILE],
  ['listings', LISTING_FILE],
  ['full lists', FULL_LIST_FILE],
];
const TEMPLATES = FILES.flatMap(([noun, format]) =>
  Object.entries(format.templates).map(
    ([kind, template]) => [`${noun}, ${kind}`, format, templateRows(kind, template)] as const,
  ),
);

async function rowsOf<T>(bytes: Buffer | string, format: RowFormat<T>, options?: RowFileOptions): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for await (const row of parseRowFile(streamOf(bytes), format, options)) rows.push(row);
  return rows;
}

const asFiles = async (rows: TableRow[]) => [await text(csvFile(rows)), await buffer(xlsxFile(rows))];

describe('the template of', () => {
  test.each(TEMPLATES)('%s imports nothing as it is, and leaves no column unread', async (_, format, rows) => {
    for (const file of await asFiles(rows)) {
      const columns = seenColumns();
      expect(await rowsOf(file, format, { onColumns: columns.add })).toEqual([]);
      expect(columns.names).toEqual(rows[0]);
      expect([...columns.unread]).toEqual([]);
    }
  });

  test.each(TEMPLATES)(
    '%s has two examples that are valid without their mark',
    async (_, format, [header, notes, ...examples]) => {
      expect(examples).toHaveLength(2);
      const unmarked = examples.map((row) => row.map((cell) => String(cell).replace(EXAMPLE_MARK, '')));
      for (const file of await asFiles([header!, notes!, ...unmarked])) {
        const found = await rowsOf(file, format);
        expect(found.map(({ line, issues }) => ({ line, issues }))).toEqual([{ line: 3 }, { line: 4 }]);
      }
    },
  );

  test.each(TEMPLATES)('%s says of each column whether it must be filled', (_, _format, [header, notes]) => {
    expect(notes).toHaveLength(header!.length);
    for (const note of notes!) expect(note).toMatch(/^(必填|选填)/);
  });

  test('registrations says what the schema says: what must be, its form, the words that are allowed', () => {
    const [header, notes] = TEMPLATES[0]![2];
    const noteOf = (name: string) => notes![header!.indexOf(name)];
    expect(noteOf('统一社会信用代码')).toMatch(/^必填：统一社会信用代码（GB 32100-2015）/);
    expect(noteOf('登记日期')).toMatch(/^选填：登记日期 YYYY-MM-DD/);
    expect(noteOf('经营范围')).toMatch(/；至多20000字$/);
    expect(noteOf('变更事项')).toBe('选填：变更登记的变更事项，如经营范围');
    const [listHeader, listNotes] = templateRows('listing', LISTING_FILE.templates['listing']!);
    expect(listNotes![listHeader!.indexOf('名单')]).toBe(
      '必填：名单，也可填中文名称；可填严重违法失信名单、经营异常名录、失信被执行人名单',
    );
  });
});

describe('the file of rejected rows', () => {
  /** Imports a file as the API does, and gives its rejected rows back as a file. */
  async function givenBack<T>(file: Buffer | string, format: RowFormat<T>) {
    const columns = seenColumns();
    const rows = await rowsOf(file, format, { onColumns: columns.add });
    async function* rejections(): AsyncGenerator<Rejection> {
      for (const { line, raw, issues } of rows) {
        if (issues)
          yield { line, raw, problem: { message: issues.map(({ message }) => message).join('；'), remedy: '请更正' } };
      }
    }
    const table: TableRow[] = [];
    for await (const row of rejectedRows(columns.names, rejections())) table.push(row);
    return table;
  }

  const header = CHINESE_HEADER.split(',');
  const bad = ['A-1', 'X', '甲,"乙"', '430103', '=餐饮'];

  test.each([
    ['CSV', async () => lines(CHINESE_HEADER, csvRow('Z'), 'A-1,X,"甲,""乙""",430103,=餐饮')],
    ['a workbook', () => bookOf({ sheets: { 表: textRows(header, csvRow('Z').split(','), bad) } })],
  ])('has the columns of %s, the line and the reason', async (_, make) => {
    expect(await givenBack(await make(), REGISTRATION_FILE)).toEqual([
      [...header, '原行号', '原因'],
      [...bad, '3', expect.stringMatching(/^统一社会信用代码.*。请更正$/)],
    ]);
  });

  test('has the names that lines of JSON use, and what is no text as JSON', async () => {
    const file = lines(jsonRow('A', { uscc: 'X', changes: [{ item: '住所' }] }), jsonRow('B', { 备注: 7, uscc: null }));
    expect(await givenBack(file, REGISTRATION_FILE)).toEqual([
      ['registrationNo', 'uscc', 'name', 'regionCode', 'scope', 'changes', '备注', '原行号', '原因'],
      ['A', 'X', '甲', '430103', '', '[{"item":"住所"}]', '', '1', expect.any(String)],
      ['B', '', '甲', '430103', '', '', '7', '2', expect.any(String)],
    ]);
  });

  test('is imported without error once it is corrected, with its reasons still in it', async () => {
    const table = await givenBack(
      lines(CHINESE_HEADER, 'A-1,X,"甲,""乙""",430103,=餐饮', 'B-1,X,-乙-,430103,'),
      REGISTRATION_FILE,
    );
    const corrected = table.map((row) => row.map((cell) => (cell === 'X' ? USCC : cell)));
    for (const file of await asFiles(corrected)) {
      const columns = seenColumns();
      const rows = await rowsOf(file, REGISTRATION_FILE, { onColumns: columns.add });
      expect(rows.map(({ value }) => [value?.registrationNo, value?.name, value?.scope])).toEqual([
        ['A-1', '甲,"乙"', '=餐饮'],
        ['B-1', '-乙-', ''],
      ]);
      expect([...columns.unread]).toEqual([]);
    }
  });

  test('sent as it is, is rejected for the same reasons', async () => {
    const table = await givenBack(lines(CHINESE_HEADER, 'A-1,X,甲,430103,餐饮'), REGISTRATION_FILE);
    for (const file of await asFiles(table)) {
      expect((await rowsOf(file, REGISTRATION_FILE)).map(({ issues }) => issues?.[0]?.path)).toEqual(['uscc']);
    }
  });

  test('keeps a row that is in no columns, or was cut, whole in the first one: it must not become another row', async () => {
    const long = `A,${USCC},甲,430103,${'长'.repeat(25_000)}`;
    const [, wide, cut] = await givenBack(lines(HEADER, 'A,B', long), REGISTRATION_FILE);
    expect(wide).toEqual(['A,B', '', '', '', '', '2', expect.stringMatching(/该行有2列/)]);
    expect(cut?.slice(0, 5)).toEqual([long.slice(0, 20_000), '', '', '', '']);
  });

  test('of an import whose columns are not known has the text of its rows', async () => {
    async function* one(): AsyncGenerator<Rejection> {
      yield { line: 7, raw: 'a,b', problem: { message: '有误' } };
    }
    const table: TableRow[] = [];
    for await (const row of rejectedRows([], one())) table.push(row);
    expect(table).toEqual([
      ['原文', '原行号', '原因'],
      ['a,b', '7', '有误'],
    ] satisfies TableRows);
  });
});
