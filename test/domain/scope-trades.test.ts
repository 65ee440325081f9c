/** Trades: goods and what is done with them. */
import { describe, expect, test } from 'vitest';
import {
  VERB_WORDS,
  areGoods,
  impliedVerbs,
  isMaking,
  mayBeFrontSale,
  soldByMaker,
  tradeOf,
  unknownTradeOf,
  verbsOf,
  wordingsOf,
} from '../../domain/scope/trades.ts';

/** A trade as "goods: verbs", with ＜ where the verb stands in front. */
const said = (trade: ReturnType<typeof tradeOf>) =>
  trade && `${trade.noun}${trade.inFront ? '＜' : '：'}${trade.verbs.join('+')}`;

describe('verbs', () => {
  test('are single ones, and those that combine wholesale and retail', () => {
    expect(VERB_WORDS).toEqual(
      (
        '生产 加工 制造 批发 零售 销售 经营 研发 设计 开发 收购 安装 维修 改造 修理 施工 养殖 饲养 屠宰 捕捞 ' +
        '批发零售 批发兼零售 零售兼批发 批零兼营 产销 经销'
      ).split(' '),
    );
    expect(VERB_WORDS.filter((word) => verbsOf(word).join('+') !== word)).toEqual([
      '批发零售',
      '批发兼零售',
      '零售兼批发',
      '批零兼营',
      '产销',
      '经销',
    ]);
    expect(['产销', '经销'].map(verbsOf)).toEqual([['生产', '销售'], ['销售']]);
    expect(['批发零售', '批发兼零售', '零售兼批发', '批零兼营'].map(verbsOf)).toEqual(
      Array.from({ length: 4 }, () => ['批发', '零售']),
    );
    expect(verbsOf('运输')).toEqual([]);
  });

  test('of making are three', () => expect(VERB_WORDS.filter(isMaking)).toEqual(['生产', '加工', '制造']));
});

describe('a phrase is a trade', () => {
  test.each([
    ['农药零售', '农药：零售'],
    ['农药批发零售', '农药：批发+零售'],
    ['农药批发兼零售', '农药：批发+零售'],
    ['预包装食品批零兼营', '预包装食品：批发+零售'],
    ['电梯安装', '电梯：安装'],
    ['零售农药', '农药＜零售'],
    ['生产食品', '食品＜生产'],
    ['经营卷烟', '卷烟＜经营'],
    ['产销食品', '食品＜生产+销售'],
    ['食品产销', '食品：生产+销售'],
    ['卷烟经销', '卷烟：销售'],
    ['销售盐', null],
    ['盐销售', null],
    ['加工食品', null],
    ['制造电缆', null],
    ['经营性道路客运', null],
    ['房地产开发及经营', null],
    ['食品、经营', null],
    ['药品的零售', null],
    ['餐饮服务', null],
    ['零售', null],
  ])('%s → %s', (text, expected) => expect(said(tradeOf(text))).toBe(expected));
});

describe('an unknown member is a trade', () => {
  test.each([
    ['酒水销售', '酒水：销售'],
    ['家具生产和销售', '家具：生产+销售'],
    ['百货的批发与零售', '百货：批发+零售'],
    ['百货批发兼零售', '百货：批发+零售'],
    ['百货批发及零售', '百货：批发+零售'],
    ['销售', '：销售'],
    ['的销售', '：销售'],
    ['生产及加工和销售', '：生产+加工+销售'],
    ['零售百货', '百货＜零售'],
    ['批发日用百货', '日用百货＜批发'],
    ['销售盐', null],
    ['生产百货', null],
    ['百货和销售', null],
    ['百货零售代理', null],
    ['棋牌', null],
    ['电梯安装', null],
    ['销售额统计', '额统计＜销售'],
    ['百货零售业', null],
    ['', null],
  ])('%s → %s', (text, expected) => expect(said(unknownTradeOf(text))).toBe(expected));

  test('that may begin with a sale', () => {
    const beginnings = Array.from('批零销生经酒').filter((one) => mayBeFrontSale(one.charCodeAt(0)));
    expect(beginnings.join('')).toBe('批零销');
  });
});

describe('what a maker sells', () => {
  test.each([
    [['生产'], '销售', true],
    [['研发', '加工'], '批发', true],
    [['研发'], '销售', false],
    [[], '零售', false],
    [['生产'], '安装', false],
    [['零售'], '批发', false],
  ])('needs no licence to sell: %j, %s → %s', (done, verb, by) => expect(soldByMaker(done, verb)).toBe(by));
});

describe('a verb of goods implies others', () => {
  test.each([
    ['销售 means wholesale and retail', ['销售'], '批发=销售 零售=销售'],
    ['whatever else is done', ['销售', '加工'], '批发=销售 零售=销售'],
    ['unless one of these is named for the goods', ['批发', '销售'], ''],
    ['which 销售 then is not', ['销售', '零售'], '经营=零售'],
    ['and 销售 and 经营 mean retail', ['零售'], '销售=零售 经营=零售'],
    ['but not wholesale', ['批发'], ''],
    ['and are what the catalogue says where it names them', ['零售', '销售', '经营'], ''],
    ['制造 and 生产 are one', ['生产'], '制造=生产'],
    ['in either direction', ['制造'], '生产=制造'],
    ['unless each is named', ['制造', '生产'], ''],
    ['no sale means none', ['加工'], ''],
    ['nothing means nothing', [], ''],
  ])('%s: %j → %s', (_rule, verbs, implied) =>
    expect(
      impliedVerbs(verbs)
        .map((one) => one.join('='))
        .join(' '),
    ).toBe(implied),
  );
});

describe('a noun is goods', () => {
  test.each([
    [['零售'], true],
    [['生产'], true],
    [['经营', '批发'], true],
    [['经营'], false],
    [['施工', '安装'], false],
    [[], false],
  ])('by what is done with it: %j → %s', (verbs, goods) => expect(areGoods(verbs)).toBe(goods));
});

test('the wordings of goods have any verb behind, and making or selling in front', () => {
  const wordings = wordingsOf('农药');
  expect(wordings.filter(({ inFront }) => !inFront).map(({ text }) => text)).toEqual(
    VERB_WORDS.map((word) => `农药${word}`),
  );
  expect(wordings.filter(({ inFront }) => inFront)).toEqual(
    ['生产', '批发', '零售', '销售', '经营', '产销', '经销'].map((verb) => ({
      text: `${verb}农药`,
      noun: '农药',
      verbs: verbsOf(verb),
      inFront: true,
    })),
  );
  expect(wordings.find(({ text }) => text === '农药批零兼营')).toEqual({
    text: '农药批零兼营',
    noun: '农药',
    verbs: ['批发', '零售'],
    inFront: false,
  });
});
