/** What a catalogue may say: the matcher trusts whatever has passed. */
import { describe, expect, test } from 'vitest';
import { type Catalogue, type CatalogueItem, catalogueSchema, unknownSectors } from '../../domain/scope/catalogue.ts';
import { catalogueOf } from '../support/scope-catalogue.ts';

const GOOD = catalogueOf({
  PA001: { keywords: ['餐饮服务', '餐饮（含外卖）服务'], synonyms: ['餐饮'], exclusions: ['餐饮管理'] },
  PA002: { keywords: ['住宿服务'], preApproval: true },
});

const problemsOf = (catalogue: unknown) =>
  catalogueSchema.safeParse(catalogue).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
const withFields = (fields: Partial<Catalogue>) => problemsOf({ ...GOOD, ...fields });
const withItem = (fields: Partial<CatalogueItem>) =>
  problemsOf({ ...GOOD, items: [{ ...GOOD.items[0]!, ...fields }, GOOD.items[1]!] });

test('a good one is taken as it is, with its notes', () => {
  const noted = { ...GOOD, items: [{ ...GOOD.items[0]!, note: '见说明' }] };
  expect(catalogueSchema.parse(noted)).toEqual(noted);
});

describe('a catalogue', () => {
  test.each([['2026.1'], ['2017.12']])('may have the version %s', (version) =>
    expect(withFields({ version })).toEqual([]),
  );

  test.each([['latest'], ['2026'], ['2026.'], ['v2026.1'], ['2026.1-beta'], ['202.1'], ['2026x1']])(
    'may not have the version %s',
    (version) => expect(withFields({ version })).toEqual(['version 版本号为“年份.版次”，如2026.1']),
  );

  test('has a title, a source and items', () => {
    expect(withFields({ title: '', source: '', items: [] }).map((problem) => problem.split(' ')[0])).toEqual([
      'title',
      'source',
      'items',
    ]);
  });

  test('lists each item once', () => {
    const items = [GOOD.items[0]!, { ...GOOD.items[1]!, id: 'PA001' }];
    expect(withFields({ items })).toEqual(['items 事项PA001重复列出']);
  });
});

describe('an item', () => {
  test.each(['PA1', '湘后置〔2026〕15', '1.2-3', 'a'])('may have the province’s own number %s', (id) =>
    expect(withItem({ id })).toEqual([]),
  );

  test.each([
    ['', '缺少事项编号，请填写'],
    ['x'.repeat(51), '事项编号不得超过50字'],
    ['a b', '事项编号不得含有空格、引号、顿号、逗号、分号和“~”'],
    ['a；b', '事项编号不得含有空格、引号、顿号、逗号、分号和“~”'],
    ['a~1', '事项编号不得含有空格、引号、顿号、逗号、分号和“~”'],
  ])('does not have the number “%s”', (id, message) => expect(withItem({ id })).toEqual([`items.0.id ${message}`]));

  test.each(['', 'Weather', '气象', 'a~b'])('has the code of a sector, not “%s”', (sector) =>
    expect(withItem({ sector })).toEqual(['items.0.sector 行业主管部门应填行业代码']),
  );

  test('names its sectors, so that those that nobody has are told', () => {
    const item = { ...GOOD.items[0]!, sector: 'weather', supervisingSector: 'tides' };
    const known = new Set(['tides', ...GOOD.items.map(({ sector }) => sector)]);
    expect(unknownSectors({ ...GOOD, items: [item, item] }, known)).toEqual(['weather']);
    expect(unknownSectors(GOOD, known)).toEqual([]);
  });

  test.each([
    ['name', ''],
    ['level', ''],
    ['law', '事项应注明依据的法律'],
    ['article', '事项应注明依据的条款'],
  ])('has its %s', (field, message) =>
    expect(withItem({ [field]: '' })).toEqual([expect.stringContaining(`items.0.${field} ${message}`)]),
  );

  test('has a keyword, but needs no other phrase', () => {
    expect(withItem({ keywords: [] })).toEqual(['items.0.keywords 事项至少有一个关键词']);
    expect(withItem({ synonyms: [], exclusions: [] })).toEqual([]);
  });

  test.each(['keywords', 'synonyms', 'exclusions'] as const)('lists no phrase twice, here among its %s', (list) => {
    const phrases = GOOD.items[0]![list];
    expect(withItem({ [list]: [...phrases, '餐饮服务', '餐饮服务'] })).toContain('items.0 PA001：“餐饮服务”重复列出');
  });
});

