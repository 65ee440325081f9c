/**
 * Matches a registration's business scope (经营范围) against the post-approval catalogue, clause by clause (第七条).
 * The time is linear in the scope's length, whatever it contains. README.md follows one scope through all steps.
 */
import type { Catalogue } from './catalogue.ts';
import { saysIncluded, saysPurpose } from './brackets.ts';
import { KIND, characterTable, foldText } from './characters.ts';
import { ClauseReader, NO_TEXT } from './clause.ts';
import type { Section } from './headings.ts';
import { LONGEST_HEAD, endsInVerb, leavesAlone, standsAlone, takesList } from './heads.ts';
import { type Hit, HitList, itemsOf } from './hits.ts';
import { Joints, beginningOfConjunction, endOfConjunction } from './joints.ts';
import { type Found, MemberRun } from './lists.ts';
import { NEGATION, NegationState, hasExceptionEnd, isColon, negationAt } from './negation.ts';
import { type Phrase, phraseBook } from './phrases.ts';
import { BracketQualifiers } from './qualifiers.ts';
import { ScopeStructure, UNCLOSED } from './structure.ts';
import { mayBeFrontSale } from './trades.ts';
import { VisibleScope } from './visible.ts';

export type { Catalogue, CatalogueItem } from './catalogue.ts';
export type { Hit } from './hits.ts';
export type { HitQualifier } from './qualifiers.ts';

export interface MatchResult {
  /** The ids of the items whose permit the scope calls for, sorted, each once. Hits that a qualifier changes count for none. */
  items: string[];
  hits: Hit[];
  catalogueVersion: string;
}

/** Where the reading of a clause goes on, and where the clause ends. `mark` is one near `next`. */
interface Reading {
  next: number;
  clauseEnd: number;
  mark: number;
}

/** Bits in which the state of the clause outside a bracket is saved. */
const FLAG = { began: 1, known: 2, opens: 4 } as const;

/**
 * Prepares a catalogue for matching.
 * @param catalogue validated by `catalogueSchema`
 * @returns a function that finds the catalogue's items in a scope; any string is accepted, none makes it throw
 * @throws RangeError where the catalogue's phrases begin with more than 16,000 different characters
 */
export function createMatcher(catalogue: Catalogue): (scope: string) => MatchResult {
  const matcher = new ScopeMatcher(catalogue);
  return (scope) => matcher.match(scope);
}

/** One instance is reused for all scopes, to save allocations. Nothing of a scope is kept for the next. */
class ScopeMatcher {
  readonly #version: string;
  readonly #structure = new ScopeStructure();
  readonly #clause: ClauseReader;
  readonly #joints: Joints;
  #visible!: VisibleScope;
  /** The text of `#visible`, to which all offsets here refer. */
  #scope!: string;
  readonly #brackets: BracketQualifiers;
  readonly #hits: HitList;
  /** Up to here, brackets that say what qualifies a hit are no clauses. */
  #qualifiedUntil = 0;
  #section: Section | null = null;
  /** Marks before this offset belong to a phrase that was read already. */
  #resumeAt = 0;
  #clauseStart = 0;
  readonly #negation = new NegationState();
  /** Whether the clause is a known phrase. */
  #known!: boolean;
  /** Whether the clause begins with an item or a heading, so that its brackets may name items too. */
  #opens!: boolean;
  /** Where the text of a clause that is no known phrase begins. */
  #textFrom = 0;
  readonly #run = new MemberRun();
  readonly #shared: Found[] = [];
  /** The number of hits before the current group; a following 除外 takes back the hits after it. */
  #groupStart = 0;
  /** The state outside each closed bracket that is being read, as three numbers each. */
  readonly #frames: number[] = [];

  constructor(catalogue: Catalogue) {
    this.#version = catalogue.version;
    this.#brackets = new BracketQualifiers(catalogue);
    this.#hits = new HitList(this.#brackets);
    this.#clause = new ClauseReader(phraseBook(catalogue), this.#structure);
    this.#joints = new Joints(this.#clause, this.#structure);
  }

