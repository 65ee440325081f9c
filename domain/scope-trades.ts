/** Goods and what is done with them: "农药零售" is the noun 农药 with the verb 零售, and so lists can share either. */

const MAKING = ['生产', '加工', '制造'];
const SELLING = ['批发', '零售', '销售', '经营'];
const VERBS = [...MAKING, ...SELLING];

/** Verbs said in one word. */
const BOTH = ['批发', '零售'];
const COMPOUNDS = ['批发零售', '批发兼零售', '零售兼批发', '批零兼营'];

/** Goods that need no approval: known, so that a list that they end can still share its verb. Closed on purpose. */
const PLAIN_GOODS = (
  '日用百货 百货 日用品 日用杂品 日杂 五金 五金交电 建材 建筑材料 服装 鞋帽 服装鞋帽 针纺织品 文具 文具用品 办公用品 化妆品 ' +
  '饮料 烟具 农膜 农具 农资 化肥 肥料 工艺品 礼品 玩具 家用电器 电子产品 农副产品 农产品 水果 蔬菜 土特产品 医疗器械 消毒用品 副食 副食品 粮油 字画'
).split(' ');

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

/**
 * "食品生产、销售" says that a maker sells what it makes, and not 食品销售: for food, no approval is needed for that
 * (食品经营许可和备案管理办法第四条第二款第四项). Other goods are read alike, as the wording is the same.
 */
export function soldByMaker(done: readonly string[], verb: string): boolean {
  return done.some((word) => MAKING.includes(word)) && SELLING.includes(verb);
}

/**
 * The other wordings of what a noun's verbs mean: [text, the verbs whose items it has].
 * @param verbs those that the catalogue combines with the noun
 */
export function wordingsOf(
  noun: string,
  verbs: readonly string[],
): (readonly [text: string, verbs: readonly string[]])[] {
  const compounds = BOTH.some((verb) => verbs.includes(verb))
    ? COMPOUNDS.map((compound) => [noun + compound, BOTH.filter((verb) => verbs.includes(verb))] as const)
    : [];
  const front = FRONT_VERBS.filter((verb) => verbs.includes(verb)).map((verb) => [verb + noun, [verb]] as const);
  return [...compounds, ...front];
}

/** 日用百货销售 is a trade of its own in any list. */
export function isPlainTrade(text: string): boolean {
  const trade = tradeOf(text);
  return trade !== null && PLAIN_GOODS.includes(trade.noun);
}

export function plainGoods(): { noun: string; texts: string[] }[] {
  return PLAIN_GOODS.map((noun) => ({
    noun,
    texts: [...SELLING, ...COMPOUNDS].map((verb) => noun + verb).concat(SELLING.map((verb) => verb + noun)),
  }));
}
