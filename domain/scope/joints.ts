/** Where another trade begins inside a clause without a separator: behind a conjunction or directly behind a bracket. */
import { KIND, characterTable, foldText } from './characters.ts';
import type { ClauseReader } from './clause.ts';
import { LONGEST_HEAD, endsInVerb, saysWhatIsDone } from './heads.ts';
import { NEGATION, negationAt } from './negation.ts';
import type { Phrase } from './phrases.ts';
import { type ScopeStructure, UNCLOSED } from './structure.ts';

const CONJUNCTIONS = '及和与或并兼';
/** Other words that end in one of these characters: 参与, 涉及. */
const INSIDE_A_WORD = /^(?:[涉普波惠遍]及|[参给赠授]与|[共温饱]和|[合兼一]并)$/;
/** The most brackets side by side before which the text of a clause is looked for. */
const MOST_BRACKETS = 4;

export class Joints {
  readonly #clause: ClauseReader;
  readonly #structure: ScopeStructure;
  #scope!: string;

  constructor(clause: ClauseReader, structure: ScopeStructure) {
    this.#clause = clause;
    this.#structure = structure;
  }

  begin(scope: string): void {
    this.#scope = scope;
  }

  /**
   * Whether a conjunction at this mark joins a known phrase to the text from `from` on. It then separates like a list mark: in
   * "会议服务及住宿服务" both are done. What it joins in "研究和试验发展" is no known phrase.
   * @param behindPhrase whether it stands right behind a known phrase, so that a mere verb may follow: "农药批发及零售"
   */
  joins(mark: number, from: number, behindPhrase: boolean): boolean {
    const at = this.#structure.position(mark);
    if (at <= from || !CONJUNCTIONS.includes(this.#scope[at]!)) return false;
    if (INSIDE_A_WORD.test(this.#scope.slice(at - 1, at + 1))) return false;
    return this.#tradeAt(endOfConjunction(this.#scope, at), mark, behindPhrase) !== null;
  }

  /**
   * Whether a trade of its own begins at `at`, directly behind the brackets of a known phrase: "食品生产（含糕点）烟草制品零售". A
   * place is one only behind a sale or service: 动物诊疗（犬猫）医院 is one word.
   */
  followsPhrase({ text }: Phrase, at: number, mark: number): boolean {
    const trade = this.#tradeAt(at, mark, false);
    return trade !== null && (trade.role === 'complete' || endsInVerb(text));
  }

  /**
   * Whether a trade of its own begins directly behind the bracket that closes at this mark. The text before the bracket must be a
   * trade, too: "自有房产租赁（不含住宿）普通货运", but not "羽毛（绒）餐饮服务".
   * @param known whether that text is a known phrase
   */
  followsBracket(closing: number, known: boolean): boolean {
    const at = this.#structure.position(closing) + 1;
    const trade = this.#tradeAt(at, closing, false);
    if (trade === null) return false;
    if (known && trade.role === 'complete') return true;
    // More goods for the same verb: "化肥（复合肥）及农药零售".
    if (!known && trade.noun !== null && CONJUNCTIONS.includes(this.#scope[at]!)) return true;
    const before = this.#textBefore(closing);
    return trade.role === 'complete' ? saysWhatIsDone(before) : endsInVerb(before);
  }

  /** The text before the bracket that closes at this mark, and before brackets side by side with it. */
  #textBefore(closing: number): string {
    const structure = this.#structure;
    const kindOf = characterTable().kind;
    let open = structure.partner(closing);
    for (let brackets = 1; brackets < MOST_BRACKETS && open > 0; brackets++) {
      const isSideBySide = structure.position(open - 1) === structure.position(open) - 1;
      if (!isSideBySide || structure.kind(open - 1) !== KIND.close || structure.partner(open - 1) === UNCLOSED) break;
      open = structure.partner(open - 1);
    }
    const end = structure.position(open);
    let from = end;
    while (from > 0 && end - from < LONGEST_HEAD && isText(kindOf[this.#scope.charCodeAt(from - 1)]!)) from--;
    return foldText(this.#scope.slice(from, end));
  }

  /** The end of the text from `from` on, at most a little more than a head: where a mark ends it or joins another trade. */
  endOfText(from: number, firstMark: number): number {
    const { count } = this.#structure;
    const farthest = Math.min(this.#scope.length, from + LONGEST_HEAD + 1);
    for (let mark = firstMark; mark < count; mark++) {
      const at = this.#structure.position(mark);
      if (at >= farthest) break;
      if (at < from) continue;
      if (this.#structure.kind(mark) !== KIND.lead || negationAt(this.#scope, at) !== NEGATION.none) return at;
      if (this.joins(mark, from, false)) return beginningOfConjunction(this.#scope, at);
    }
    return farthest;
  }

  #tradeAt(at: number, mark: number, behindPhrase: boolean): Phrase | null {
    if (!this.#clause.read(at, mark)) return null;
    const phrase = this.#clause.phrase!;
    return !behindPhrase && (phrase.role === 'verb' || phrase.role === 'taking') ? null : phrase;
  }
}

const isText = (kind: number): boolean => kind === KIND.text || kind === KIND.lead;

/** Where the conjunction ends of which this is the first or only marked character: 或 or 或者. */
export function endOfConjunction(scope: string, at: number): number {
  return scope[at] === '或' && scope[at + 1] === '者' ? at + 2 : at + 1;
}

/** Where the conjunction begins of which this is the last character: 及 or 以及. */
export function beginningOfConjunction(scope: string, at: number): number {
  return scope[at] === '及' && scope[at - 1] === '以' ? at - 1 : at;
}