  match(scope: string): MatchResult {
    this.#begin(scope);
    const { count } = this.#structure;
    this.#startClause(0, 0);
    for (let mark = 0; mark < count; mark++) {
      const at = this.#structure.position(mark);
      if (at < this.#resumeAt) continue;
      const kind = this.#structure.kind(mark);
      if (kind === KIND.lead) this.#onLead(at, mark);
      else if (kind === KIND.open) mark = this.#onOpen(at, mark);
      else if (kind === KIND.close) this.#onClose(at, mark);
      else this.#onSeparator(at, mark, kind);
    }
    this.#endText(this.#scope.length);
    this.#endList(this.#scope.length);
    const hits = this.#hits.finish();
    return { items: itemsOf(hits), hits, catalogueVersion: this.#version };
  }

  #begin(written: string): void {
    this.#structure.read(written);
    this.#visible = new VisibleScope(written, this.#structure.hides);
    const scope = this.#visible.text;
    this.#scope = scope;
    if (scope !== written) this.#structure.read(scope);
    this.#clause.begin(scope);
    this.#joints.begin(scope);
    this.#hits.begin();
    this.#negation.begin(scope);
    this.#section = null;
    this.#resumeAt = this.#clauseStart = this.#groupStart = this.#qualifiedUntil = 0;
    this.#run.begin();
    this.#frames.length = 0;
  }

  #startClause(at: number, mark: number): void {
    this.#clauseStart = this.#textFrom = at;
    this.#known = this.#opens = false;
    if (!this.#negation.active && !this.#startSection(at, mark)) this.#readClause(at, mark);
  }

  /** If a heading begins at `at`, with or without a colon, reads the clause behind it as the first of its section. */
  #startSection(at: number, mark: number): boolean {
    const heading = this.#clause.heading(at);
    if (!heading) return false;
    this.#run.endSentence();
    this.#section = heading.section;
    this.#known = this.#opens = true;
    this.#groupStart = this.#hits.length;
    this.#clauseStart = this.#resumeAt = heading.end;
    this.#readClause(heading.end, mark);
    return true;
  }

