/**
 * Composes registrations that no file holds: from the catalogue's phrases and other trades, with a seeded generator, in
 * the forms that scopes have. What each contains is known because it was put there.
 */
import type { Catalogue } from '../domain/scope/matching.ts';

export interface Labelled {
  scope: string;
  expectedItems: string[];
}

export interface Part {
  text: string;
  items: readonly string[];
}

/** Trades that need no approval. */
export const PLAIN = (
  '箱包制造 鞋帽批发 服装零售 家具销售 软件开发 广告制作 打字复印 花卉种植 装卸搬运 企业管理咨询 会议及展览服务 五金产品零售 ' +
  '日用百货销售 机械设备租赁 汽车零配件批发 物业管理 非居住房地产租赁 摄影扩印服务 家政服务 工艺美术品销售'
).split(' ');
const PLACES = '医院 诊所 宾馆 酒楼 网吧 餐馆 驾校 药店'.split(' ');
const OTHER_TRADES = '的保洁服务 管理软件开发 用品批发 的设计与装修 信息咨询 项目的投资与管理'.split(' ');
const GOODS: readonly (readonly [noun: string, retailed: readonly string[]])[] = [
  ['农药', ['PA047']],
  ['卷烟', ['PA003']],
  ['兽药', ['PA045']],
  ['食品', ['PA002']],
  ['烟花爆竹', ['PA021']],
];
/** Goods that the catalogue does not name; items in the same list must still be found. */
const OTHER_GOODS = '日用百货 农膜 家具 香烛 打火机 洗涤用品 农机配件 厨房设备 茶具'.split(' ');
/** Trades with verbs of their own: a list before one of them ends there. */
const OTHER_LISTS = '武器装备研发、生产 家具设计、制造 五金研发、批发 润滑油加工、制造 计算机软硬件开发、销售'.split(
  ' ',
);
const MADE: readonly (readonly [noun: string, made: readonly string[]])[] = [
  ['化妆品', ['PA042']],
  ['农药', ['PA046']],
  ['饲料', ['PA053']],
  ['第二类医疗器械', ['PA040']],
  ['食品', ['PA001']],
];
const QUALIFIERS = '（不产生油烟） （限分支机构经营） （凭许可证经营） （不含进口）'.split(' ');
export const LICENSED_END = '（依法须经批准的项目，经相关部门批准后方可开展经营活动）';
export const GENERAL_END = '（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）';

/** Mulberry32: the same seed gives the same registrations on every machine. */
export function generator(seed: number) {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + below(most - least + 1) }, make);
  return { below, pick, several };
}

/**
 * Each phrase of the catalogue with the items that it names, without items of prior approval. @param official omits
 * synonyms.
 */
export function partsOf(catalogue: Catalogue, official: boolean): Part[] {
  const parts = new Map<string, string[]>();
  for (const item of catalogue.items) {
    for (const text of official ? item.keywords : [...item.keywords, ...item.synonyms]) {
      const items = parts.get(text) ?? [];
      parts.set(text, item.preApproval ? items : [...items, item.id]);
    }
  }
  return [...parts].map(([text, items]) => ({ text, items }));
}

export function compose(catalogue: Catalogue, seed: number, count: number): Labelled[] {
  const { below, pick, several } = generator(seed);
  const official = partsOf(catalogue, true);
  const every = partsOf(catalogue, false);
  // A phrase with brackets of its own is used unchanged.
  const isSimple = ({ text }: Part) => !/[（(、除]/.test(text);
  const simple = every.filter(isSimple);
  const simpleOfficial = official.filter(isSimple);
  const named = (text: string, items: readonly string[] = []): Part => ({ text, items });
  const shapes: (() => Part)[] = [
    () => pick(every),
    () => named(pick(PLAIN)),
    () => {
      const part = pick(simple);
      return named(part.text + pick(QUALIFIERS), part.items);
    },
    () => {
      // In official wording, "预包装食品及糕点生产" means that the first is produced, too.
      const [first, second] = [pick(simpleOfficial), pick(simpleOfficial)];
      return named(`${first.text}及${second.text}`, [...first.items, ...second.items]);
    },
    () =>
      named(`${pick(PLAIN)}（${pick(['不含', '不包括：', '不得从事'])}${pick(simple).text}、${pick(simple).text}）`),
    () => named(`${pick(PLAIN)}（${pick(simple).text}除外）`),
    () => named(`不得从事：${pick(simple).text}、${pick(simple).text}`),
    () => named(`${pick(PLACES)}、${pick(PLACES)}${pick(OTHER_TRADES)}`),
    () => named(`${pick(PLAIN)}（用于${pick(simple).text}、${pick(simple).text}）`),
    () => {
      const goods = several(1, 3, () => pick(GOODS));
      const nouns = [...goods.map(([noun]) => noun), pick(OTHER_GOODS)].join('、');
      return named(pick([`${nouns}零售`, `零售：${nouns}`]), goods.flatMap(([, items]) => items)); // prettier-ignore
    },
    () => {
      const [noun, made] = pick(MADE);
      return named(`${noun}${pick(['研发', '设计', '的研发', '收购'])}、生产${pick(['', '、销售', '及销售'])}`, made);
    },
    () => {
      const [noun, retailed] = pick(GOODS);
      return named(`${noun}零售、${pick(OTHER_LISTS)}`, retailed);
    },
  ];
  const clauses = () => several(2, 7, () => pick(shapes)());
  const layouts: (() => Part[])[] = [
    // Where only `、` separates clauses, official wording is needed to tell where a clause ends.
    () => several(2, 7, () => (below(2) === 0 ? pick(official) : named(pick(PLAIN)))),
    clauses,
    clauses,
    clauses,
  ];
  return Array.from({ length: count }, () => {
    const style = below(layouts.length);
    const parts = layouts[style]!();
    return { scope: laidOut(parts, style), expectedItems: [...new Set(parts.flatMap(({ items }) => items))].sort() };
  });
}

function laidOut(parts: readonly Part[], style: number): string {
  const texts = parts.map(({ text }) => text);
  if (style === 0) return `${texts.join('、')}。${LICENSED_END}`;
  if (style === 1) return `${texts.map((text, index) => `（${'一二三四五六七'[index]}）${text}`).join('')}。`;
  if (style === 2) return `${texts.join('；')}。${LICENSED_END}`;
  const [first, ...others] = texts;
  return `许可项目：${first}${LICENSED_END}。一般项目：${others.join('；')}${GENERAL_END}。`;
}
