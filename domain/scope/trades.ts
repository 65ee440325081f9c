/** Goods and what is done with them: "农药零售" is the noun 农药 with the verb 零售, and so lists can share either. */

const MAKING = ['生产', '加工', '制造'];
const SELLING = ['批发', '零售', '销售', '经营'];
/** What else lists say of goods, before or after making and selling them: "化妆品研发、生产", "电梯销售、安装". */
const HANDLING = '研发 设计 开发 收购 安装 维修 改造 修理 施工 养殖 饲养 屠宰 捕捞'.split(' ');
const VERBS = [...MAKING, ...SELLING, ...HANDLING];

/** Verbs said in one word. */
const BOTH = ['批发', '零售'];
const COMPOUNDS = ['批发零售', '批发兼零售', '零售兼批发', '批零兼营'];

/** What the text is, as far as it is goods with a verb behind ("农药零售") or in front ("零售农药"). */
export interface Trade {
  noun: string;
  verbs: readonly string[];
  inFront: boolean;
}

/** "加工食品" is processed food and "制造…" no wording of scopes, so these are no verbs in front. */
const FRONT_VERBS = ['生产', ...SELLING];

/** "房地产开发及经营" has no goods called "房地产开发及". */
const JOINING = /[、及与和的]$/;

export function verbsOf(word: string): readonly string[] {
  if (COMPOUNDS.includes(word)) return BOTH;
  return VERBS.includes(word) ? [word] : [];
}

export function tradeOf(text: string): Trade | null {
  const behind = [...COMPOUNDS, ...VERBS].find((verb) => text.endsWith(verb) && text.length - verb.length >= 2);
  const noun = behind && text.slice(0, -behind.length);
  if (noun) return JOINING.test(noun) ? null : { noun, verbs: verbsOf(behind), inFront: false };
  const front = FRONT_VERBS.find((verb) => text.startsWith(verb) && text.length - verb.length >= 2);
  if (!front || text[front.length] === '性') return null;
  return { noun: text.slice(front.length), verbs: [front], inFront: true };
}

/** Everything that a list of goods may be closed with or begun by, beside the goods themselves. */
export const VERB_WORDS: readonly string[] = [...VERBS, ...COMPOUNDS];

const SHARED = `(?:${[...COMPOUNDS, ...SELLING, ...MAKING].join('|')})`;
const CLOSING = new RegExp(`^(.*?)的?(${SHARED}(?:[与和及兼]${SHARED})*)$`);
const FRONT_SALE = /^(批发|零售|销售)(.{2,})$/;

/**
 * What a member says of goods that nobody need know, and so of the goods in its list: "酒水销售", "百货的批发与零售",
 * "零售百货".
 */
export function unknownTradeOf(text: string): Trade | null {
  const [, noun, said] = CLOSING.exec(text) ?? [];
  if (noun !== undefined && said) {
    const verbs = said.match(new RegExp(SHARED, 'g'))!.flatMap(verbsOf);
    return JOINING.test(noun) ? null : { noun, verbs, inFront: false };
  }
  const [, front, sold] = FRONT_SALE.exec(text) ?? [];
  return front && sold ? { noun: sold, verbs: [front], inFront: true } : null;
}

export function isMaking(verb: string): boolean {
  return MAKING.includes(verb);
}

const [PI, LING, XIAO] = [0x6279, 0x96f6, 0x9500];

/** A quick "certainly not" for members: by the first code unit of 批发, 零售 and 销售. */
export function mayBeFrontSale(unit: number): boolean {
  return unit === XIAO || unit === LING || unit === PI;
}

/**
 * "食品生产、销售" says that a maker sells what it makes, and not 食品销售: for food, no approval is needed for that
 * (食品经营许可和备案管理办法第四条第二款第四项). Other goods are read alike, as the wording is the same.
 */
export function soldByMaker(done: readonly string[], verb: string): boolean {
  return done.some(isMaking) && SELLING.includes(verb);
}

/** What is sold is sold by wholesale or retail, where the catalogue does not tell these apart for the goods. */
export function impliedBySelling(verbs: Iterable<string>): readonly string[] {
  const said = Array.from(verbs);
  return said.includes('销售') && !BOTH.some((verb) => said.includes(verb)) ? BOTH : [];
}

/** By the verbs of a noun: is it goods, and not only a place or a work (宾馆经营, 消防工程施工)? */
export function areGoods(verbs: Iterable<string>): boolean {
  return Array.from(verbs).some((verb) => verb !== '经营' && (isMaking(verb) || SELLING.includes(verb)));
}

/**
 * The wordings of all that can be done with a noun. What needs no approval says which goods a list goes on with:
 * "化妆品研发、生产".
 */
export function wordingsOf(noun: string): (Trade & { text: string })[] {
  return [
    ...VERB_WORDS.map((word) => ({ text: noun + word, noun, verbs: verbsOf(word), inFront: false })),
    ...FRONT_VERBS.map((verb) => ({ text: verb + noun, noun, verbs: [verb], inFront: true })),
  ];
}
