/** Qualifiers of the scope that turn a permit into a filing or into nothing, in whatever spelling they are written. */
import { describe, expect, it, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';
import { spellingsOf } from '../../domain/scope/qualifiers.ts';
import { catalogueOf } from '../support/scope-catalogue.ts';

const catalogue = loadCatalogue();
const match = createMatcher(catalogue);

/** Each hit with what it calls for: `PA002`, `PA002 filing`, `PA041 none`; each once. */
const called = (scope: string) =>
  [...new Set(match(scope).hits.map(({ itemId, qualifier }) => `${itemId}${qualifier ? ` ${qualifier.effect}` : ''}`))]
    .sort()
    .join('; ');

describe('what a scope calls for', () => {
  test.each([
    // 食品安全法第三十五条
    ['仅销售预包装食品', 'PA002 filing'],
    ['食品销售（仅销售预包装食品）', 'PA002 filing'],
    ['食品销售(仅销售预包装食品)', 'PA002 filing'],
    ['食品销售【仅销售预包装食品】', 'PA002 filing'],
    ['食品批发兼零售（仅销售预包装食品）', 'PA002 filing'],
    ['食品（仅销售预包装食品）销售', 'PA002 filing'],
    ['食品销售业务（仅销售预包装食品）', 'PA002 filing'],
    ['许可项目：食品销售（ 仅销售 预包装食品 ）。一般项目：日用品销售', 'PA002 filing'],
    ['酒类零售（仅限预包装食品）', 'PA002 filing'],
    ['食品销售（仅销售预包装食品，不含冷藏冷冻食品）', 'PA002 filing'],
    ['食品销售（仅销售预包装食品）（不含冷藏冷冻食品）', 'PA002 filing'],
    ['食用农产品零售', 'PA002 none'],
    // 医疗器械监督管理条例第三十一条、第四十一条；经营办法第四条
    ['第二类医疗器械销售', 'PA041 filing'],
    ['二类医疗器械销售', 'PA041 filing'],
    ['Ⅱ类医疗器械销售', 'PA041 filing'],
    ['第ⅱ类医疗器械经营', 'PA041 filing'],
    ['II类医疗器械批发', 'PA041 filing'],
    ['ＩＩ类医疗器械批发', 'PA041 filing'],
    ['2类医疗器械零售', 'PA041 filing'],
    ['第二类医疗器械批发、零售', 'PA041 filing'],
    ['销售第二类医疗器械', 'PA041 filing'],
    ['医疗器械（二类）销售', 'PA041 filing'],
    ['第一类医疗器械销售', 'PA041 none'],
    ['Ⅰ类医疗器械销售', 'PA041 none'],
    ['I类医疗器械销售', 'PA041 none'],
    ['第一类医疗器械生产', 'PA040 filing'],
    ['第Ⅰ类医疗器械生产', 'PA040 filing'],
    ['第一类医疗器械、第二类医疗器械销售', 'PA041 filing; PA041 none'],
    ['第二类医疗器械、第三类医疗器械销售', 'PA041; PA041 filing'],
    // 易制毒化学品管理条例第十三条
    ['第二类易制毒化学品经营', 'PA090 filing'],
    ['三类易制毒化学品销售', 'PA090 filing'],
    ['第一类易制毒化学品经营', 'PA090'],
    // 种子法第三十八条
    ['不再分装的包装种子销售', 'PA048 filing'],
    ['农作物种子经营（仅限不再分装的包装种子）', 'PA048 filing'],
    ['种子零售（仅限不再分装包装种子）', 'PA048 filing'],
    ['草种销售（仅限不再分装的包装种子）', 'PA049 filing'],
    // and their kind
    ['农药零售（仅限卫生用农药）', 'PA047 none'],
    ['卫生用农药批发', 'PA047 none'],
    ['道路货物运输（使用总质量4.5吨及以下普通货运车辆）', 'PA013 none'],
    ['总质量4.5吨及以下普通货运车辆道路货物运输（除网络货运和危险货物）', 'PA013 none'],
    ['非经营性互联网信息服务', 'PA035 filing'],
    ['中医诊所服务', 'PA043 filing'],
    ['人力资源服务（不含职业中介活动、劳务派遣服务）', 'PA059 filing'],
  ])('%s: %s', (scope, expected) => expect(called(scope)).toBe(expected));

  test.each([
    ['is not said: it is not said that nothing else is sold', '食品经营（销售预包装食品）', 'PA002'],
    ['is contradicted in its bracket', '食品销售（仅销售预包装食品、散装食品）', 'PA002'],
    ['is denied in the bracket', '食品销售（不含仅销售预包装食品）', 'PA002'],
    ['is another item’s', '食品生产（仅销售预包装食品）', 'PA001'],
    ['belongs to another clause', '食品销售；日用品销售（仅销售预包装食品）', 'PA002'],
    ['is of another class', '第三类医疗器械销售', 'PA041'],
    ['joins the clause before', '餐饮服务及食品销售（仅销售预包装食品）', 'PA002; PA002 filing'],
  ])('a permit, where the qualifier %s: %s', (_, scope, expected) => expect(called(scope)).toBe(expected));

  test.each([
    '箱包制造（不含第二类医疗器械销售）',
    '第二类医疗器械销售除外',
    '箱包制造（第二类医疗器械销售、仅销售预包装食品除外）',
    '除第二类医疗器械销售外',
    '不得从事：第二类医疗器械销售、仅销售预包装食品',
    '第二类医疗器械销售咨询',
    '日用百货零售（用于第二类医疗器械销售）',
  ])('nothing, where it is negated or another business: %s', (scope) => expect(match(scope).hits).toEqual([]));

  test('counts only permits among the items', () => {
    const { items, hits } = match('仅销售预包装食品；第一类医疗器械销售；农药零售；第二类医疗器械销售');
    expect(items).toEqual(['PA047']);
    expect(hits.map(({ itemId }) => itemId)).toEqual(['PA002', 'PA041', 'PA047', 'PA041']);
  });
});

describe('a hit that is qualified', () => {
  test('names the qualifier with its law, and marks the clause', () => {
    const scope = '日用品销售；农作物种子经营（仅限不再分装的包装种子）';
    const [hit] = match(scope).hits;
    expect(hit).toMatchObject({
      itemId: 'PA048',
      clause: '农作物种子经营（仅限不再分装的包装种子）',
      qualifier: { phrase: '仅限不再分装的包装种子', effect: 'filing', law: '种子法（2021）', article: '第三十八条' },
    });
    expect(scope.slice(hit!.start, hit!.end)).toBe('农作物种子经营');
  });

  test('says at which level the filing is made, where the permit is another’s', () => {
    expect(match('第一类医疗器械生产').hits[0]!.qualifier).toMatchObject({ approvingLevel: 'prefecture' });
    expect(match('第二类医疗器械销售').hits[0]!.qualifier).not.toHaveProperty('approvingLevel');
  });

  test('in a long list is found in linear time', () => {
    const scope = '食品销售（仅销售预包装食品）；'.repeat(20_000);
    expect(match(scope).hits).toHaveLength(20_000);
  });
});

test('every qualifier of the catalogue is honoured in every spelling, alone and behind each keyword of its item', () => {
  const wrong: string[] = [];
  for (const { id, keywords, qualifiers = [] } of catalogue.items) {
    for (const { phrases, brackets = [], effect } of qualifiers) {
      for (const phrase of phrases.flatMap(spellingsOf)) {
        const found = match(phrase);
        const own = found.hits.filter(({ itemId }) => itemId === id);
        if (own.length === 0 || own.some(({ qualifier }) => qualifier?.effect !== effect)) wrong.push(phrase);
      }
      // A phrase with a bracket of its own cannot stand in another.
      for (const said of [...phrases, ...brackets].filter((text) => /^[仅限只专]/.test(text) && !/[（(]/.test(text))) {
        for (const keyword of keywords) {
          const scope = `${keyword}（${said}）`;
          const own = match(scope).hits.filter(({ itemId }) => itemId === id);
          if (own.length === 0 || own.some(({ qualifier }) => !qualifier)) wrong.push(scope);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

it('spells out a class in every way, and leaves other phrases alone', () => {
  expect(spellingsOf('第二类医疗器械销售')).toEqual(
    expect.arrayContaining(['第二类医疗器械销售', '二类医疗器械销售', 'Ⅱ类医疗器械销售', '第II类医疗器械销售']),
  );
  expect(spellingsOf('仅销售预包装食品')).toEqual(['仅销售预包装食品']);
});

it('a pre-approval item has no qualifiers, and a keyword is none', () => {
  const qualifiers = [{ phrases: ['二类药销售'], effect: 'filing' as const, basis: { law: '法', article: '第一条' } }];
  const ofKeyword = createMatcher(catalogueOf({ PA001: { keywords: ['第二类药销售'], qualifiers } }));
  expect(ofKeyword('第二类药销售').items).toEqual(['PA001']);
  expect(ofKeyword('二类药销售').hits[0]!.qualifier!.effect).toBe('filing');
  const before = createMatcher(catalogueOf({ PA001: { keywords: ['药销售'], qualifiers, preApproval: true } }));
  expect(before('二类药销售').hits).toEqual([]);
  expect(before('药销售（二类药销售）').hits).toEqual([]);
});
