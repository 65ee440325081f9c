/** Recognises a known phrase at the start of a clause. */
import { KIND, characterTable, foldText, foldUnit } from './characters.ts';
import { HEADINGS, type Section, mayBeHeading } from './headings.ts';
import { LONGEST_HEAD, takesList } from './heads.ts';
import { isColon } from './negation.ts';
import { type Phrase, type PhraseBook, isNoun } from './phrases.ts';
import { ScopeStructure } from './structure.ts';
import { NOWHERE, ROOT, Trie } from './trie.ts';

/**
 * After a phrase these only narrow it: "道路货物运输不含危险货物". A ban (不得, 禁止) may be about the phrase itself, so it
 * is not among them.
 */
const NARROWING = new Trie(['不含', '不包括', '不包含', '不涉及', '除']);
const EXCEPTED = new Trie(['除外']);
/** The two sentences that end the sections of every registration since 2019: said of the section, not of its last clause. */
const BOILERPLATE = new Trie(['（依法须经', '（除依法须经']);
const SECTIONS = HEADINGS.map(([section, texts]) => [section, new Trie(texts)] as const);
const AFTER_THE_BRACKET = ['依'.charCodeAt(0), '除'.charCodeAt(0)] as const;
const MOST_PREFIXES = 3;
/** Brackets and 的 inside one phrase. */
const MOST_SKIPS = 2;
const OF = '的'.charCodeAt(0);
const OPEN = '('.charCodeAt(0);
const CLOSE = ')'.charCodeAt(0);
const NONE = -1;
const JUST_OF = -2;

/**
 * The rule that keeps near-misses out: a phrase counts only where it is the whole clause, apart from listed affixes and
 * bracket qualifiers. "食品生产专用设备制造" contains "食品生产" and is not a clause "食品生产".
 */
export class ClauseReader {
  readonly #kindOf = characterTable().kind;
  readonly #book: PhraseBook;
  readonly #structure: ScopeStructure;
  #scope = '';

  /** What `read` found; null where nothing. `joined`: a conjunction follows, so the rest must be known too. */
  phrase: Phrase | null = null;
  /** Offsets of the phrase's own characters. */
  start = 0;
  end = 0;
  /** Where the clause's text ends: with its qualifiers, without the section's boilerplate. */
  clauseEnd = 0;
  /** Where reading goes on. */
  next = 0;
  joined = false;
  /** A mark not after the first at or behind `next`, and near it. */
  nextMark = 0;

  constructor(book: PhraseBook, structure: ScopeStructure) {
    this.#book = book;
    this.#structure = structure;
  }

  /** The scope that `structure` has just read. */
  begin(scope: string): void {
    this.#scope = scope;
  }

