/** Tables that are downloaded: the same rows as CSV and as a workbook, read back. */
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { fromBufferPromise } from 'yauzl';
import { describe, expect, test } from 'vitest';
import { csvFile } from '../../api/http/csv.ts';
import type { TableRow, TableRows } from '../../api/http/table.ts';
import { xlsxFile } from '../../api/http/xlsx.ts';
import { recordsIn } from '../support/workbooks.ts';

const partsOf = async (book: Buffer): Promise<Record<string, string>> => {
  const zip = await fromBufferPromise(book, { lazyEntries: true });
  const parts: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) parts[entry.fileName] = await text(await zip.openReadStreamPromise(entry));
  return parts;
};

/** The cells of each row below the header, as a reader sees them. */
const readBack = async (rows: TableRows, maxRows?: number) => {
  const book = await buffer(xlsxFile(rows, maxRows));
  return (await recordsIn(book)).map(({ input }) => Object.values(input as Record<string, string>));
};

const AT = new Date('2026-11-30T16:30:05Z');
const ROWS: TableRow[] = [
  ['编号', '名称', '件数', '时间'],
  ['00123', '=HYPERLINK("http://x")', 12, AT],
  ['430103198001011234', '甲,"乙"\n<&>', 0.5, null],
];

describe('a workbook', () => {
  test('has codes and formulas as text, numbers as numbers, and times in UTC+8', async () => {
    expect(await readBack(ROWS)).toEqual([
      ['00123', '=HYPERLINK("http://x")', '12', '2026-12-01 00:30:05'],
      ['430103198001011234', '甲,"乙"\n<&>', '0.5', ''],
    ]);
    const sheet = (await partsOf(await buffer(xlsxFile(ROWS))))['xl/worksheets/sheet1.xml']!;
    expect(sheet).toContain('<c r="A2" s="3" t="inlineStr">');
    expect(sheet).toContain('<c r="C2"><v>12</v></c>');
    expect(sheet).toMatch(/<c r="D2" s="1"><v>46357\.0208/);
    expect(sheet).not.toContain('<f>');
  });

  test('has a bold header that stays in sight, and columns of text', async () => {
    const parts = await partsOf(await buffer(xlsxFile(ROWS)));
    const sheet = parts['xl/worksheets/sheet1.xml']!;
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<c r="A1" s="2" t="inlineStr">');
    expect(sheet.match(/<col /g)).toHaveLength(4);
    expect(parts['xl/styles.xml']).toMatch(/cellXfs count="4".*<xf numFmtId="49" fontId="1"/);
    expect(Object.keys(parts)[0]).toBe('[Content_Types].xml');
  });

  test('gives back every text, whatever it holds', async () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^(_|x|0|4|\n|\r| |<|&)+$/));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
        const named = rows.map(([one, other]) => [`值${one}`, `值${other}`]);
        expect(await readBack([['甲', '乙'], ...named])).toEqual(named);
      }),
      { numRuns: 50 },
    );
  });

  test('goes on with a further sheet, below the same header, where one is full', async () => {
    const rows = [['值'], ...Array.from({ length: 7 }, (_, at) => [`第${at}`])];
    const book = await buffer(xlsxFile(rows, 4));
    const valuesOn = async (sheet: string) =>
      (await recordsIn(book, sheet)).map(({ input }) => (input as { 值: string }).值);
    expect([await valuesOn('表'), await valuesOn('表2'), await valuesOn('表3')]).toEqual([
      ['第0', '第1', '第2'],
      ['第3', '第4', '第5'],
      ['第6'],
    ]);
  });

  test('cuts a text that no cell can hold, and says so', async () => {
    const [[value]] = (await readBack([['值'], ['长'.repeat(40_000)]])) as [[string]];
    expect([value.length, value.slice(-18)]).toEqual([32_767, '长长…（过长，全文见 CSV 文件）']);
  });

  test('of no rows is a workbook', async () => {
    expect(Object.keys(await partsOf(await buffer(xlsxFile([['值']]))))).toContain('xl/workbook.xml');
    expect(Object.keys(await partsOf(await buffer(xlsxFile([]))))).toContain('xl/workbook.xml');
  });

  test('ends with the error of its rows, so that nobody takes a part for the whole', async () => {
    async function* failing(): AsyncGenerator<TableRow> {
      yield ['值'];
      yield ['一'];
      throw new Error('the database is away');
    }
    await expect(buffer(xlsxFile(failing()))).rejects.toThrow('the database is away');
  });

  test('asks for rows no faster than they are taken, and for no more once its reader is gone', async () => {
    let given = 0;
    let ended = false;
    async function* rows(): AsyncGenerator<TableRow> {
      try {
        for (;;) {
          given += 1;
          // What does not pack, so that what is written fills the buffers.
          yield [`${Math.random()}${Math.random()}${Math.random()}`];
        }
      } finally {
        ended = true;
      }
    }
    const file = xlsxFile(rows());
    const slow = file.pipe(new PassThrough({ highWaterMark: 1024 }));
    const settled = async () => {
      for (let before = -1; before !== given;) {
        before = given;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return given;
    };
    expect(await settled()).toBeLessThan(100_000);
    slow.destroy();
    file.destroy();
    await settled();
    expect(ended).toBe(true);
  });
});

describe('CSV', () => {
  const written = (rows: TableRows) => text(csvFile(rows));

  test('has the same rows, with a byte order mark, and no cell that runs as a formula', async () => {
    expect(await written(ROWS)).toBe(
      `\uFEFF编号,名称,件数,时间\r\n00123,"'=HYPERLINK(""http://x"")",12,2026-12-01 00:30:05\r\n430103198001011234,"甲,""乙""\n<&>",0.5,\r\n`,
    );
  });

  test('leaves negative numbers as they are', async () => {
    expect(await written([['差'], [-3], ['-3']])).toBe("\uFEFF差\r\n-3\r\n'-3\r\n");
  });
});