  /** Adds the hits of one clause, unless text follows in it that makes another trade of its phrase: "饲料生产和加工设备销售". */
  #readClause(from: number, firstMark: number): void {
    const clause = this.#clause;
    let at = from;
    let mark = firstMark;
    while (clause.read(at, mark)) {
      mark = clause.nextMark;
      const next = this.#readPhrase(at);
      if (next === NO_TEXT) return;
      // Another trade stands behind a phrase that is bracketed itself: "道路货物运输（含危险货物）烟草制品零售".
      this.#clauseStart = this.#textFrom = at = next;
      this.#known = this.#opens = false;
    }
  }

  /** Takes the phrase just read. @returns where the next clause begins if no mark does; otherwise NO_TEXT */
  #readPhrase(from: number): number {
    const clause = this.#clause;
    const before = this.#hits.length;
    const { start, end, next, clauseEnd, nextMark: mark, joined, behind } = clause;
    const found = { phrase: clause.phrase!, start, end };
    const { itemIds, qualified } = found.phrase;
    if (itemIds.length > 0 || qualified.length > 0) this.#addHits(found, from, clauseEnd);
    if (joined) this.#readJoined(found, before, { next, clauseEnd, mark });
    else if (behind === NO_TEXT || this.#isFollowedByTrade(found.phrase, behind, mark)) {
      this.#endClause(found, before, { next, clauseEnd, mark });
      if (behind === next) return behind;
    } else this.#hits.truncate(before);
    return NO_TEXT;
  }

  /** A conjunction joins something to a phrase: another phrase, or a rest that may leave the phrase as it is, "饲料生产及销售". */
  #readJoined(found: Found, before: number, { next, clauseEnd, mark }: Reading): void {
    // Reading goes on with the conjunction, which separates what it joins.
    const reading = { next: clauseEnd, clauseEnd, mark };
    if (this.#clause.read(next, mark)) return this.#endClause(found, before, reading);
    const { role, text } = found.phrase;
    const end = this.#joints.endOfText(next, mark);
    const rest = foldText(this.#scope.slice(next, end));
    const isShort = end - next <= LONGEST_HEAD;
    const closed = isShort && (role === 'bare' || role === 'goods') && (endsInVerb(rest) || takesList(rest));
    if (closed || (isShort && leavesAlone(text, rest))) this.#endClause(found, before, reading);
    else this.#hits.truncate(before);
    if (!closed) return;
    // The rest is the closing member for which the goods wait: "农药及农机具零售".
    this.#known = false;
    this.#textFrom = next;
  }

  /** Whether the text directly behind a phrase's bracket is another trade: "餐饮服务（中式）设备" is not 餐饮服务. */
  #isFollowedByTrade(phrase: Phrase, behind: number, mark: number): boolean {
    const { role, text } = phrase;
    if (role !== 'complete') return false;
    if (this.#joints.followsPhrase(phrase, behind, mark)) return true;
    const end = this.#joints.endOfText(behind, mark);
    const rest = foldText(this.#scope.slice(behind, end));
    const joined = /^(?:以及|或者|[及和与或并兼])(.*)$/.exec(rest);
    return end - behind <= LONGEST_HEAD && (joined ? leavesAlone(text, joined[1]!) : standsAlone(text, rest));
  }

  #addHits({ phrase, start, end }: Found, from: number, clauseEnd: number): void {
    const clause = this.#visible.wording({ start: from, end: clauseEnd });
    const written = this.#visible.written({ start, end });
    const place = { clause, start: written.start, end: written.end, section: this.#section };
    if (this.#hits.add(phrase, place)) this.#qualifiedUntil = clauseEnd;
    if (phrase.qualified.length > 0) this.#hits.addQualified(phrase, place, this.#frames.length > 0);
  }

  #endClause(found: Found, before: number, { next, clauseEnd, mark }: Reading): void {
    this.#known = true;
    this.#resumeAt = next;
    const { itemIds, role, noun, text } = found.phrase;
    if (itemIds.length > 0) this.#opens = true;
    const remaining =
      role === 'taking' && !noun
        ? this.#run.unknown(text, this.#clause.beginsWithNoun(found.start), this.#shared)
        : this.#run.add(found, before, this.#shared);
    this.#hits.truncate(remaining);
    if (this.#recordShared(clauseEnd)) this.#opens = true;
    // A heading may follow without a separator: "餐饮服务一般项目：日用百货销售".
    this.#startSection(next, mark);
  }

  #recordShared(clauseEnd: number): boolean {
    if (this.#shared.length === 0) return false;
    this.#hits.expectEarlier();
    for (const found of this.#shared) this.#addHits(found, found.start, clauseEnd);
    const opens = this.#shared.some(({ phrase }) => phrase.itemIds.length > 0);
    this.#shared.length = 0;
    return opens;
  }

  /** The text of a clause ends. If it is no known phrase, it may still close the list before it. */
  #endText(at: number): void {
    if (this.#known || this.#negation.active) return;
    const from = this.#textFrom;
    // The usual case: nothing waits for the member.
    if (this.#run.isEmpty && !mayBeFrontSale(this.#scope.charCodeAt(from))) return;
    const member = foldText(this.#scope.slice(Math.max(from, at - LONGEST_HEAD), at));
    this.#hits.truncate(this.#run.unknown(member, this.#clause.beginsWithNoun(from), this.#shared));
    this.#recordShared(at);
  }

  #onSeparator(at: number, mark: number, kind: number): void {
    this.#endText(at);
    if (kind !== KIND.list) this.#endRun(at, kind);
    if (this.#frames.length > 0) {
      // In a closed bracket a negation applies until the bracket's end: （不含甲；乙）.
      if (kind >= KIND.semicolon) this.#groupStart = this.#hits.length;
    } else {
      if (kind !== KIND.list || !this.#structure.hasStrongSeparators()) this.#groupStart = this.#hits.length;
      this.#negation.separator(at, kind);
    }
    this.#negation.passed();
    this.#startClause(at + 1, mark);
  }

  /** The goods of a list that no verb closed have the verbs that the sentence began with. */
  #endList(at: number): void {
    this.#run.settle(this.#shared);
    this.#recordShared(at);
  }

  #endRun(at: number, kind: number): void {
    this.#endList(at);
    if (isColon(this.#scope, at)) this.#run.colon();
    else if (kind === KIND.stop) this.#run.endSentence();
    else if (kind === KIND.semicolon) this.#run.endEntry();
    else this.#run.clear();
  }

  /** @returns the last mark that was handled */
  #onOpen(at: number, mark: number): number {
    this.#endText(at);
    const partner = this.#structure.partner(mark);
    if (partner !== UNCLOSED && this.#clause.isBoilerplate(at)) {
      // The sentence ends its section, so a clause may follow without a separator.
      const end = this.#structure.position(partner);
      this.#textFrom = end + 1;
      this.#onSeparator(end, partner, KIND.stop);
      return partner;
    }
    if (at < this.#qualifiedUntil && this.#isQualifier(at, partner)) {
      this.#textFrom = this.#structure.position(partner) + 1;
      return partner;
    }
    const first = at === this.#clauseStart;
    const named = first || this.#opens ? !saysPurpose(this.#scope, at + 1) : saysIncluded(this.#scope, at + 1);
    // An unclosed bracket is treated as if it were not there: the next separator ends what it says.
    if (partner !== UNCLOSED) {
      const flags = (first ? FLAG.began : 0) | (this.#known ? FLAG.known : 0) | (this.#opens ? FLAG.opens : 0);
      this.#frames.push(flags, this.#groupStart, this.#negation.save());
      this.#run.enter();
      this.#negation.enter();
    }
    this.#groupStart = this.#hits.length;
    if (!named) this.#negation.silence(this.#weakestEnd());
    this.#startClause(at + 1, mark);
    return mark;
  }

  #onClose(at: number, mark: number): void {
    if (this.#structure.partner(mark) === UNCLOSED) return this.#onSeparator(at, mark, KIND.list);
    this.#endText(at);
    this.#run.leave();
    this.#negation.restore(this.#frames.pop()!);
    this.#groupStart = this.#frames.pop()!;
    const flags = this.#frames.pop()!;
    this.#textFrom = at + 1;
    if ((flags & FLAG.began) !== 0) return this.#startClause(at + 1, mark);
    this.#known = (flags & FLAG.known) !== 0;
    this.#opens = (flags & FLAG.opens) !== 0;
    if (this.#negation.active || this.#startSection(at + 1, mark)) return;
    if (this.#joints.followsBracket(mark, this.#known)) this.#onSeparator(at, mark, KIND.list);
  }

  #isQualifier(at: number, partner: number): boolean {
    return partner !== UNCLOSED && this.#brackets.says(this.#scope.slice(at + 1, this.#structure.position(partner)));
  }

  #weakestEnd(): number {
    return this.#structure.hasStrongSeparators() ? KIND.comma : KIND.list;
  }

  #onLead(at: number, mark: number): void {
    const negation = negationAt(this.#scope, at);
    if (negation === NEGATION.none) return this.#onConjunction(at, mark);
    if (negation === NEGATION.excepted) {
      this.#takeBack();
    } else if (negation === NEGATION.exceptionEnd) {
      if (!this.#negation.endException()) return;
      this.#startClause(at + (this.#scope[at + 1] === '的' ? 2 : 1), mark);
    } else if (negation === NEGATION.names || this.#excepts(at, mark)) {
      this.#negation.start(negation, at, this.#weakestEnd());
    }
  }

  #onConjunction(at: number, mark: number): void {
    if (this.#negation.active) return;
    const begin = beginningOfConjunction(this.#scope, at);
    const behindPhrase = this.#known && begin === this.#resumeAt;
    if (!this.#joints.joins(mark, this.#textFrom, behindPhrase)) return;
    this.#endText(begin);
    this.#textFrom = endOfConjunction(this.#scope, at);
    this.#onSeparator(this.#textFrom - 1, mark, KIND.list);
  }

  /**
   * Whether this 除 begins an exception. It must stand where a clause begins or a phrase has just ended, unlike 拆除 and
   * 清除, and a 外 must follow, unlike 除尘设备. In a bracket 外 may be left out: （除生产性废旧金属）.
   */
  #excepts(at: number, mark: number): boolean {
    if (at !== this.#clauseStart && at !== this.#resumeAt) return false;
    const before = characterTable().kind[this.#scope.charCodeAt(at - 1)];
    return before === KIND.open || hasExceptionEnd(this.#scope, this.#structure, mark);
  }

  /** 除外 takes back the hits of its group: "（甲、乙除外）" means that neither 甲 nor 乙 is done. */
  #takeBack(): void {
    const grouped = this.#frames.length > 0 || this.#structure.hasStrongSeparators();
    if (grouped) this.#hits.truncate(this.#groupStart);
  }
}