  /**
   * Longest known phrase that is a whole clause from `from`, skipping the listed prefixes.
   * @param mark the first structural mark not before `from`
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

  /** Do goods or a place begin here, which a longer text may be about? "药品检测仪器销售" */
  beginsWithNoun(from: number): boolean {
    const { clauses, phrases } = this.#book;
    let node = ROOT;
    for (let at = from; at < this.#scope.length; at++) {
      const unit = foldUnit(this.#scope.charCodeAt(at));
      if (unit === 0) continue;
      node = clauses.step(node, unit);
      if (node === NOWHERE) return false;
      const value = clauses.value(node);
      if (value !== -1 && isNoun(phrases[value]!)) return true;
    }
    return false;
  }

  /** Does a section's boilerplate begin at this bracket? */
  isBoilerplate(at: number): boolean {
    const next = this.#scope.charCodeAt(at + 1);
    return (next === AFTER_THE_BRACKET[0] || next === AFTER_THE_BRACKET[1]) && this.#endOf(BOILERPLATE, at) !== at;
  }

  /**
   * Walks the trie from `from`. What stands inside a phrase and only qualifies it is skipped where the trie does not have
   * it: the bracket of "农药（不含危险化学品）销售", the 的 of "药品的零售".
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
    let bracketAt = NONE;
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
        if (bracketAt !== NONE && this.#saysMore(before, bracketAt, at, mark)) break;
        if (skipNode === NOWHERE) break;
        // Back to where the trie and the scope parted, and on behind the qualifier.
        const partner = this.#qualifier(skipAt, mark);
        if (partner === NONE) break;
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
        skipNode = NOWHERE;
      }
    }
    return this.phrase !== null;
  }

  /**
   * Does the phrase end with a bracket that goes on in the scope? "道路货物运输（含危险货物，不含爆炸品）". Not of exclusions: who
   * sells 仅销售预包装食品、散装食品 sells more.
   */
  #saysMore(node: number, bracketAt: number, at: number, firstMark: number): boolean {
    const kind = this.#kindOf[this.#scope.charCodeAt(at)]!;
    if (kind < KIND.list || kind > KIND.semicolon) return false;
    const { clauses, phrases } = this.#book;
    const closed = clauses.step(node, CLOSE);
    const phrase = closed === NOWHERE ? undefined : phrases[clauses.value(closed)];
    const mark = this.#structure.markAt(bracketAt, firstMark);
    const partner = mark < 0 ? NONE : this.#structure.partner(mark);
    if (!phrase || phrase.itemIds.length === 0 || partner < 0) return false;
    const end = this.#structure.position(partner) + 1;
    if (!this.#ends(end, partner)) return false;
    this.phrase = phrase;
    this.nextMark = partner;
    this.end = end;
    return true;
  }

  /** What may be skipped at `at`: a 的, or a bracket that is about no other trade. Of the bracket, the mark of its end. */
  #qualifier(at: number, firstMark: number): number {
    if (this.#scope.charCodeAt(at) === OF) return JUST_OF;
    const mark = this.#structure.markAt(at, firstMark);
    const partner = mark < 0 || this.isBoilerplate(at) ? NONE : this.#structure.partner(mark);
    if (partner < 0) return NONE;
    const end = this.#structure.position(partner);
    return takesList(foldText(this.#scope.slice(Math.max(at + 1, end - LONGEST_HEAD), end))) ? NONE : partner;
  }

  /** Is a phrase that ends here a whole clause? Sets `next`, `clauseEnd` and `joined` where it is. */
  #ends(at: number, mark: number): boolean {
    const bare = this.#clauseEnd(at, mark);
    if (bare !== NONE) return this.#found(at, bare, false);
    const suffixed = this.#endOf(this.#book.suffixes, at);
    const clauseEnd = suffixed === at ? NONE : this.#clauseEnd(suffixed, mark);
    if (clauseEnd !== NONE) return this.#found(suffixed, clauseEnd, false);
    const conjoined = this.#endOf(this.#book.conjunctions, suffixed);
    return conjoined !== suffixed && this.#found(conjoined, suffixed, true);
  }

  #found(next: number, clauseEnd: number, joined: boolean): true {
    this.next = next;
    this.clauseEnd = clauseEnd;
    this.joined = joined;
    return true;
  }

  /** End of the clause, qualifiers included, if nothing but qualifiers stands between `from` and its end. */
  #clauseEnd(from: number, firstMark: number): number {
    let mark = firstMark;
    for (let at = this.#visible(from); ; at = this.#visible(at)) {
      if (at >= this.#scope.length) return at;
      const kind = this.#kindOf[this.#scope.charCodeAt(at)]!;
      if (kind === KIND.text) return this.#isSection(at) ? at : NONE;
      if (kind === KIND.lead && !this.#narrowed(at)) return NONE;
      if (kind !== KIND.open || this.isBoilerplate(at)) return at;
      // A qualifier: what decides is the character after it ("羽毛（绒）及制品" is no clause "羽毛").
      mark = this.#structure.markAt(at, mark);
      const partner = mark < 0 ? NONE : this.#structure.partner(mark);
      if (partner < 0) return at;
      mark = partner;
      at = this.#structure.position(partner) + 1;
    }
  }

  /** A heading that nothing separates from the clause before it: "餐饮服务一般项目：". */
  #isSection(at: number): boolean {
    const heading = this.heading(at);
    return heading !== null && isColon(this.#scope, heading.end);
  }

  #narrowed(at: number): boolean {
    return this.#endOf(NARROWING, at) !== at && this.#endOf(EXCEPTED, at) === at;
  }

  /** End of the longest word of `words` at `at`; `at` itself where there is none. */
  #endOf(words: Trie, at: number): number {
    const scope = this.#scope;
    let end = at;
    let node = ROOT;
    for (let index = at; index < scope.length; index++) {
      const unit = foldUnit(scope.charCodeAt(index));
      if (unit === 0) continue;
      node = words.step(node, unit);
      if (node === NOWHERE) break;
      if (words.value(node) !== -1) end = index + 1;
    }
    return end;
  }

  /** First visible code unit at or after `at`. */
  #visible(at: number): number {
    let index = at;
    while (index < this.#scope.length && foldUnit(this.#scope.charCodeAt(index)) === 0) index++;
    return index;
  }
}
