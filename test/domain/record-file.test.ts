/** Files of 双公示 as departments have them: both standards, their headers, their dates, their notes. */
import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { RECORD_FILE } from '../../api/import/record-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';
import type { OnColumns } from '../../api/import/rows/columns.ts';
import { COLUMN_SETS, FORMER_COLUMNS } from '../../domain/publicity/former-columns.ts';
import { columnSetOf, RECORD_FIELDS } from '../../domain/publicity/record-fields.ts';
import { NO_USCC, withCheckDigit } from '../../domain/uscc.ts';

const USCC = withCheckDigit('91430103MA4L1ABC2');
/** Invented; the last of its fifteen digits is right. */
const REGISTRATION_NO = '430103600123452';

async function read(content: string | Buffer) {
  const unread: string[] = [];
  const sets = new Set<string>();
  const options = {
    onColumns: (columns: Parameters<OnColumns>[0]) => {
      unread.push(...columns.unread);
      if (columns.columnSet !== undefined) sets.add(columns.columnSet);
    },
  };
  const rows = [];
  for await (const row of parseRowFile(Readable.from([Buffer.from(content)]), RECORD_FILE, options)) rows.push(row);
  return {
    rows,
    values: rows.map(({ value }) => value),
    issues: rows.map(({ issues }) => issues?.map((one) => one.message)),
    unread,
    sets: [...sets],
  };
}

const table = (columns: Record<string, string>) =>
  `${Object.keys(columns).join(',')}\n${Object.values(columns).join(',')}\n`;

const PERMIT_2015 = {
  XK_WSH: '湘农许[2016]1号',
  XK_XMMC: '农药经营许可',
  XK_SPLB: '普通',
  XK_NR: '农药零售',
  XK_XDR: '长沙某农资店',
  XK_XDR_SHXYM: USCC,
  XK_XDR_SFZ: '',
  XK_FR: '李某',
  XK_JDRQ: '2016/1/5',
  XK_JZQ: '2099/12/31',
  XK_XZJG: '天心区农业农村局',
  XK_ZT: '1',
  DFBM: '430103',
  SJC: '2016-01-05 00:00:00.0',
};
const PENALTY_2015 = {
  CF_WSH: '天市监罚（2016）2号',
  CF_CFMC: '虚假宣传案',
  CF_CFLB1: '罚款',
  CF_CFLB2: '没收违法所得',
  CF_SY: '发布虚假广告',
  CF_YJ: '广告法第五十五条',
  CF_XDR_MC: '长沙某公司',
  CF_XDR_SHXYM: USCC,
  CF_JG: '罚款1万元',
  CF_JDRQ: '2016-01-05 00:00:00.0',
  CF_XZJG: '天心区市场监督管理局',
  CF_ZT: '0',
};

describe('the columns of 2015', () => {
  test('of a permit are told by the header, named, and read in their own meaning', async () => {
    const { values, unread, sets } = await read(table(PERMIT_2015));
    expect(sets).toEqual([COLUMN_SETS[2015]]);
    expect(values).toEqual([
      {
        kind: 'permit',
        documentNo: '湘农许〔2016〕1号',
        project: '农药经营许可',
        category: '普通',
        content: '农药零售',
        name: '长沙某农资店',
        uscc: USCC,
        legalRepresentative: '李某',
        generatedOn: '2016-01-05',
        validUntil: '2099-12-31',
        authority: '天心区农业农村局',
        // In the set of 2018, 1 is 有效.
        status: '撤销',
      },
    ]);
    expect(unread).toEqual(['XK_XDR_SFZ', 'DFBM', 'SJC']);
  });

  test('of a penalty have both categories, and the facts as its violation', async () => {
    const { values, sets } = await read(table(PENALTY_2015));
    expect(sets).toEqual([COLUMN_SETS[2015]]);
    expect(values[0]).toMatchObject({
      kind: 'penalty',
      documentNo: '天市监罚〔2016〕2号',
      documentName: '虚假宣传案',
      category: '罚款、没收违法所得',
      violation: '发布虚假广告',
      content: '罚款1万元',
      status: '正常',
    });
  });

  test.each(['permit', 'penalty'] as const)(
    'of a %s are read by label as by code, in a table and in JSON',
    async (kind) => {
      const byCode: Record<string, string> = kind === 'permit' ? PERMIT_2015 : PENALTY_2015;
      const columns: [string, readonly [string, string]][] = Object.entries(FORMER_COLUMNS[kind]);
      const named = columns.filter(([, [code]]) => code in byCode);
      const byLabel = Object.fromEntries(named.map(([, [code, label]]) => [label, byCode[code]!]));
      const codes = await read(table(byCode));
      expect((await read(table(byLabel))).values).toEqual(codes.values);
      const json = await read(`${JSON.stringify(byCode)}\n`);
      expect([json.values, json.sets, json.unread]).toEqual([codes.values, codes.sets, codes.unread]);
      // Forms mark what must be filled in.
      const marked = Object.fromEntries(
        Object.entries(byLabel).map(([label, value], at) => [at % 2 ? `*${label}` : `${label}（必填）`, value]),
      );
      expect((await read(table(marked))).values).toEqual(codes.values);
    },
  );

  test('are not those of 2018, whose digits mean the opposite', async () => {
    const row = {
      XK_XDR_MC: '长沙某农资店',
      XK_XDR_SHXYM: USCC,
      XK_WSH: 'A1',
      XK_NR: '农药零售',
      XK_JDRQ: '2026-01-05',
      XK_XKJG: '天心区农业农村局',
      XK_ZT: '1',
    };
    const { values, sets } = await read(table(row));
    expect(sets).toEqual([COLUMN_SETS[2018]]);
    expect(values[0]).toMatchObject({ status: '1' });
    expect(
      columnSetOf(
        'permit',
        RECORD_FIELDS.permit.map(({ labels }) => labels[0]),
      ),
    ).toBe('2018');
    expect(columnSetOf('permit', ['企业名称', '文书号'])).toBe('2018');
    expect(columnSetOf('permit', ['备注', '许可机关'])).toBeUndefined();
    expect(columnSetOf('other', ['XK_XZJG'])).toBeUndefined();
  });

  const reference = new URL('../../../shared/data/shuanggongshi-2015.json', import.meta.url);
  // The project passes its tests with nothing beside it.
  test.skipIf(!existsSync(reference))(
    'are those of the reference, but for persons’ numbers and the technical ones',
    () => {
      const facts = JSON.parse(readFileSync(reference, 'utf8')) as Record<'permit' | 'penalty', [string, string][]>;
      const left = /_SFZ$|^DFBM$|^SJC$/;
      for (const kind of ['permit', 'penalty'] as const) {
        const codes = facts[kind].map(([code]) => code).filter((code) => !left.test(code));
        expect(
          Object.values(FORMER_COLUMNS[kind])
            .map(([code]) => code as string)
            .sort(),
        ).toEqual(codes.sort());
      }
    },
  );
});

