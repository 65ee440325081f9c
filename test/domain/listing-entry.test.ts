import { describe, expect, test } from 'vitest';
import { readReferenceFiles } from '../../data/reference-files.ts';
import { createRouter } from '../../domain/organs/departments.ts';
import { DISHONESTY_LISTS, type DishonestyList } from '../../domain/publicity/dishonesty-lists.ts';
import { canonicalText } from '../../domain/fields.ts';
import { holdsPersonalId, listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { createRegionTree } from '../../domain/organs/regions.ts';
import { concernedDepartments } from '../../domain/organs/sanction-measures.ts';
import { decisionBodiesOf } from '../../domain/case-types/sanction-notice/commands.ts';

const ENTRY = {
  list: 'court-debtor',
  documentNo: '（2026）湘0103执1234号',
  uscc: '91350100M000100Y43',
  name: '天心区欠付建材有限公司',
  regionCode: '430103',
  authority: '长沙市天心区人民法院',
  grounds: '违反财产报告制度',
  listedOn: '2026年01月06日',
};

const refused = (more: Record<string, unknown>) => {
  const result = listingEntrySchema.safeParse({ ...ENTRY, ...more });
  if (result.success) throw new Error('the entry was accepted');
  return result.error.issues.map((issue) => ({
    message: issue.message,
    code: issue.code === 'custom' ? (issue.params?.['code'] as unknown) : undefined,
  }));
};

describe('an entry', () => {
  test('is read as courts write it', () => {
    expect(listingEntrySchema.parse({ ...ENTRY, partyType: 581, list: '失信被执行人名单' })).toMatchObject({
      list: 'court-debtor',
      documentNo: '(2026)湘0103执1234号',
      listedOn: '2026-01-06',
    });
  });

  test('the same document number typed differently is the same', () => {
    const numbers = ['（2026）湘0103执1234号', '(2026)湘0103执1234号', ' （2026） 湘0103 执1234号'];
    const parsed = numbers.map((documentNo) => listingEntrySchema.parse({ ...ENTRY, documentNo }));
    expect(new Set(parsed.map(canonicalText)).size).toBe(1);
  });

  test.each(['A~B', 'A～B', '', '*A', 'x'.repeat(81), 'A\u0000'])('no document number: “%s”', (documentNo) => {
    expect(refused({ documentNo })).not.toEqual([]);
  });

  test.each([
    ['its party type', { partyType: '580' }],
    ['its party type as a number', { partyType: 580 }],
    ['its party type in words', { partyType: '自然人' }],
    ['an identity card', { uscc: '430103198001011234' }],
    ['an identity card that ends with X', { uscc: '43010319800101123x' }],
    ['an identity card that was starred out', { uscc: '4301031980****1234' }],
    ['an old identity card', { uscc: '430103800101123' }],
    ['both', { partyType: '580', uscc: '430103198001011234' }],
  ])('of a natural person is refused as such, told by %s', (_, more) => {
    const issues = refused(more);
    expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['listing.natural-person']));
    expect(issues[0]!.message).toContain('自然人');
    expect(JSON.stringify(issues)).not.toContain('19800101');
  });

  test.each(['91350100M000100Y44', '12345678-9', '', '914301037121234567'])(
    'a wrong credit code “%s” is no person',
    (uscc) => {
      expect(refused({ uscc }).map(({ code }) => code)).toEqual(['uscc.invalid']);
    },
  );

  test.each([
    ['{"partytypename":580,"iname":"张三"}', true],
    ['张三,430103198001011234,580', true],
    ['"张三","4301031980****1234"', true],
    ['欠付公司,91350100M000100Y44,581,(2026)湘0103执580号', false],
    ['欠付公司,914301037121234567,履行580元', false],
  ])('the text of a refused row %s is kept away: %s', (raw, expected) => {
    expect(holdsPersonalId(raw)).toBe(expected);
  });

  test.each([
    [{ listedOn: '2026-02-30' }, '真实存在'],
    [{ list: 'black' }, '名单应为'],
    [{ grounds: ' ' }, '缺少列入事由'],
    [{ regionCode: '43' }, '行政区划代码'],
    [{ name: 'A\nB' }, '换行'],
  ])('%j is refused with its reason', (more, reason) => {
    expect(refused(more)[0]!.message).toContain(reason);
  });
});

test('a list is known by the name of its present rule and by its former one', () => {
  for (const list of ['严重违法失信名单', '严重违法失信企业名单', 'serious-dishonest'])
    expect(listingEntrySchema.parse({ ...ENTRY, list }).list).toBe('serious-dishonest');
});

describe('measures', () => {
  const { measures, departments, regions, formerCodes } = readReferenceFiles();
  const router = createRouter(departments, createRegionTree(regions, formerCodes));
  const lists = Object.keys(DISHONESTY_LISTS) as DishonestyList[];

  test('say plainly that they are a reconstruction', () => {
    expect(measures.standing).toContain('重构');
  });

  test.each(lists)('of %s reach departments in every region, each measure exactly one', (list) => {
    const own = measures.measures.filter((measure) => measure.lists.includes(list)).map(({ id }) => id);
    for (const { code } of regions) {
      const concerned = concernedDepartments(measures.measures, router, list, code);
      expect(concerned.flatMap(({ measureIds }) => measureIds).sort()).toEqual(own.toSorted());
      expect(new Set(concerned.map(({ departmentCode }) => departmentCode)).size).toBe(concerned.length);
    }
  });

  test('go to the same level, else to the nearest above', () => {
    const codes = concernedDepartments(measures.measures, router, 'court-debtor', '430103').map(
      ({ departmentCode }) => departmentCode,
    );
    expect(codes).toContain('430103-finance-bureau');
    expect(codes).toContain('430100-central-bank');
    expect(codes).not.toContain('430103-central-bank');
  });

  test('a department decides among its own, and none else', () => {
    const schema = decisionBodiesOf(['ZB01', 'ZZ01']).decide;
    expect(schema.safeParse({ measureIds: ['ZZ01'] }).success).toBe(true);
    expect(schema.safeParse({ measureIds: ['SP01'] }).error?.issues).toMatchObject([
      { message: expect.stringContaining('请从通知所列的措施中选择') as unknown },
    ]);
    for (const measureIds of [[], ['SP01'], ['ZB01', 'SP01'], ['constructor']]) {
      expect(schema.safeParse({ measureIds }).success).toBe(false);
    }
  });
});
