/** Lists: which verb the goods of a list share, and what ends a list. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const match = createMatcher(loadCatalogue());
const items = (scope: string) => match(scope).items.join(' ');
const hitsOf = (scope: string) =>
  match(scope).hits.map(({ itemId, start, end }) => `${itemId} ${scope.slice(start, end)}`);

describe('a verb goes on with the goods before it', () => {
  test.each([
    ['卷烟、零售', 'PA003'],
    ['卷烟零售、批发', 'PA003 PA004'],
    ['卷烟零售、、批发', 'PA003 PA004'],
    ['卷烟零售及相关服务、批发', 'PA003 PA004'],
    ['预包装食品、卷烟、茶叶零售', 'PA002 PA003'],
    ['卷烟（国产；进口）、茶叶零售', 'PA003'],
    ['网吧、农药、农机具销售', 'PA005 PA047'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['but not where other goods began a list', '卷烟零售、农药、批发', 'PA003 PA047'],
    ['but not where a service stands between', '卷烟、餐饮服务、零售', 'PA002'],
    ['but not where an unknown trade stands between', '卷烟零售、会议服务、批发', 'PA003'],
    ['but not behind a comma', '卷烟，零售', ''],
    ['but not behind a semicolon', '卷烟；零售', ''],
    ['but not with things for its goods, whatever else is done with them', '食品、粮油机械生产和销售', ''],
  ])('%s: %s → %s', (_rule, scope, expected) => expect(items(scope)).toBe(expected));

  test('up to 24 goods', () => {
    expect(items(`${'卷烟、'.repeat(23)}农药、零售`)).toBe('PA003 PA047');
    expect(items(`${'卷烟、'.repeat(24)}农药、零售`)).toBe('PA003');
  });

  test('and each item is found once, in the order of the scope', () => {
    expect(hitsOf('预包装食品、卷烟、农药销售')).toEqual(['PA002 预包装食品', 'PA003 卷烟', 'PA047 农药销售']);
  });
});

describe('a verb in front goes on with what follows', () => {
  test.each([
    ['零售：卷烟', 'PA003'],
    ['零售：卷烟，农药', 'PA003 PA047'],
    ['零售：其中：卷烟', 'PA003'],
    ['批发、零售：卷烟', 'PA003 PA004'],
    ['批发、批发：卷烟', 'PA004'],
    ['零售日用百货、卷烟', 'PA003'],
    ['销售日用百货、卷烟、农药', 'PA003 PA047'],
    ['批发百货、卷烟', 'PA004'],
    ['零售：农药；卷烟', 'PA003 PA047'],
    ['零售：农药；代理记账；卷烟、食品', 'PA002 PA003 PA047 PA094'],
    ['研发、生产：化妆品；第二类医疗器械', 'PA040 PA042'],
    ['产销：食品；农药，兽药', 'PA001 PA044 PA046'],
  ])('%s → %s', (scope, expected) => expect(items(scope)).toBe(expected));

  test.each([
    ['but not behind a full stop', '零售：农药。卷烟', 'PA047'],
    ['but not without its colon behind a semicolon', '零售百货、农药；卷烟', 'PA047'],
    ['but not with goods that another verb closes', '生产：食品；农药、化肥销售', 'PA001 PA047'],
    ['but not with goods that an unknown trade is about', '零售：农药；卷烟柜', 'PA047'],
    ['but not without a colon', '批发，卷烟', ''],
    ['but not where an unknown member stands before the colon', '批发、棋牌：卷烟', ''],
    ['but not where its list has ended', '批发、农药零售：卷烟', 'PA047'],
    ['but not in the next scope', '卷烟', ''],
    ['but not where it is another service', '零售代理、卷烟', ''],
  ])('%s: %s → %s', (_rule, scope, expected) => {
    match('零售：农药、');
    expect(items(scope)).toBe(expected);
  });

  test('as one hit for each verb', () => expect(hitsOf('批发、批发：卷烟')).toEqual(['PA004 卷烟']));
});

describe('phrases that conjunctions join', () => {
  const joined = (count: number) => '餐饮服务及'.repeat(count);
  const UNKNOWN = '国内外各类大型综合性专业展览会议组织策划承办';

  test.each([
    ['count together', '餐饮服务及公章刻制', 'PA002 PA093'],
    ['count together, however many', `${joined(20)}公章刻制`, 'PA002 PA093'],
    ['count whatever joins them', '餐饮服务或者公章刻制兼代理记账以及软件开发并住宿', 'PA002 PA011 PA026 PA093 PA094'],
    ['count with an unknown trade of the same kind', '住宿服务及会议服务', 'PA011 PA026'],
    ['count with an unknown trade of 24 characters', `公章刻制；餐饮服务及${UNKNOWN}服务`, 'PA002 PA093'],
    ['do not count with a longer one', `公章刻制；餐饮服务及大${UNKNOWN}服务`, 'PA093'],
    ['count as places where the list is closed', '餐饮及文件印刷', 'PA002'],
    ['do not count as places that the list is about', '医院及学校的保洁服务', ''],
    ['do not count with a text that says something else', '餐饮服务及公章', ''],
    ['share the verb that follows', '卷烟及农药、零售', 'PA003 PA047'],
  ])('%s: %s → %s', (_rule, scope, expected) => expect(items(scope)).toBe(expected));
});

test('a phrase that contains a list is one hit', () =>
  expect(hitsOf('第二类、第三类医疗器械生产')).toEqual(['PA040 第二类、第三类医疗器械生产']));
