/** Trades: goods and what is done with them. "农药零售" is the noun 农药 with the verb 零售; members of a list may share either. */

const MAKING = ['生产', '加工', '制造'];
const SELLING = ['批发', '零售', '销售', '经营'];
/** Other verbs that lists have for goods, beside making and selling: "化妆品研发、生产", "电梯销售、安装". */
const HANDLING = '研发 设计 开发 收购 安装 维修 改造 修理 施工 养殖 饲养 屠宰 捕捞'.split(' ');
const VERBS = [...MAKING, ...SELLING, ...HANDLING];

/** Words that stand for other verbs. */
const BOTH = ['批发', '零售'];
const COMPOUNDS = new Map<string, readonly string[]>([
  ['批发零售', BOTH],
  ['批发兼零售', BOTH],
  ['零售兼批发', BOTH],
  ['批零兼营', BOTH],
  ['产销', ['生产', '销售']],
  ['经销', ['销售']],
]);

/** A text that is goods with a verb behind ("农药零售") or in front ("零售农药"). */
export interface Trade {
  noun: string;
  verbs: readonly string[];
  inFront: boolean;
}

/** Verbs that may stand in front. Not 加工 ("加工食品" is processed food), and not 制造, which scopes never put in front. */
const FRONT_VERBS = ['生产', ...SELLING, '产销', '经销'];

/** A noun that ends like this is none: "房地产开发及经营" has no goods called "房地产开发及". */
const JOINING = /[、及与和的]$/;

export function verbsOf(word: string): readonly string[] {
  return COMPOUNDS.get(word) ?? (VERBS.includes(word) ? [word] : []);
}

export function tradeOf(text: string): Trade | null {
  const behind = [...COMPOUNDS.keys(), ...VERBS].find((verb) => text.endsWith(verb) && text.length - verb.length >= 2);
  const noun = behind && text.slice(0, -behind.length);
  if (noun) return JOINING.test(noun) ? null : { noun, verbs: verbsOf(behind), inFront: false };
  const front = FRONT_VERBS.find((verb) => text.startsWith(verb) && text.length - verb.length >= 2);
  if (!front || text[front.length] === '性') return null;
  return { noun: text.slice(front.length), verbs: verbsOf(front), inFront: true };
}

/** All words that may close or begin a list of goods. */
export const VERB_WORDS: readonly string[] = [...VERBS, ...COMPOUNDS.keys()];

const SHARED = `(?:${[...COMPOUNDS.keys(), ...SELLING, ...MAKING].join('|')})`;
const CLOSING = new RegExp(`^(.*?)的?(${SHARED}(?:[与和及兼]${SHARED})*)$`);
const FRONT_SALE = /^(批发|零售|销售)(.{2,})/;

/**
 * The trade that a member names, even if its goods are in no catalogue; the goods in its list share its verbs: "酒水销售",
 * "百货的批发与零售", "零售百货".
 */
export function unknownTradeOf(text: string): Trade | null {
  const closing = CLOSING.exec(text);
  if (closing !== null) {
    const noun = closing[1]!;
    const verbs = closing[2]!.match(new RegExp(SHARED, 'g'))!.flatMap(verbsOf);
    return JOINING.test(noun) ? null : { noun, verbs, inFront: false };
  }
  const front = FRONT_SALE.exec(text);
  return front && { noun: front[2]!, verbs: [front[1]!], inFront: true };
}

export function isMaking(verb: string): boolean {
  return MAKING.includes(verb);
}

const [PI, LING, XIAO] = [0x6279, 0x96f6, 0x9500];

/** A quick test by the first code unit: false if a member does not begin with 批发, 零售 or 销售. */
export function mayBeFrontSale(unit: number): boolean {
  return unit === XIAO || unit === LING || unit === PI;
}

/**
 * Whether the verb is a sale by the maker: "食品生产、销售" says that a maker sells what it makes, which for food needs no
 * approval as 食品销售 (食品经营许可和备案管理办法第四条第二款第四项). Other goods are treated alike, as the wording is the same.
 */
export function soldByMaker(done: readonly string[], verb: string): boolean {
  return done.some(isMaking) && SELLING.includes(verb);
}

/** 制造 and 生产 are one to the law. 加工 is not: 食用农产品初加工. */
const SAME_MAKING = [
  ['制造', '生产'],
  ['生产', '制造'],
] as const;

/**
 * The verbs that another verb of the same goods implies, each with that verb: making, by either word. 销售 also means 批发 and 零售, unless the catalogue has
 * one of these two; 销售 and 经营 are retail where it has nothing nearer ("图书销售").
 */
export function impliedVerbs(verbs: Iterable<string>): readonly (readonly [verb: string, by: string])[] {
  const said = Array.from(verbs);
  const made = SAME_MAKING.filter(([verb, by]) => said.includes(by) && !said.includes(verb));
  return [...made, ...impliedSales(said)];
}

function impliedSales(said: readonly string[]): readonly (readonly [verb: string, by: string])[] {
  if (said.includes('零售'))
    return ['销售', '经营'].filter((verb) => !said.includes(verb)).map((verb) => [verb, '零售']);
  return said.includes('销售') && !said.includes('批发') ? BOTH.map((verb) => [verb, '销售']) : [];
}

/** Whether a noun is goods, judged by its verbs, and not only a place or a work (宾馆经营, 消防工程施工). */
export function areGoods(verbs: Iterable<string>): boolean {
  return Array.from(verbs).some((verb) => verb !== '经营' && (isMaking(verb) || SELLING.includes(verb)));
}

/**
 * All wordings of a noun with a verb, also of verbs that need no approval: they tell which goods a list is about,
 * "化妆品研发、生产".
 */
export function wordingsOf(noun: string): (Trade & { text: string })[] {
  return [
    ...VERB_WORDS.map((word) => ({ text: noun + word, noun, verbs: verbsOf(word), inFront: false })),
    ...FRONT_VERBS.map((verb) => ({ text: verb + noun, noun, verbs: verbsOf(verb), inFront: true })),
  ];
}
