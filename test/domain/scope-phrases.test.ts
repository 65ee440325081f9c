/** Which phrases are known of a catalogue, and what each means. */
import { describe, expect, test } from 'vitest';
import { createMatcher } from '../../domain/scope/matching.ts';
import { type Phrase, isNoun, phraseBook } from '../../domain/scope/phrases.ts';
import { catalogueOf } from '../support/scope-catalogue.ts';

const catalogue = catalogueOf({
  PA001: {
    keywords: ['住宿服务', '宾馆', '（ＫＴＶ）娱乐'],
    synonyms: ['酒店', '餐饮'],
    exclusions: ['酒店清洁', '宾馆（不含餐饮）', '餐饮配送'],
  },
  PA002: { keywords: ['农药零售', '住宿服务'], synonyms: ['农药', '农药批发零售'], exclusions: ['农药包装袋销售'] },
  PA003: { keywords: ['兽药销售', '第二类、第三类医疗器械生产'], synonyms: ['零售粮油', '酒店经营', '仓储场所销售'] },
  PA004: { keywords: ['保安服务', '(ktv)娱乐'], preApproval: true, exclusions: ['保安培训'] },
  PA005: {
    keywords: ['道路运输', '饲料零售', '饲料零售批发'],
    exclusions: ['道路运输（不含危险货物）', '道路运输（不含客运）'],
  },
  PA006: { keywords: ['道路运输（不含危险货物）', '化肥销售', '化肥零售', '锅炉配件销售', '香料加工经营'] },
  PA000: { keywords: ['道路运输', '绢花零售'] },
  PA007: { keywords: ['绢花批发'] },
});
const { phrases } = phraseBook(catalogue);
const phraseOf = (text: string): Phrase | undefined => phrases.find((phrase) => phrase.text === text);
const idsOf = (text: string) => phraseOf(text)?.itemIds.join(' ');
const roleOf = (text: string) => phraseOf(text)?.role;

