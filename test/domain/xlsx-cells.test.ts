/** What a cell of a workbook says: texts, numbers, days, and what cannot be read. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOfSerial, serialOf } from '../../api/import/rows/xlsx/dates.ts';
import { escaped, unescaped } from '../../api/import/rows/xlsx/escapes.ts';
import { shownBy } from '../../api/import/rows/xlsx/styles.ts';
import { bookOf, cellIn, recordsIn, textRows } from '../support/workbooks.ts';

const styled = (...ids: number[]) =>
  `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;

describe('texts', () => {
  test('are read from the list of texts: plain, in runs, without how they are pronounced', async () => {
    const strings =
      '<si><t>甲</t></si><si><r><rPr><b/></rPr><t>天心</t></r><r><t xml:space="preserve"> 酒店</t></r><rPh sb="0" eb="1"><t>tian</t></rPh><phoneticPr fontId="1"/></si>';
    expect(await cellIn('<c t="s"><v>0</v></c>', { strings })).toBe('甲');
    expect(await cellIn('<c t="s"><v>1</v></c>', { strings })).toBe('天心 酒店');
  });

  test.each([
    ['in the cell', '<c t="inlineStr"><is><t>甲</t></is></c>', '甲'],
    [
      'in the cell, in runs',
      '<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>yi</t></rPh></is></c>',
      '甲乙',
    ],
    ['as CDATA', '<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b'],
    ['with XML’s own entities', '<c t="inlineStr"><is><t>A&amp;B&#x7532;</t></is></c>', 'A&B甲'],
    [
      'with a character that XML cannot carry',
      '<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>',
      'a\rb_x0041_',
    ],
    ['as the result of a formula', '<c t="str"><f>A1&amp;B1</f><v>甲乙</v></c>', '甲乙'],
    ['as the empty result of a formula', '<c t="str"><f>A1</f><v></v></c>', ''],
    ['as truth', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['as nothing', '<c s="1"/>', ''],
  ])('stand %s', async (_, cell, text) => {
    expect(await cellIn(cell)).toBe(text);
  });

  test('survive writing and reading whatever they hold', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(_|x|0|4|1|A|F)*$/)), (text) => {
        expect(unescaped(escaped(text))).toBe(text);
      }),
    );
  });
});

describe('numbers', () => {
  test.each([
    ['430103', '430103'],
    ['12.5', '12.5'],
    ['0.30000000000000004', '0.3'],
    ['1.1000000000000001', '1.1'],
    ['4.30103E5', '430103'],
    ['123456789012345', '123456789012345'],
    ['0.0000001', '0.0000001'],
    ['-3', '-3'],
  ])('%s is read as %s', async (stored, text) => {
    expect(await cellIn(`<c><v>${stored}</v></c>`)).toBe(text);
    expect(await cellIn(`<c t="n"><f>A9</f><v>${stored}</v></c>`)).toBe(text);
  });

  test.each(['430103198001011234', '4.3010319800101235E17', '1000000000000000'])(
    'a code of more than fifteen digits, %s, costs its row: the last ones are lost',
    async (stored) => {
      expect(await cellIn(`<c><v>${stored}</v></c>`)).toMatch(
        /“值”列中的号码存为数字，超过15位.*请将该列设为“文本”格式/,
      );
    },
  );

  test('leading zeros that a format shows are part of a code', async () => {
    const styles = `<numFmts><numFmt numFmtId="170" formatCode="000000"/></numFmts>${styled(0, 170)}`;
    expect(await cellIn('<c s="1"><v>123</v></c>', { styles })).toBe('000123');
  });

  test('an error costs its row', async () => {
    expect(await cellIn('<c t="e"><f>B1</f><v>#N/A</v></c>')).toBe('“值”列是错误值 #N/A，请更正后重新提交');
  });

  test.each(['<c><f>B1</f></c>', '<c><f>B1</f><v></v></c>', '<c t="str"><f>B1</f></c>'])(
    'a formula without a result costs its row: %s',
    async (cell) => {
      expect(await cellIn(cell)).toMatch(/“值”列是没有计算结果的公式/);
    },
  );

  test('what is wrong in a column without a name costs nothing', async () => {
    const sheets = { 表: `${textRows(['值'])}<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>` };
    const [record] = await recordsIn(await bookOf({ sheets }));
    expect(record?.input).toEqual({ 值: '1' });
  });
});

describe('days', () => {
  test.each([14, 22, 27, 31, 36, 50, 57, 58])('a cell with built-in format %i is a day', async (id) => {
    expect(await cellIn('<c s="1"><v>46356</v></c>', { styles: styled(0, id) })).toBe('2026-11-30');
  });

  test.each([0, 1, 4, 9, 23, 37, 49, 59])('a cell with built-in format %i is a number', async (id) => {
    expect(await cellIn('<c s="1"><v>46356</v></c>', { styles: styled(0, id) })).toBe('46356');
  });

  test('a custom format of days makes a day; strict workbooks may write it out', async () => {
    const styles = `<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>${styled(176)}`;
    expect(await cellIn('<c s="0"><v>46356.5</v></c>', { styles })).toBe('2026-11-30 12:00:00');
    expect(await cellIn('<c t="d"><v>2026-11-30T00:00:00</v></c>')).toBe('2026-11-30');
    expect(await cellIn('<c t="d"><v>2026-11-30T08:30:00Z</v></c>')).toBe('2026-11-30 08:30:00');
  });

  test.each([
    ['yyyy/m/d;@', 'date'],
    ['[$-804]yyyy"年"m"月";@', 'date'],
    ['[DBNum1][$-804]m"月"d"日"', 'date'],
    ['[h]:mm:ss', 'date'],
    ['General', 'plain'],
    ['0.00_ ;[Red]\\-0.00', 'plain'],
    ['"day "0', 'plain'],
    ['#,##0.00\\m', 'plain'],
    ['@', 'plain'],
    ['0', 'plain'],
    ['000000', { zeros: 6 }],
  ])('format %s shows %o', (code, shown) => {
    expect(shownBy(code)).toEqual(shown);
  });

  test.each<[number, boolean, string | undefined]>([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, undefined],
    [61, false, '1900-03-01'],
    [46356, false, '2026-11-30'],
    [44894, true, '2026-11-30'],
    [60, true, '1904-03-01'],
    [0, true, '1904-01-01'],
    [46356.999999, false, '2026-12-01'],
    [46356.75, false, '2026-11-30 18:00:00'],
    [0.5, false, '12:00:00'],
    [-1, false, undefined],
    [1e300, false, undefined],
    [2_958_465, false, '9999-12-31'],
    [2_957_003, true, '9999-12-31'],
    [2_957_004, true, undefined],
    [2_958_466, false, undefined],
  ])('serial %d (from 1904: %s) is %s', (serial, isFrom1904, date) => {
    expect(dateOfSerial(serial, isFrom1904)).toBe(date);
  });

  test('every second since March 1900 survives writing and reading', () => {
    const first = Date.UTC(1900, 2, 1) / 1000;
    const last = Date.UTC(9990, 0, 1) / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (second) => {
        const [day, time] = new Date(second * 1000).toISOString().slice(0, 19).split('T');
        expect(dateOfSerial(serialOf(second * 1000), false)).toBe(time === '00:00:00' ? day : `${day} ${time}`);
      }),
    );
  });

  test('a day that never was costs its row; the system of 1904 is read from the workbook', async () => {
    const styles = styled(14);
    expect(await cellIn('<c s="0"><v>60</v></c>', { styles })).toMatch(/日期不存在（序列值 60）/);
    const properties = '<workbookPr date1904="1"/>';
    expect(await cellIn('<c s="0"><v>44894</v></c>', { styles, properties })).toBe('2026-11-30');
  });
});
