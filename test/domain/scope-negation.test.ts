/** The words by which a scope says what is not done, and how far they reach. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';
import { NEGATION, hasExceptionEnd, negationAt } from '../../domain/scope/negation.ts';
import { ScopeStructure } from '../../domain/scope/structure.ts';

/** @param earlier a scope that was read before, of which nothing may be found */
const structureOf = (scope: string, earlier = '除外，'.repeat(20)) => {
  const structure = new ScopeStructure();
  structure.read(earlier);
  structure.read(scope);
  return structure;
};

describe('a word is a negation', () => {
  test.each(
    (
      '不含危险化学品 不包括餐饮服务 不包含餐饮服务 不得从事餐饮服务 不从事餐饮服务 不经营卷烟 不涉及前置许可 不提供餐饮服务 ' +
      '不准零售卷烟 不许零售卷烟 不允许零售卷烟 不可从事餐饮服务 不能从事餐饮服务 严禁餐饮服务 禁止餐饮服务 除外：餐饮服务 除外:餐饮服务'
    ).split(' '),
  )('that names what is not done: %s', (scope) => expect(negationAt(scope, 0)).toBe(NEGATION.names));

  test.each([
    ['除 begins an exception', '除餐饮服务外', 0, NEGATION.exception],
    ['外 at the end of the scope ends one', '除餐饮服务外', 5, NEGATION.exceptionEnd],
    ['外 before a separator ends one', '除餐饮服务外，农药零售', 5, NEGATION.exceptionEnd],
    ['外 before a bracket’s end ends one', '（除餐饮服务外）', 6, NEGATION.exceptionEnd],
    ['外的 ends one', '除餐饮服务外的项目', 5, NEGATION.exceptionEnd],
    ['除外 excepts what stands before it', '餐饮服务除外', 4, NEGATION.excepted],
    ['除外 excepts what stands before it, whatever follows', '餐饮服务除外；', 4, NEGATION.excepted],
    ['a negation inside of a scope is found where it begins', '住宿；不含餐饮', 3, NEGATION.names],
    ['and only there', '住宿；不含餐饮', 0, NEGATION.none],
  ])('%s: %s', (_rule, scope, at, negation) => expect(negationAt(scope, at)).toBe(negation));

  test.each([
    ['不锈钢制品销售', 0],
    ['不产生油烟', 0],
    ['不动产登记代理', 0],
    ['严选商品销售', 0],
    ['禁毒宣传', 0],
    ['不可移动文物保护', 0],
    ['不外包的研发', 0],
    ['户外用品销售', 1],
    ['餐饮外卖配送', 2],
    ['涉外除虫服务', 1],
  ])('but not everywhere: %s', (scope, at) => expect(negationAt(scope, at)).toBe(NEGATION.none));
});

describe('an exception has its end in the same clause', () => {
  const clauses = (count: number) => '、甲'.repeat(count);

  test.each([
    ['right behind it', '除餐饮外，农药', true],
    ['behind a list', '除餐饮、住宿外，农药', true],
    ['behind a bracket', '除餐饮（不含（外卖），甲）外，农药', true],
    ['behind a bracket that is never closed', '除餐饮（甲外', true],
    ['behind a bracket that was never opened', '除餐饮）外', true],
    ['behind other words with 外 and 除', '除户外用品、除虫服务外', true],
    ['as far away as 23 marks', `除甲${clauses(22)}外`, true],
    ['but not farther', `除甲${clauses(23)}外`, false],
    ['not inside of a bracket', '除雪服务、餐饮服务（户外）', false],
    ['not behind a comma', '除餐饮，农药外', false],
    ['not behind a semicolon', '除餐饮；农药外', false],
    ['not behind a full stop', '除餐饮。农药外', false],
    ['not inside of a word', '除雪服务、户外用品', false],
    ['nor where the scope ends', '除雪服务', false],
  ])('%s: %s', (_where, scope, ended) => expect(hasExceptionEnd(scope, structureOf(scope), 0)).toBe(ended));
});