const PERMIT = {
  行政相对人名称: '长沙某农资店',
  统一社会信用代码: USCC,
  行政许可决定书文号: 'A1',
  许可内容: '农药零售',
  许可决定日期: '2026-01-05',
  许可机关: '天心区农业农村局',
};

describe('a file', () => {
  test('with rows of notes below the table has only the rows of the table', async () => {
    const notes = ['表格说明：,,,,,', '1.本表由许可机关填写,,,,,', '"2.日期格式为 YYYY/MM/DD",,,,,'].join('\n');
    const { rows } = await read(
      `${table(PERMIT)}${notes}\n${Object.values({ ...PERMIT, 行政许可决定书文号: 'A2' }).join(',')}\n`,
    );
    expect(rows.map(({ line, value }) => [line, value?.documentNo])).toEqual([
      [2, 'A1'],
      [6, 'A2'],
    ]);
  });

  test('with a row that has one cell and is no note tells that it cannot be read', async () => {
    const { rows } = await read(`${table(PERMIT)}某农资店,,,,,\n`);
    expect(rows.map(({ value }) => value?.documentNo)).toEqual(['A1', undefined]);
  });

  test('in GB18030 has the characters of the edition of 2022, not those for private use', async () => {
    const whole = iconv.encode(table({ ...PERMIT, 行政相对人名称: '长沙@@店' }), 'gb18030');
    const at = whole.indexOf('@@');
    const bytes = Buffer.concat([whole.subarray(0, at), Buffer.from([0xfe, 0x59, 0xa6, 0xd9]), whole.subarray(at + 2)]);
    expect((await read(bytes)).values[0]?.name).toBe('长沙\u9FB4\uFE10店');
  });

  test('with numbers that a spreadsheet has cut is refused row by row, with the remedy', async () => {
    const { issues } = await read(
      table({ ...PERMIT, 统一社会信用代码: '9.1430103E+17', 行政许可决定书文号: '4.30103E+14' }),
    );
    expect(issues[0]).toHaveLength(2);
    for (const message of issues[0]!) expect(message).toContain('设为“文本”');
  });
});

describe('an 个体工商户 without a credit code', () => {
  const shop = { ...PERMIT, 统一社会信用代码: NO_USCC, 工商注册号: REGISTRATION_NO };

  test('is known by its registration number', async () => {
    const { values } = await read(table(shop));
    expect(values[0]).toMatchObject({
      uscc: REGISTRATION_NO,
      formerRegistrationNo: REGISTRATION_NO,
      counterparty: 'individual',
    });
    const again = await read(`${JSON.stringify({ kind: 'permit', ...values[0] })}\n`);
    expect(again.values).toEqual(values);
  });

  test.each([
    ['no registration number', { 工商注册号: '' }, '须填写营业执照上15位'],
    ['a wrong one', { 工商注册号: '430103600123451' }, '须填写营业执照上15位'],
    ['another counterparty', { 行政相对人类别: '法人及非法人组织' }, '相对人为个体工商户'],
    ['eighteen zeros', { 统一社会信用代码: '0'.repeat(18) }, '没有以“00”开头'],
    [
      'a number that is not its own',
      { 统一社会信用代码: '430103600123452', 工商注册号: '4301036001234' },
      `此项应填${NO_USCC}`,
    ],
  ])('with %s is refused', async (_, more, message) => {
    expect((await read(table({ ...shop, ...more }))).issues[0]?.join()).toContain(message);
  });
});
