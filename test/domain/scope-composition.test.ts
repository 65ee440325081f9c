/**
 * Scopes composed of trades in every form that parts two of them, thousands of each kind. What a scope contains is known because it
 * was put there.
 */
import { describe, expect, test } from 'vitest';
import { type Part, PLAIN, partsOf } from '../../bench/compositions.ts';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const catalogue = loadCatalogue();
const match = createMatcher(catalogue);

/** Every phrase of the catalogue without marks of its own that says what is done. */
const KNOWN = partsOf(catalogue, false).filter(
  ({ text, items }) =>
    items.length > 0 &&
    /(?:服务|销售|批发|零售|生产|制造|加工|运输|经营|施工|养殖|许可|代理|派遣|维修)$/.test(text) &&
    !/[（(、除]/.test(text),
);
const PLAIN_TRADES: readonly Part[] = [
  ...PLAIN,
  ...'自有房产租赁 技术咨询 广告设计 企业形象策划 货运代理 汽车租赁 商标代理 健身服务 仓储服务 建筑材料销售 水果种植 玩具制造'.split(
    ' ',
  ),
].map((text) => ({ text, items: [] }));
const JOINERS = '及 和 与 以及'.split(' ');
const BRACKETS = [
  '（依法须经批准的项目，经相关部门批准后方可开展经营活动）',
  '（不产生油烟、异味、废气）',
  '（限分支机构经营）',
  '（仅限自货自运）',
  '(凭许可证经营)',
  '（含网上）（限本市）',
];
const SEPARATORS = ['', '；代理记账', '、软件开发', '。'];

const itemsOf = (parts: readonly Part[]) => [...new Set(parts.flatMap(({ items }) => items))].sort();
const turn = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

interface Composed {
  scope: string;
  expected: readonly string[];
}

/** The scopes in which something else is found than was put in. */
const wrong = (composed: readonly Composed[]) =>
  composed.flatMap(({ scope, expected }) => {
    const found = match(scope).items.join(' ');
    return found === expected.join(' ') ? [] : [`${scope} → ${found}, not ${expected.join(' ')}`];
  });

/** Two words that make a third: 认证服务软件开发. */
const EXCLUSIONS = new Set(catalogue.items.flatMap(({ exclusions }) => exclusions));

/** Every pair of one and another trade, written in turn with each joiner and bracket. */
function pairs(
  first: readonly Part[],
  second: readonly Part[],
  write: (one: string, other: string, turn: number) => string,
): Composed[] {
  return first.flatMap((one, row) =>
    second.flatMap((other, column) => {
      if (EXCLUSIONS.has(one.text + other.text)) return [];
      const index = row * second.length + column;
      const rest = turn(SEPARATORS, index + row);
      const expected = itemsOf([one, other, { text: '', items: rest === '；代理记账' ? ['PA094'] : [] }]);
      return { scope: write(one.text, other.text, index) + rest, expected };
    }),
  );
}

const MANY = KNOWN.filter((_, index) => index % 3 === 0);
const FEW = KNOWN.filter((_, index) => index % 40 === 0);
const FORMS: readonly (readonly [form: string, write: (one: string, other: string, index: number) => string])[] = [
  ['a conjunction', (one, other, index) => `${one}${turn(JOINERS, index)}${other}`],
  ['a bracket', (one, other, index) => `${one}${turn(BRACKETS, index)}${other}`],
  [
    'a bracket and a conjunction',
    (one, other, index) => `${one}${turn(BRACKETS, index)}${turn(JOINERS, index + 1)}${other}`,
  ],
  [
    'a conjunction between brackets',
    (one, other, index) => `${one}${turn(BRACKETS, index)}${turn(JOINERS, index)}${other}${turn(BRACKETS, index + 2)}`,
  ],
];

describe.each(FORMS)('both trades count that stand on either side of %s', (_form, write) => {
  test.each([
    ['an unknown one and a known one', PLAIN_TRADES, MANY],
    ['a known one and an unknown one', MANY, PLAIN_TRADES],
    ['two known ones', MANY, FEW],
  ])('%s', (_which, first, second) => {
    const composed = pairs(first, second, write);
    expect(composed.length).toBeGreaterThan(3000);
    expect(wrong(composed)).toEqual([]);
  });
});

const SOLD: readonly Part[] = [
  ['卷烟', 'PA003'],
  ['食品', 'PA002'],
  ['农药', 'PA047'],
  ['兽药', 'PA045'],
  ['药品', 'PA039'],
  ['图书', 'PA030'],
  ['糕点', 'PA002'],
  ['农作物种子', 'PA048'],
].map(([text, item]) => ({ text: text!, items: [item!] }));
const MADE: readonly Part[] = [
  ['食品', 'PA001'],
  ['农药', 'PA046'],
  ['兽药', 'PA044'],
  ['饲料', 'PA053'],
  ['化妆品', 'PA042'],
  ['二类医疗器械', 'PA040'],
  ['第三类医疗器械', 'PA040'],
].map(([text, item]) => ({ text: text!, items: [item!] }));
const WARES =
  '包装材料 塑料包装制品 宠物用品 劳动保护用品 劳保用品 日用百货 办公用品 五金产品 家用电器 农膜 塑料制品 建筑材料 化工原料 玩具 文具用品 床上用品 电子产品'.split(
    ' ',
  );
const THINGS_FOR_GOODS = '粮油机械 检测仪器 加工设备 包装机械 生产设备 冷藏设备'.split(' ');

const listed = (goods: readonly Part[], last: readonly string[], verbs: readonly string[]): Composed[] =>
  goods.flatMap((one) =>
    goods.flatMap((two) =>
      last.flatMap((closer) =>
        verbs.map((verb) => ({ scope: `${one.text}、${two.text}、${closer}${verb}`, expected: itemsOf([one, two]) })),
      ),
    ),
  );
const none = (composed: readonly Composed[]) => composed.map(({ scope }) => ({ scope, expected: [] }));

describe('goods in a list', () => {
  test.each([
    ['are sold with the wares that close it', listed(SOLD, WARES, ['销售', '的销售', '零售'])],
    ['are made with the wares that close it', listed(MADE, WARES, ['生产', '的生产', '制造'])],
    ['are not what is done with things for them', none(listed(MADE, THINGS_FOR_GOODS, ['制造', '生产', '的生产']))],
  ])('%s', (_rule, composed) => {
    expect(composed.length).toBeGreaterThan(800);
    expect(wrong(composed)).toEqual([]);
  });

  test.each([
    ['生产', MADE],
    ['研发、生产', MADE],
    ['产销', MADE],
    ['零售', SOLD.filter(({ text }) => text !== '农作物种子')],
  ])('have the verb before their colon (%s：), over semicolons', (verb, goods) => {
    const composed = goods.flatMap((one) =>
      goods.flatMap((two) =>
        [...SEPARATORS, '；仪器租赁'].map((rest) => ({
          scope: `${verb}：${one.text}；${two.text}、日用百货${rest}`,
          expected: itemsOf([one, two, { text: '', items: rest === '；代理记账' ? ['PA094'] : [] }]),
        })),
      ),
    );
    expect(wrong(composed)).toEqual([]);
  });
});

/** Zero width, soft hyphen, word joiner, byte order mark, writing directions, variation selectors, a no-break space. */
const MARKS = [
  ...Array.from(
    '\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u180e\ufe0f\u034f\u00a0\u202f',
  ),
  '\u{e0100}',
];

describe('a mark that nobody sees', () => {
  test.each([
    '道路货物运输（不含危险货物）',
    '软件开发（不含餐饮服务）',
    '许可项目：餐饮服务；农药、种子零售',
    '会议服务及住宿服务',
    '除餐饮服务外，代理记账',
  ])('changes nothing wherever it stands: %s', (scope) => {
    const plain = match(scope);
    for (const mark of MARKS) {
      for (let at = 0; at <= scope.length; at++) {
        const hiding = `${scope.slice(0, at)}${mark}${scope.slice(at)}`;
        const { items, hits } = match(hiding);
        const where = `${at} ${mark.codePointAt(0)!.toString(16)}`;
        if (/\s/.test(mark) && !/[\u4e00-\u9fff]{2}/.test(scope.slice(at - 1, at + 1))) continue;
        expect([where, items]).toEqual([where, plain.items]);
        const shown = hits.map(({ start, end }) => hiding.slice(start, end).replaceAll(mark, ''));
        expect([where, shown]).toEqual([where, plain.hits.map(({ start, end }) => scope.slice(start, end))]);
      }
    }
  });

  test('is part of what is highlighted only inside of it', () => {
    const scope = '\u202a农药\u200b零售\u202c（甲\u00ad）；代理记账\ufeff';
    expect(match(scope).hits.map(({ start, end, clause }) => [scope.slice(start, end), clause])).toEqual([
      ['农药\u200b零售', '农药\u200b零售\u202c（甲\u00ad）'],
      ['代理记账', '代理记账'],
    ]);
  });
});