describe('a negation reaches', () => {
  const match = createMatcher(loadCatalogue());

  test.each([
    ['in a list only to the next `、` where `、` separates clauses', '不含餐饮服务、住宿服务', 'PA011 PA026'],
    ['to the comma', '不含餐饮服务、住宿服务，代理记账', 'PA094'],
    ['to the semicolon', '不含餐饮服务、住宿服务；代理记账', 'PA094'],
    ['not further for a separator right behind it', '不含、餐饮服务、住宿服务', 'PA011 PA026'],
    ['over the separators right behind it', '不得，，餐饮服务；代理记账', 'PA094'],
    ['over a line that begins behind its colon', '不得从事：\n餐饮服务\n代理记账', 'PA094'],
    ['over commas where a colon follows a bracket', '不得从事（含线上）：餐饮服务，住宿服务；代理记账', 'PA094'],
    ['over another negation in its list', '不得从事：餐饮服务，不含外卖，住宿服务；代理记账', 'PA094'],
    ['over a purpose in its list', '不得从事：软件开发（用于银行，住宿服务；代理记账', 'PA094'],
    ['over commas where a colon follows', '不得从事：餐饮服务，住宿服务；代理记账', 'PA094'],
    ['over commas where a colon follows later words', '不得从事国家禁止的业务：餐饮服务，住宿服务；代理记账', 'PA094'],
    [
      'no further for a colon in a later clause',
      '不含烟草，其他：餐饮服务，住宿服务；代理记账',
      'PA002 PA011 PA026 PA094',
    ],
    ['no further for a colon behind a list', '不含烟草、其他：餐饮服务，住宿服务', 'PA002 PA011 PA026'],
    [
      'no further for a colon behind a list and a bracket',
      '不含烟草、酒（甲）：餐饮服务，住宿服务',
      'PA002 PA011 PA026',
    ],
    ['over semicolons where a list is announced', '不得从事以下业务：餐饮服务；住宿服务。代理记账', 'PA094'],
    [
      'over semicolons where entries have numbers of two digits',
      '不得从事：十一、餐饮服务；十二、住宿服务。代理记账',
      'PA094',
    ],
    [
      'no further than a semicolon where only a later entry has a number',
      '不得从事：餐饮服务；2、住宿服务',
      'PA011 PA026',
    ],
    ['over semicolons where entries have numbers', '不得从事：1.餐饮服务；2.住宿服务。代理记账', 'PA094'],
    [
      'over semicolons where entries have numbers in brackets',
      '不得从事：（一）餐饮服务；（二）住宿服务。代理记账',
      'PA094',
    ],
    ['over semicolons where entries have circled numbers', '不得从事： ①餐饮服务；②住宿服务。代理记账', 'PA094'],
    ['no further than a semicolon where a number is part of a word', '不得从事：5G服务；住宿服务', 'PA011 PA026'],
    [
      'no further than a semicolon where 以下 stands long before the colon',
      '不得从事以下国家明令限制或者淘汰的高污染高能耗以及其他的产业项目：餐饮服务；住宿服务',
      'PA011 PA026',
    ],
    ['no further than a semicolon where 以下 stood before it', '以下项目不得从事：餐饮服务；住宿服务', 'PA011 PA026'],
    ['to the end of its bracket, over semicolons', '日用品销售（不含餐饮服务；住宿服务）；代理记账', 'PA094'],
    ['through a bracket inside of it', '不含餐饮服务（住宿服务）、酒吧服务；代理记账', 'PA094'],
    ['to 外 where 除 began it', '除餐饮服务、住宿服务外，代理记账', 'PA094'],
    ['to 外的', '除餐饮服务外的代理记账', 'PA094'],
    ['to the 外 outside of a bracket', '会议服务（除餐饮服务（含外卖、户外）、住宿服务外）；代理记账', 'PA094'],
    ['to no 外 inside of a bracket', '代理记账（除餐饮服务（限户外、住宿服务）、医院外）', 'PA094'],
    ['to no 外 inside of a bracket where 不含 began it', '不含代理记账（限户外、住宿服务）；公章刻制', 'PA093'],
    ['to 外 over a bracket', '除餐饮服务（外卖）、住宿服务、医院外、代理记账', 'PA094'],
    ['to `、` over a bracket', '不含餐饮服务（外卖）、住宿服务', 'PA011 PA026'],
    [
      'to the comma where a bracket that begins with 除 is never closed',
      '代理记账（除餐饮服务，住宿服务',
      'PA011 PA026 PA094',
    ],
    [
      'to the colon where a bracket that begins with 除 is never closed',
      '代理记账（除公章：餐饮服务；住宿服务',
      'PA002 PA011 PA026 PA094',
    ],
    ['nothing from a 外 that no 除 began', '承包工程，限境外（餐饮服务）', ''],
    ['to 外 over lists where `、` separates clauses', '除餐饮服务、住宿服务外、代理记账', 'PA094'],
    ['to 外 also where 不含 stands before 除', '不含除餐饮服务外、住宿服务', 'PA011 PA026'],
    ['from 不含 on also behind 除…外', '除餐饮服务外、不含住宿服务、代理记账', 'PA094'],
  ])('%s: %s', (_how, scope, items) => expect(match(scope).items.join(' ')).toBe(items));
});
