/** Every phrase that the matcher knows: those of the catalogue, and the goods, verbs and wordings derived from them. */
import type { Catalogue } from './catalogue.ts';
import { Beginnings } from './beginnings.ts';
import { foldText } from './characters.ts';
import { isBare, takesList } from './heads.ts';
import { qualifiedClauses, type Qualified } from './qualifiers.ts';
import { type Trade, VERB_WORDS, areGoods, impliedVerbs, soldByMaker, tradeOf, verbsOf, wordingsOf } from './trades.ts';
import { Trie } from './trie.ts';

/**
 * The role of a phrase in a `、` list: `bare` (a place or sector) and `goods` wait for the member that closes the list;
 * `complete` closes it; `verb` is only what is done with the goods; `taking` is a trade about the bare members before it.
 */
type Role = 'complete' | 'bare' | 'goods' | 'verb' | 'taking';

export interface Phrase {
  text: string;
  /** The ids of the items that the phrase means, sorted. Empty for an exclusion, which hides shorter phrases inside it. */
  itemIds: readonly string[];
  /** The items that the phrase names without calling for their permit: 第二类医疗器械销售 is only filed. */
  qualified: readonly Qualified[];
  role: Role;
  /** What is done with the goods: 批发 and 零售 for "农药批发零售". */
  verbs: readonly string[];
  /** Whether the verbs stand in front, so that they apply to what follows: "零售卷烟、食品". */
  verbsFirst: boolean;
  /** The goods alone: 农药 for "农药零售". */
  noun: Phrase | null;
  /** Only for goods: by verb, the phrase of the goods with that verb. */
  byVerb: Map<string, Phrase> | null;
}

/**
 * Words that may stand before a phrase without changing its meaning: "从事餐饮服务" is "餐饮服务". The list is closed on
 * purpose: "个人互联网直播服务", "电子认证服务" and "非融资担保服务" are other businesses than the phrases that they end in.
 */
const PREFIXES = (
  '从事 经营 提供 开展 承接 承办 主营 兼营 主要 依法 含 包含 包括 仅 仅限 限 限于 许可 及 和 与 以及 0 1 2 3 4 5 6 7 8 9 ' +
  '凭许可证 凭有效许可证 凭资质证 在许可证有效期内 在许可证核定范围内 在许可证核定的范围内'
).split(' ');

/**
 * Words that may stand between a phrase and the end of its clause: "代理记账业务" is "代理记账". Without 设备, 用品, 销售, 管理,
 * 咨询, 技术 and 代理, because each of them makes another business (食品生产专用设备销售, 餐饮管理).
 */
const SUFFIXES = (
  '服务 业务 活动 经营 经营活动 项目 等 等服务 等业务 等项目 等经营 业务经营 服务经营 ' +
  '凭许可证经营 凭有效许可证经营 凭资质证经营'
).split(' ');

/** Words that join two phrases into one clause: "餐饮服务及住宿服务". */
const CONJUNCTIONS = '及 以及 和 与 或 或者 并 兼'.split(' ');

const QUALIFIER = /[（(][^（）()]*[）)]/g;

export interface PhraseBook {
  phrases: readonly Phrase[];
  /** Values are indexes into `phrases`. */
  clauses: Trie;
  prefixes: Trie;
  suffixes: Trie;
  conjunctions: Trie;
  beginnings: Beginnings;
}

export function phraseBook(catalogue: Catalogue): PhraseBook {
  const phrases = cataloguePhrases(catalogue);
  addTrades(phrases);
  const clauses = new Trie(phrases.map((phrase) => phrase.text));
  const prefixes = new Trie(PREFIXES);
  return {
    phrases,
    clauses,
    prefixes,
    beginnings: new Beginnings([...phrases.map((phrase) => phrase.text), ...PREFIXES]),
    suffixes: new Trie(SUFFIXES),
    conjunctions: new Trie(CONJUNCTIONS),
  };
}

function plain(text: string, itemIds: readonly string[], role: Role): Phrase {
  return { text, itemIds, qualified: [], role, verbs: [], verbsFirst: false, noun: null, byVerb: null };
}

