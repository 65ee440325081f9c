/** Recognises a known phrase at the start of a clause. */
import { KIND, characterTable, foldText, foldUnit } from './characters.ts';
import { HEADINGS, type Section, mayBeHeading } from './headings.ts';
import { LONGEST_HEAD, takesList } from './heads.ts';
import { isColon } from './negation.ts';
import { type Phrase, type PhraseBook, isNoun } from './phrases.ts';
import { type ScopeStructure, UNCLOSED } from './structure.ts';
import { NOWHERE, ROOT, Trie } from './trie.ts';

/**
 * Words that narrow the phrase before them without ending its clause: "道路货物运输不含危险货物". Bans (不得, 禁止) are not
 * listed, because a ban may be about the phrase itself.
 */
const NARROWING = new Trie(['不含', '不包括', '不包含', '不涉及', '除']);
const EXCEPTED = new Trie(['除外']);
/** How the two sentences begin that end the sections of registrations since 2019. They concern the section, not its last clause. */
const BOILERPLATE = new Trie(['（依法须经', '（除依法须经']);
const SECTIONS = HEADINGS.map(([section, texts]) => [section, new Trie(texts)] as const);
const MOST_PREFIXES = 3;
/** The most brackets and 的 that are skipped inside one phrase. */
const MOST_SKIPS = 2;
const OF = '的'.charCodeAt(0);
const OPEN = '('.charCodeAt(0);
const CLOSE = ')'.charCodeAt(0);
const JUST_OF = -2;
export const NO_TEXT = -1;

/**
 * Finds the phrase that a clause consists of. A phrase counts only if it is the whole clause, apart from listed affixes and
 * qualifiers in brackets: "食品生产专用设备制造" contains "食品生产" but is another business.
 */
export class ClauseReader {
  readonly #kindOf = characterTable().kind;
  readonly #book: PhraseBook;
  readonly #structure: ScopeStructure;
  #scope!: string;

  /** The phrase that `read` found; null where it found none. */
  phrase: Phrase | null = null;
  /** Offsets of the phrase's own characters. */
  start = 0;
  end = 0;
  /** The end of the clause's text, including its qualifiers but not the section's boilerplate. */
  clauseEnd = 0;
  /** The offset at which reading goes on. */
  next = 0;
  /** True where a conjunction follows, so that the phrase counts only with what it joins. */
  joined!: boolean;
  /** Where text follows directly behind the phrase's brackets; otherwise NO_TEXT. The phrase counts only if that is another trade. */
  behind!: number;
  /** A mark near `next` from which to search: the first mark at or behind `next` does not come before it. */
  nextMark = 0;

  constructor(book: PhraseBook, structure: ScopeStructure) {
    this.#book = book;
    this.#structure = structure;
  }

  /** @param scope the scope that `structure` has just read. */
  begin(scope: string): void {
    this.#scope = scope;
  }