describe('a phrase', () => {
  test.each(['餐', ''])('is longer than “%s”', (phrase) =>
    expect(withItem({ synonyms: [phrase] })).toEqual(['items.0.synonyms.0 词语至少两个字：一个字会命中任何列举']),
  );

  test.each([' 餐饮', '餐饮 ', '\u3000餐饮'])('has no space around it: “%s”', (phrase) =>
    expect(withItem({ synonyms: [phrase] })).toEqual(['items.0.synonyms.0 词语前后不得有空格']),
  );

  test.each(['餐饮（外卖', '餐饮(外卖', '餐饮外卖）', '餐饮外卖)', '餐饮）外卖（', '餐饮)外卖(', '餐（（饮）'])(
    'has brackets that pair: %s',
    (phrase) => expect(withItem({ exclusions: [phrase] })).toEqual(['items.0.exclusions.0 词语中的括号应成对']),
  );

  test.each(['糕点', '餐饮（外卖）', '餐饮(外卖)', '餐饮（甲（乙））（丙)'])('may be %s', (phrase) =>
    expect(withItem({ keywords: [phrase] })).toEqual([]),
  );
});

describe('an item may name', () => {
  const basis = { law: '试用法', article: '第二条' };
  const qualifier = { phrases: ['仅销售外卖'], effect: 'filing' as const, basis };

  test('level, supervising sector and qualifiers, each with its basis; an edition of earlier versions has none', () => {
    const bases = { approvingLevel: basis, supervisingSector: basis };
    const more = { approvingLevel: 'county' as const, supervisingSector: 'tobacco' as const, bases };
    expect(
      withItem({ ...more, qualifiers: [{ ...qualifier, brackets: ['仅外卖'], approvingLevel: 'province' }] }),
    ).toEqual([]);
    const { mode: _, ...old } = GOOD.items[0]!;
    expect(catalogueSchema.parse({ ...GOOD, items: [old] }).items[0]).toEqual({ ...old, mode: 'approval' });
  });

  test.each([
    ['a level without its basis', { approvingLevel: 'county' as const }, 'items.0 PA001：审批层级应注明依据'],
    ['a sector without its basis', { supervisingSector: 'tobacco' as const }, 'items.0 PA001：监管部门应注明依据'],
    [
      'no sector twice',
      { supervisingSector: 'market-regulation' as const, bases: { supervisingSector: basis } },
      'items.0 PA001：监管部门与审批部门相同，不必另列',
    ],
    ['no phrase twice', { qualifiers: [{ ...qualifier, phrases: ['餐饮服务'] }] }, 'items.0 PA001：“餐饮服务”重复列出'],
    [
      'no level of nothing',
      { qualifiers: [{ ...qualifier, effect: 'none' as const, approvingLevel: 'county' as const }] },
      'items.0 PA001：“仅销售外卖”无须办理，没有办理的层级和部门',
    ],
    [
      'no sector of nothing',
      { qualifiers: [{ ...qualifier, effect: 'none' as const, sector: 'emergency' as const }] },
      'items.0 PA001：“仅销售外卖”无须办理，没有办理的层级和部门',
    ],
    [
      'another sector for a filing',
      { qualifiers: [{ ...qualifier, sector: 'market-regulation' as const }] },
      'items.0 PA001：“仅销售外卖”的备案部门与审批部门相同，不必另列',
    ],
    ['a phrase', { qualifiers: [{ ...qualifier, phrases: [] }] }, 'items.0.qualifiers.0.phrases 限定至少有一个词语'],
    [
      'the law',
      { qualifiers: [{ ...qualifier, basis: { law: '', article: '' } }] },
      'items.0.qualifiers.0.basis.law 应注明依据的法律',
    ],
  ])('%s', (_, fields, message) => expect(withItem(fields)).toContain(message));

  test.each([
    ['level', { approvingLevel: 'town' }],
    ['effect', { qualifiers: [{ ...qualifier, effect: 'permit' }] }],
    ['mode', { mode: 'licence' }],
  ])('no other %s', (_, fields) => expect(withItem(fields as never)).toHaveLength(1));
});