describe('a phrase means', () => {
  test.each([
    ['its item', '酒店', 'PA001'],
    ['all items that name it', '住宿服务', 'PA001 PA002'],
    ['no item where it needs approval beforehand', '保安服务', ''],
    ['the other item where one needs approval beforehand, in any width', '（ＫＴＶ）娱乐', 'PA001'],
    ['nothing where it is an exclusion', '酒店清洁', ''],
    ['what it means without its bracket, apart from the item that excludes it', '宾馆（不含餐饮）', ''],
    ['all items that name it, in the order of their ids', '道路运输', 'PA000 PA005'],
    ['only the items that do not exclude it', '道路运输（不含危险货物）', 'PA006'],
    ['what other items mean by it without its bracket', '道路运输（不含客运）', 'PA000'],
  ])('%s: %s → %s', (_rule, text, ids) => expect(idsOf(text)).toBe(ids));

  test('is known once, however it is written', () => {
    expect(phraseOf('(ktv)娱乐')).toBeUndefined();
    const texts = phrases.map(({ text }) => text);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
});

describe('the role of a phrase in a list', () => {
  test.each([
    ['an official keyword is complete, even a place', '宾馆', 'complete'],
    ['a synonym that is a place is bare', '酒店', 'bare'],
    ['a synonym that is a trade is complete', '农药批发零售', 'complete'],
    ['an exclusion that is about places takes the list', '酒店清洁', 'taking'],
    ['an exclusion that is a trade of its own is complete', '保安培训', 'complete'],
    ['goods that only a trade names are goods', '兽药', 'goods'],
    ['goods that the catalogue names keep their role', '农药', 'complete'],
    ['things are complete where they are an item', '锅炉配件批发', 'complete'],
    ['a verb is a verb', '零售', 'verb'],
    ['verbs that combine others are verbs', '批发兼零售', 'verb'],
    ['a trade with its verb in front is complete', '零售粮油', 'complete'],
  ])('%s: %s → %s', (_rule, text, role) => expect(roleOf(text)).toBe(role));
});

describe('goods are known with all that can be done with them', () => {
  test.each([
    ['as the catalogue says', '农药零售', 'PA002'],
    ['as a combination of verbs', '农药批发兼零售', 'PA002'],
    ['with the verb in front', '零售农药', 'PA002'],
    ['销售 as wholesale', '兽药批发', 'PA003'],
    ['销售 as retail, in front', '零售兽药', 'PA003'],
    ['a verb that needs no approval', '农药研发', ''],
    ['销售 not as wholesale where retail is named', '化肥批发', ''],
    ['both verbs where one means an item', '化肥批发零售', 'PA006'],
    ['both verbs where each means another item', '绢花批发零售', 'PA000 PA007'],
    ['not with a verb in front that means no item', '生产农药', undefined],
    ['not with other verbs where they are places', '酒店批发', undefined],
    ['not with other verbs where they are a list', '第二类、第三类医疗器械销售', undefined],
    ['not with other verbs where they are themselves a trade', '饲料零售生产', undefined],
  ])('%s: %s → %s', (_rule, text, ids) => expect(idsOf(text)).toBe(ids));

  test('and lead to their trades', () => {
    const trade = phraseOf('农药批发零售')!;
    expect([trade.verbs, trade.verbsFirst, trade.noun?.text]).toEqual([['批发', '零售'], false, '农药']);
    const front = phraseOf('零售粮油')!;
    expect([front.verbs, front.verbsFirst, front.noun?.text]).toEqual([['零售'], true, '粮油']);
    const made = phraseOf('农药研发')!;
    expect([made.verbs, made.verbsFirst, made.noun?.text]).toEqual([['研发'], false, '农药']);
    const byVerb = (text: string) =>
      [...phraseOf(text)!.byVerb!].map(([verb, phrase]) => `${verb} ${phrase.text}`).sort();
    expect(byVerb('农药')).toEqual(['批发 农药批发零售', '经营 农药零售', '销售 农药零售', '零售 农药零售']);
    expect(byVerb('兽药')).toEqual(['批发 兽药销售', '销售 兽药销售', '零售 兽药销售']);
    expect(phraseOf('批发兼零售')).toMatchObject({ verbs: ['批发', '零售'], itemIds: [], noun: null, byVerb: null });
    expect(phraseOf('住宿服务')).toMatchObject({ verbs: [], verbsFirst: false, noun: null, byVerb: null });
  });

  test('but goods that only a trade names are no trade themselves', () => {
    expect(phraseOf('香料加工')).toMatchObject({ role: 'goods', verbs: [], noun: null });
    expect(phraseOf('香料')).toBeUndefined();
  });

  test('but what is about things for them does not', () => {
    expect(phraseOf('农药包装袋销售')).toMatchObject({ role: 'taking', noun: null });
    expect(phraseOf('农药包装袋')).toBeUndefined();
  });
});

test.each([
  ['酒店', true],
  ['农药', true],
  ['宾馆', false],
  ['住宿服务', false],
  ['零售', false],
])('a text may be about goods and places: %s → %s', (text, noun) => expect(isNoun(phraseOf(text)!)).toBe(noun));

describe('words around a phrase change nothing', () => {
  const match = createMatcher(catalogueOf({ PA001: { keywords: ['代理记账'] }, PA002: { keywords: ['住宿服务'] } }));

  test.each(
    (
      '从事 经营 提供 开展 承接 承办 主营 兼营 主要 依法 含 包含 包括 仅 仅限 限 限于 许可 及 和 以及 1 9 ' +
      '凭许可证 凭有效许可证 凭资质证 在许可证有效期内 在许可证核定范围内 在许可证核定的范围内'
    ).split(' '),
  )('before it: %s', (prefix) => expect(match(`${prefix}代理记账`).items).toEqual(['PA001']));

  test.each(
    (
      '服务 业务 活动 经营 经营活动 项目 等 等服务 等业务 等项目 等经营 业务经营 服务经营 ' +
      '凭许可证经营 凭有效许可证经营 凭资质证经营'
    ).split(' '),
  )('behind it: %s', (suffix) => expect(match(`代理记账${suffix}`).items).toEqual(['PA001']));

  test.each('及 以及 和 与 或 或者 并 兼'.split(' '))('between it and the next: %s', (conjunction) =>
    expect(match(`代理记账${conjunction}住宿服务`).items).toEqual(['PA001', 'PA002']),
  );

  test.each(['设备', '用品', '管理', '咨询', '技术', '代理'])('but these do: %s', (word) =>
    expect(match(`代理记账${word}`).items).toEqual([]),
  );
});
