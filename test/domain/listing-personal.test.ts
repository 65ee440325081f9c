/** What tells a natural person in a row of a list, and when two entries are the same (第九条、第十九条). */
import { expect, it, test } from 'vitest';
import { canonicalText } from '../../domain/fields.ts';
import { holdsPersonalId, listingEntrySchema } from '../../domain/case-types/listing/entry.ts';

const ENTRY = {
  list: 'court-debtor',
  documentNo: '(2026)湘0103执1号',
  uscc: '91350100M000100Y43',
  name: '某公司',
  authority: '某法院',
  grounds: '违反财产报告制度',
  listedOn: '2026-01-06',
};

test.each([
  ['430103199003070013'],
  ['甲,43010319900307001X,乙'],
  ['430103900307001'],
  ['"4301031990****0013"'],
  ['"43010319900307**1X"'],
  ['4301**********'],
  ['4301031990****001x'],
  ['580'],
  ['580,某人'],
  ['某人,580'],
  ['甲\t580\t乙'],
  ['{"partyType":"580"}'],
  ['{"partyType":580}'],
  ['当事人类型: 580'],
  ['自然人'],
])('a refused row %s is about a person, and is not kept', (raw) => {
  expect(holdsPersonalId(raw)).toBe(true);
});

test.each([
  ['91350100M000100Y43'],
  ['某公司,581'],
  ['1580'],
  ['5801'],
  ['a580b'],
  ['930103199003070013'],
  ['030103199003070013'],
  ['430103189003070013'],
  ['A430103199003070013'],
  ['430103199003070013A'],
  ['4301031990030700131'],
  ['4301*'],
  ['430*****'],
  ['43010390030700'],
  ['4301039003070012'],
])('a refused row %s is not', (raw) => {
  expect(holdsPersonalId(raw)).toBe(false);
});

const issuesOf = (more: object) => {
  const { error } = listingEntrySchema.safeParse({ ...ENTRY, ...more });
  return error?.issues.map(({ path, message, ...rest }) => [path.join(), 'params' in rest && rest.params, message]);
};

test.each([
  ['430103199003070013'],
  ['43010319901207001X'],
  ['430103199003150013'],
  ['430103200010310018'],
  ['430103199912010013'],
  ['430103900307001'],
  ['4301********'],
  ['4301031990****0013'],
])('%s in the place of a credit code is a person’s', (uscc) => {
  expect(issuesOf({ uscc })).toEqual([
    ['uscc', { code: 'listing.natural-person' }, expect.stringContaining('不接收、不保存自然人信息')],
  ]);
});

test.each([
  ['91350100M000100Y4A'],
  ['430103199013070013'],
  ['430103199000070013'],
  ['430103199003320013'],
  ['430103199003000013'],
  ['430103180003070013'],
  ['9301031990030700130'],
  ['9430103199003070013'],
  ['4301031990030700130'],
  ['X4301********'],
  ['4301****12345'],
])('%s is a wrong credit code', (uscc) => {
  expect(issuesOf({ uscc })).toEqual([['uscc', { code: 'uscc.invalid' }, expect.any(String)]]);
});

test.each([['580'], ['580自然人'], ['自然人'], [580]])('a party of type %o is refused first of all', (partyType) => {
  expect(issuesOf({ partyType })).toEqual([
    ['partyType', { code: 'listing.natural-person' }, expect.stringContaining('请从文件中删除该行')],
  ]);
});

it('a party that is an enterprise is read as text, whatever it was', () => {
  expect(listingEntrySchema.parse({ ...ENTRY, partyType: 581 }).partyType).toBe('581');
  expect(issuesOf({ partyType: {} })).toEqual([['partyType', false, '当事人类型应为文字，请更正']]);
});

test.each([
  ['regionCode', '43010', '行政区划代码为6位数字（GB/T 2260），请更正'],
  ['regionCode', '4301031', '行政区划代码为6位数字（GB/T 2260），请更正'],
  ['regionCode', '长430103', '行政区划代码为6位数字（GB/T 2260），请更正'],
  ['documentNo', '-1', '文号为1至80个文字、数字或括号，请更正'],
  ['documentNo', '', '文号为1至80个文字、数字或括号，请更正'],
  ['documentNo', '号'.repeat(81), '文号为1至80个文字、数字或括号，请更正'],
  ['documentNo', '号'.repeat(201), '文号过长，请更正'],
  ['authority', ' ', '缺少列入机关或执行法院，请填写'],
  ['grounds', '', '缺少列入事由，请填写'],
  ['grounds', '甲'.repeat(4001), '列入事由不得超过4000字'],
  ['duty', '甲'.repeat(4001), '生效法律文书确定的义务不得超过4000字，请更正'],
  ['performance', '甲'.repeat(201), '履行情况不得超过200字，请更正'],
  ['list', 'black', expect.stringMatching(/^名单应为.*，请更正$/)],
] as const)('%s %s is refused', (field, value, message) => {
  expect(issuesOf({ [field]: value })).toEqual(expect.arrayContaining([[field, expect.anything(), message]]));
});

it('texts at their limits are taken', () => {
  const long = { grounds: '甲'.repeat(4000), duty: '乙'.repeat(4000), performance: '丙'.repeat(200) };
  expect(issuesOf({ ...long, documentNo: '号'.repeat(80) })).toBeUndefined();
});

it('an entry is the same in whatever order its fields stand, and with fields that are absent', () => {
  const [one, other] = [listingEntrySchema.parse(ENTRY), listingEntrySchema.parse({ ...ENTRY, duty: '' })];
  const turned = Object.fromEntries(Object.entries(one).toReversed()) as typeof one;
  expect(canonicalText(turned)).toBe(canonicalText(one));
  expect(canonicalText(other)).toBe(canonicalText(one));
  const names = (JSON.parse(canonicalText(one)) as [string, unknown][]).map(([name]) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).toContain('grounds');
  expect(canonicalText({ ...one, name: '另一公司' })).not.toBe(canonicalText(one));
});