  /**
   * Finds the longest known phrase that is a whole clause from `from` on, skipping the listed prefixes.
   * @param mark the first structural mark at or behind `from`
   * @returns whether there is one; it is then in `phrase`
   */
  read(from: number, mark: number): boolean {
    if (!this.#book.beginnings.possible(this.#scope, from)) return false;
    let at = from;
    for (let prefixes = 0; ; prefixes++) {
      if (this.#longest(at, mark)) return true;
      const after = prefixes < MOST_PREFIXES ? this.#endOf(this.#book.prefixes, at) : at;
      if (after === at) return false;
      at = after;
    }
  }

  /** The section whose heading begins at `at`, and where the heading ends. */
  heading(at: number): { section: Section; end: number } | null {
    if (!mayBeHeading(this.#scope.charCodeAt(at))) return null;
    for (const [section, headings] of SECTIONS) {
      const end = this.#endOf(headings, at);
      if (end !== at) return { section, end };
    }
    return null;
  }

  /** Whether the text begins with known goods or a known place, so that it may be about them: "药品检测仪器销售". */
  beginsWithNoun(from: number): boolean {
    const { clauses, phrases } = this.#book;
    let node = ROOT;
    for (let at = from; at < this.#scope.length; at++) {
      node = clauses.step(node, foldUnit(this.#scope.charCodeAt(at)));
      if (node === NOWHERE) return false;
      const value = clauses.value(node);
      if (value !== -1 && isNoun(phrases[value]!)) return true;
    }
    return false;
  }

  /** Whether a section's boilerplate begins at this bracket. */
  isBoilerplate(at: number): boolean {
    return this.#endOf(BOILERPLATE, at) !== at;
  }

  /**
   * Walks the trie from `from`. Where the walk fails, a qualifier inside the phrase is skipped: the bracket of
   * "农药（不含危险化学品）销售", the 的 of "药品的零售".
   */
  #longest(from: number, firstMark: number): boolean {
    const scope = this.#scope;
    const { clauses, phrases } = this.#book;
    this.phrase = null;
    let node = ROOT;
    let mark = firstMark;
    let skips = 0;
    let skipNode = NOWHERE;
    let skipAt = 0;
    let bracketAt = from;
    for (let at = from; at < scope.length; at++) {
      const unit = foldUnit(scope.charCodeAt(at));
      if (unit === 0) continue;
      if (node === ROOT) this.start = at;
      else if ((unit === OF || unit === OPEN) && skips < MOST_SKIPS) {
        skipNode = node;
        skipAt = at;
      }
      const before = node;
      node = clauses.step(node, unit);
      if (unit === OPEN) bracketAt = at;
      if (node === NOWHERE) {
        if (this.#saysMore(before, bracketAt, at, mark)) break;
        if (skipNode === NOWHERE) break;
        // Go back to the qualifier at which the walk left the trie, and go on behind it.
        const partner = this.#qualifier(skipAt, mark);
        if (partner === UNCLOSED) break;
        if (partner !== JUST_OF) mark = partner;
        at = partner === JUST_OF ? skipAt : this.#structure.position(partner);
        node = skipNode;
        skipNode = NOWHERE;
        skips++;
        continue;
      }
      const value = clauses.value(node);
      if (value !== -1 && this.#ends(at + 1, mark)) {
        this.phrase = phrases[value]!;
        this.nextMark = mark;
        this.end = at + 1;
        // Where other text follows, the rest of a longer phrase may still stand behind the bracket.
        if (this.behind === NO_TEXT) skipNode = NOWHERE;
      }
    }
    return this.phrase !== null;
  }

  /**
   * Whether the phrase ends with a bracket that says more in the scope: "道路货物运输（含危险货物，不含爆炸品）" is the phrase
   * "道路货物运输（含危险货物）". Does not apply to exclusions (仅销售预包装食品): more in the bracket means that more is sold.
   */
  #saysMore(node: number, bracketAt: number, at: number, firstMark: number): boolean {
    const kind = this.#kindOf[this.#scope.charCodeAt(at)]!;
    if (kind < KIND.list || kind > KIND.semicolon) return false;
    const { clauses, phrases } = this.#book;
    const closed = clauses.step(node, CLOSE);
    const phrase = closed === NOWHERE ? undefined : phrases[clauses.value(closed)];
    if (!phrase || phrase.itemIds.length === 0) return false;
    const partner = this.#structure.closing(bracketAt, firstMark);
    const end = this.#structure.position(partner) + 1;
    if (partner === UNCLOSED || !this.#ends(end, partner) || this.behind !== NO_TEXT) return false;
    this.phrase = phrase;
    this.nextMark = partner;
    this.end = end;
    return true;
  }

  /**
   * The qualifier that may be skipped at `at`.
   * @returns JUST_OF for a 的; the closing mark of a bracket that names no other trade; UNCLOSED where nothing may be skipped
   */
  #qualifier(at: number, firstMark: number): number {
    if (this.#scope.charCodeAt(at) === OF) return JUST_OF;
    const partner = this.#structure.closing(at, firstMark);
    if (partner === UNCLOSED || this.isBoilerplate(at)) return UNCLOSED;
    const end = this.#structure.position(partner);
    return takesList(foldText(this.#scope.slice(Math.max(at + 1, end - LONGEST_HEAD), end))) ? UNCLOSED : partner;
  }

  /** Whether a phrase that ends here may be a whole clause. If so, sets `next`, `clauseEnd`, `joined` and `behind`. */
  #ends(at: number, mark: number): boolean {
    const suffixed = this.#endOf(this.#book.suffixes, at);
    const end = this.#textEnd(suffixed, mark);
    if (!this.#goesOn(end)) return this.#found(suffixed, end, false, NO_TEXT);
    if (this.#kindOf[this.#scope.charCodeAt(end - 1)] === KIND.close) return this.#found(suffixed, end, false, end);
    const conjoined = this.#endOf(this.#book.conjunctions, end);
    return conjoined !== end && this.#found(conjoined, end, true, NO_TEXT);
  }

  #found(next: number, clauseEnd: number, joined: boolean, behind: number): true {
    this.next = next;
    this.clauseEnd = clauseEnd;
    this.joined = joined;
    this.behind = behind;
    return true;
  }

  /** The end of the brackets that stand at `from`; `from` itself where there is none. */
  #textEnd(from: number, firstMark: number): number {
    let mark = firstMark;
    let at = from;
    while (this.#kindOf[this.#scope.charCodeAt(at)] === KIND.open && !this.isBoilerplate(at)) {
      const partner = this.#structure.closing(at, mark);
      if (partner === UNCLOSED) break;
      mark = partner;
      at = this.#structure.position(partner) + 1;
    }
    return at;
  }

  /** Whether the clause goes on at `at` with other text than what narrows it: "羽毛（绒）及制品" is not the clause "羽毛". */
  #goesOn(at: number): boolean {
    const kind = this.#kindOf[this.#scope.charCodeAt(at)];
    if (kind === KIND.lead) return !this.#narrowed(at);
    return kind === KIND.text && !this.#isSection(at);
  }

  /** Whether a heading follows without a separator: "餐饮服务一般项目：". */
  #isSection(at: number): boolean {
    const heading = this.heading(at);
    return heading !== null && isColon(this.#scope, heading.end);
  }

  #narrowed(at: number): boolean {
    return this.#endOf(NARROWING, at) !== at && this.#endOf(EXCEPTED, at) === at;
  }

  /** The end of the longest word of `words` that begins at `at`; `at` itself where there is none. */
  #endOf(words: Trie, at: number): number {
    const scope = this.#scope;
    let end = at;
    let node = ROOT;
    for (let index = at; index < scope.length; index++) {
      node = words.step(node, foldUnit(scope.charCodeAt(index)));
      if (node === NOWHERE) break;
      if (words.value(node) !== -1) end = index + 1;
    }
    return end;
  }
}
