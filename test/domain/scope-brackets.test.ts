/** Brackets, headings and exceptions: what of them names an item, and what takes one back. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const match = createMatcher(loadCatalogue());
const items = (scope: string) => match(scope).items.join(' ');

describe('a bracket names items', () => {
  test.each([
    ['of a known trade', '代理记账（住宿服务）', 'PA011 PA026 PA094'],
    ['of goods that their list closed', '卷烟、零售（住宿服务）', 'PA003 PA011 PA026'],
    ['of a heading that other words follow', '许可项目详见许可证（餐饮服务、住宿服务）', 'PA002 PA011 PA026'],
    ['where a clause begins with it', '（餐饮服务）农药零售', 'PA002 PA047'],
    ['in the second bracket as in the first', '代理记账（甲）（住宿服务）', 'PA011 PA026 PA094'],
    ['where it says that they are included', '日用品销售（含餐饮服务）', 'PA002'],
    ['although it is never closed', '代理记账（住宿服务', 'PA011 PA026 PA094'],
    ['with words that only look like a negation', '代理记账（不锈钢餐具、住宿服务）', 'PA011 PA026 PA094'],
    ['and does not silence what follows', '日用品销售（住宿服务）；餐饮服务', 'PA002'],
  ])('%s: %s → %s', (_where, scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['of an unknown trade', '日用品销售（住宿服务）', ''],
    ['of an unknown trade, in its second bracket', '日用品销售（甲）（住宿服务）', ''],
    ['of a trade that needs no approval', '餐饮管理（住宿服务）', ''],
    ['where it says a purpose', '代理记账（面向餐饮服务、住宿服务）', 'PA094'],
    ['behind a purpose, even of an unclosed bracket', '代理记账（用于餐饮服务、住宿服务', 'PA011 PA026 PA094'],
    ['of a sentence that ends a section', '代理记账（依法须经批准的项目：住宿服务，凭许可证经营）', 'PA094'],
    ['in another list than the text around it', '卷烟（国产，进口）、茶叶零售', 'PA003'],
  ])('but not %s: %s → %s', (_where, scope, expected) => expect(items(scope)).toBe(expected));

  test.each(['用于', '为', '供', '适用', '面向', '针对', '服务于'])('that says a purpose says no item: %s', (word) =>
    expect(items(`代理记账（${word}旅店、餐饮服务、住宿服务）`)).toBe('PA094'),
  );

  test.each(['含', '包含', '包括', '其中', '兼', '另'])('that says what is included names it: %s', (word) =>
    expect(items(`日用品销售（${word}：餐饮服务）`)).toBe('PA002'),
  );

  test('and the text behind it belongs to the clause before it', () => {
    expect(items('（主营）餐饮服务')).toBe('PA002');
    expect(items('医院、学校（公立）物业管理')).toBe('PA043');
    expect(items('住宿、餐饮（甲）除尘设备销售')).toBe('PA002 PA011 PA026');
  });
});

describe('a section', () => {
  const sections = (scope: string) => match(scope).hits.map(({ itemId, section }) => `${itemId} ${section}`);

  test.each([
    ['begins with a heading', '许可项目：代理记账', ['PA094 licensed']],
    [
      'begins behind the sentence of the one before',
      '代理记账（依法须经批准的项目，甲）一般项目：农药零售',
      ['PA094 null', 'PA047 general'],
    ],
    ['begins behind a bracket', '代理记账（甲）一般项目：农药零售', ['PA094 null', 'PA047 general']],
    ['does not begin in what is not done', '不含住宿（甲）一般项目农药零售；代理记账', ['PA094 null']],
    [
      'reaches to the next',
      '许可项目：代理记账；公章刻制。一般项目：农药零售',
      ['PA094 licensed', 'PA093 licensed', 'PA047 general'],
    ],
    ['is none where there is no heading', '代理记账', ['PA094 null']],
  ])('%s: %s', (_rule, scope, expected) => expect(sections(scope)).toEqual(expected));

  test('of one scope is nothing to the next', () => {
    match('许可项目：代理记账');
    expect(sections('代理记账')).toEqual(['PA094 null']);
  });

  test('does not begin at a bracket that is never closed, whatever it says', () =>
    expect(items('代理记账（依法须经批准的项目；餐饮服务')).toBe('PA002 PA094'));
});

describe('an exception', () => {
  test.each([
    ['begins where a clause begins', '公章刻制，除餐饮服务、住宿服务、医院外', 'PA093'],
    ['begins behind a phrase', '代理记账除餐饮服务、住宿服务、医院外', 'PA094'],
    ['needs no 外 where a bracket begins with it', '代理记账（除餐饮服务、住宿服务、医院）', 'PA094'],
    ['needs one elsewhere in a bracket', '代理记账（住宿服务除虫、餐饮服务）', 'PA002 PA011 PA026 PA094'],
    ['does not begin inside of a word', '建筑物拆除、餐饮服务、仅限室外', 'PA002'],
    ['does not begin inside of a word in a bracket', '代理记账（拆除、餐饮服务）', 'PA002 PA094'],
    ['ends with 外', '除餐饮服务、住宿服务外，代理记账', 'PA094'],
    ['ends with 外的', '除餐饮服务、住宿服务外的代理记账', 'PA094'],
  ])('%s: %s → %s', (_rule, scope, expected) => expect(items(scope)).toBe(expected));
});

describe('除外 takes back', () => {
  test.each([
    ['its bracket', '代理记账（餐饮服务、农药零售除外）', 'PA094'],
    ['its bracket, over commas', '代理记账（餐饮服务，农药零售除外）', 'PA094'],
    ['its entry of a bracket, where semicolons separate', '代理记账（公章刻制；农药零售除外）', 'PA093 PA094'],
    ['its bracket, not what stands before', '公章刻制、代理记账（农药零售、餐饮服务除外）', 'PA093 PA094'],
    ['the list before it', '代理记账；农药零售、餐饮服务除外', 'PA094'],
    ['its own clause, where `、` separates clauses', '农药零售、餐饮服务除外', 'PA047'],
    ['nothing where `、` alone separates: what it is about is uncertain', '餐饮服务不含凉菜除外', 'PA002'],
    ['not what stands before a semicolon', '农药零售、除餐饮服务外；代理记账、公章刻制除外', 'PA047'],
    ['not what stands in the section before', '许可项目：农药零售、餐饮服务一般项目：代理记账除外', 'PA002 PA047'],
  ])('%s: %s → %s', (_rule, scope, expected) => expect(items(scope)).toBe(expected));
});