/** The phrases of the catalogue, each once, even if several items name it. */
function cataloguePhrases(catalogue: Catalogue): Phrase[] {
  const known = new Map<string, { text: string; ids: Set<string> }>();
  const idsOf = (text: string, initial?: Set<string>) => {
    const key = foldText(text);
    const phrase = known.get(key) ?? { text, ids: new Set(initial) };
    known.set(key, phrase);
    return phrase.ids;
  };
  for (const item of catalogue.items) {
    for (const text of [...item.keywords, ...item.synonyms]) {
      const ids = idsOf(text);
      // A pre-approval keyword stays known, so that it hides shorter phrases, but it means no item (双告知 is for 后置).
      if (!item.preApproval) ids.add(item.id);
    }
  }
  for (const item of catalogue.items) {
    for (const text of item.exclusions) {
      // An exclusion excludes only its own item: "道路货物运输（不含危险货物）" is not 危险货物运输 but still 道路货物运输.
      const unqualified = known.get(foldText(text.replaceAll(QUALIFIER, '')));
      idsOf(text, unqualified?.ids).delete(item.id);
    }
  }
  const qualified = new Map<string, Qualified[]>();
  for (const { text, ...one } of qualifiedClauses(catalogue)) {
    // Read like an exclusion of its item, unless another spelling of it is a keyword.
    if (known.get(foldText(text))?.ids.has(one.itemId)) continue;
    const unqualified = known.get(foldText(text.replaceAll(QUALIFIER, '')));
    idsOf(text, unqualified?.ids).delete(one.itemId);
    qualified.set(foldText(text), [...(qualified.get(foldText(text)) ?? []), one]);
  }
  // Official keywords are complete whatever they end in; only synonyms may be bare.
  const official = new Set(catalogue.items.flatMap((item) => item.keywords));
  return [...known.values()].map(({ text, ids }) => {
    const role = official.has(text) ? 'complete' : roleOf(text, ids.size > 0);
    return { ...plain(text, [...ids].sort(), role), qualified: qualified.get(foldText(text)) ?? [] };
  });
}

function roleOf(text: string, isItem: boolean): Role {
  if (!isItem && takesList(text)) return 'taking';
  return isBare(text) ? 'bare' : 'complete';
}

/** Adds the goods and verbs that phrases are made of, and the other wordings of the same trades. */
function addTrades(phrases: Phrase[]): void {
  const known = new Map(phrases.map((phrase) => [foldText(phrase.text), phrase]));
  const ensure = (text: string, make: () => Phrase) => {
    const phrase = known.get(foldText(text)) ?? make();
    if (!known.has(foldText(text))) phrases.push(phrase);
    known.set(foldText(text), phrase);
    return phrase;
  };
  for (const phrase of phrases.slice()) {
    const trade = phrase.role === 'taking' ? null : tradeOf(phrase.text);
    if (!trade) continue;
    const noun = ensure(trade.noun, () => plain(trade.noun, [], 'goods'));
    beTrade(phrase, noun, trade);
    noun.byVerb ??= new Map<string, Phrase>();
    for (const verb of trade.verbs) if (!noun.byVerb.has(verb)) noun.byVerb.set(verb, phrase);
  }
  for (const noun of phrases.filter(hasWordings)) {
    for (const [verb, by] of impliedVerbs(noun.byVerb!.keys())) noun.byVerb!.set(verb, noun.byVerb!.get(by)!);
    for (const trade of wordingsOf(noun.text)) {
      const verbs = trade.verbs.filter((verb) => !soldByMaker(trade.verbs, verb));
      const ids = [...new Set(verbs.flatMap((verb) => noun.byVerb!.get(verb)?.itemIds ?? []))].sort();
      const qualified = onceAnItem(verbs.flatMap((verb) => noun.byVerb!.get(verb)?.qualified ?? []));
      if (trade.inFront && ids.length === 0 && qualified.length === 0) continue;
      ensure(trade.text, () => {
        const phrase = plain(trade.text, ids, roleOf(trade.text, ids.length > 0));
        return beTrade({ ...phrase, qualified }, noun, trade);
      });
    }
  }
  for (const word of VERB_WORDS) ensure(word, () => plain(word, [], 'verb')).verbs = verbsOf(word);
}

const onceAnItem = (qualified: readonly Qualified[]): Qualified[] => [
  ...new Map(qualified.map((one) => [one.itemId, one])).values(),
];

/** Whether to add other wordings of a noun: not if it is a place, a list ("第二、三类医疗器械") or itself a trade ("药品批发"). */
function hasWordings({ text, role, byVerb, verbs }: Phrase): boolean {
  return byVerb !== null && role !== 'bare' && verbs.length === 0 && !text.includes('、');
}

/** Makes a phrase a trade. With the verb in front it is complete, although "零售预包装食品" ends like a bare noun. */
function beTrade(phrase: Phrase, noun: Phrase, { verbs, inFront }: Trade): Phrase {
  return Object.assign(phrase, { noun, verbs, verbsFirst: inFront, role: inFront ? 'complete' : phrase.role });
}

/** Whether a phrase is goods or a place, so that a text that begins with it may be about it: "药品检测仪器销售". */
export function isNoun({ role, byVerb }: Phrase): boolean {
  if (role === 'bare') return true;
  // Only goods that an item names: 宠物, of which only 宠物销售 is known (to be no item), says nothing of 宠物用品.
  const named = [...(byVerb ?? [])].filter(([, trade]) => trade.itemIds.length > 0 || trade.qualified.length > 0);
  return areGoods(named.map(([verb]) => verb));
}
