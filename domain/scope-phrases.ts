/** Every phrase the matcher knows at the start of a clause: the catalogue's, and the scope's own section headings. */
import type { Catalogue } from './scope-catalogue.ts';
import { Beginnings } from './scope-beginnings.ts';
import { foldText } from './scope-characters.ts';
import { isBare, takesList } from './scope-heads.ts';
import { VERB_WORDS, plainGoods, tradeOf, verbsOf, wordingsOf } from './scope-trades.ts';
import { Trie } from './scope-trie.ts';

export type Section = 'licensed' | 'general';

/**
 * What a phrase is in a `、` list: `bare` and `goods` wait for the member that closes the list, `complete` closes it, `verb`
 * is nothing but what is done with the goods, `taking` is another trade that has the bare members for its object.
 */
type Role = 'complete' | 'bare' | 'goods' | 'verb' | 'taking';

export interface Phrase {
  text: string;
  /** Ids of the items it means, sorted. Empty for an exclusion: it hides the shorter phrases inside it. */
  itemIds: readonly string[];
  /** Set for a heading (许可项目, 一般项目), which begins a section instead of meaning an item. */
  section: Section | null;
  role: Role;
  /** What is done with the goods: of "农药批发零售" 批发 and 零售. */
  verbs: readonly string[];
  /** Are the verbs said first, so that they hold for what follows? "零售卷烟、食品" */
  verbsFirst: boolean;
  /** The goods alone: of "农药零售" 农药. */
  noun: Phrase | null;
  /** For goods: the phrase that each verb makes of them. */
  byVerb: Map<string, Phrase> | null;
}

const HEADINGS: readonly (readonly [text: string, section: Section])[] = [
  ['许可项目', 'licensed'],
  ['许可经营项目', 'licensed'],
  ['许可经营范围', 'licensed'],
  ['前置许可经营项目', 'licensed'],
  ['一般项目', 'general'],
  ['一般经营项目', 'general'],
  ['一般经营范围', 'general'],
];

/**
 * Words that may stand before a phrase without changing what is done: "从事餐饮服务" is "餐饮服务".
 * Closed list on purpose: "个人互联网直播服务", "电子认证服务", "非融资担保服务" are other businesses than what they end in.
 */
const PREFIXES =
  '从事 经营 提供 开展 承接 承办 主营 兼营 含 包含 包括 仅 仅限 限 限于 许可 及 和 以及 0 1 2 3 4 5 6 7 8 9 0'.split(
    ' ',
  );

/**
 * Words that may stand after it, before the clause ends: "代理记账业务" is "代理记账".
 * No 设备, 用品, 销售, 管理, 咨询, 技术, 代理: each makes another business (食品生产专用设备销售, 餐饮管理).
 */
const SUFFIXES = '服务 业务 活动 经营 经营活动 项目 等 等服务 等业务 等项目 等经营 业务经营 服务经营'.split(' ');

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
  const phrases = [...HEADINGS.map(([text, section]) => plain(text, [], section)), ...cataloguePhrases(catalogue)];
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

function plain(
  text: string,
  itemIds: readonly string[],
  section: Section | null = null,
  role: Role = 'complete',
): Phrase {
  return { text, itemIds, section, role, verbs: [], verbsFirst: false, noun: null, byVerb: null };
}

/** The catalogue's own, each once, whichever items name it. */
function cataloguePhrases(catalogue: Catalogue): Phrase[] {
  const byFolded = new Map<string, Set<string>>();
  const texts: [text: string, ids: Set<string>][] = [];
  const idsOf = (text: string, initial?: Set<string>) => {
    const key = foldText(text);
    const ids = byFolded.get(key) ?? new Set(initial);
    if (!byFolded.has(key)) {
      byFolded.set(key, ids);
      texts.push([text, ids]);
    }
    return ids;
  };
  for (const item of catalogue.items) {
    for (const text of [...item.keywords, ...item.synonyms]) {
      const ids = idsOf(text);
      // A pre-approval keyword stays known, so that it hides shorter ones, but pushes nothing (双告知 is for 后置).
      if (!item.preApproval) ids.add(item.id);
    }
  }
  for (const item of catalogue.items) {
    for (const text of item.exclusions) {
      // It takes away its own item only: "道路货物运输（不含危险货物）" is no 危险货物运输 and still 道路货物运输.
      const unqualified = byFolded.get(foldText(text.replaceAll(QUALIFIER, '')));
      const ids = byFolded.get(foldText(text)) ?? idsOf(text, unqualified);
      ids.delete(item.id);
    }
  }
  // The official wording is a clause wherever it stands, whatever it ends in.
  const official = new Set(catalogue.items.flatMap((item) => item.keywords));
  return texts.map(([text, ids]) => {
    return plain(text, [...ids].sort(), null, official.has(text) ? 'complete' : roleOf(text, ids.size > 0));
  });
}

function roleOf(text: string, isItem: boolean): Role {
  if (!isItem && takesList(text)) return 'taking';
  return isBare(text) ? 'bare' : 'complete';
}

/** Completes the phrases by those that they are made of, goods and verbs, and by the other wordings of these. */
function addTrades(phrases: Phrase[]): void {
  const known = new Map(phrases.map((phrase) => [foldText(phrase.text), phrase]));
  const ensure = (text: string, itemIds: readonly string[], role: Role) => {
    const phrase = known.get(foldText(text)) ?? plain(text, itemIds, null, role);
    if (!known.has(foldText(text))) phrases.push(phrase);
    known.set(foldText(text), phrase);
    return phrase;
  };
  const join = (phrase: Phrase) => {
    const trade = phrase.section || phrase.role === 'taking' ? null : tradeOf(phrase.text);
    if (!trade) return;
    const noun = ensure(trade.noun, [], 'goods');
    phrase.verbs = trade.verbs;
    phrase.verbsFirst = trade.inFront;
    phrase.noun = noun;
    phrase.role = 'complete';
    noun.byVerb ??= new Map<string, Phrase>();
    for (const verb of trade.verbs) if (!noun.byVerb.has(verb)) noun.byVerb.set(verb, phrase);
  };
  for (const phrase of phrases.filter(({ verbs }) => verbs.length === 0)) join(phrase);
  for (const { noun, texts } of plainGoods()) {
    ensure(noun, [], 'goods');
    for (const text of texts) join(ensure(text, [], 'complete'));
  }
  for (const noun of phrases.filter(({ byVerb }) => byVerb !== null)) {
    if (noun.role !== 'goods') continue;
    for (const [text, verbs] of wordingsOf(noun.text, [...noun.byVerb!.keys()])) {
      const ids = new Set(verbs.flatMap((verb) => noun.byVerb!.get(verb)!.itemIds));
      join(ensure(text, [...ids].sort(), 'complete'));
    }
  }
  for (const word of VERB_WORDS) ensure(word, [], 'verb').verbs = verbsOf(word);
}
