/**
 * Matches a registration's business scope (经营范围) against the post-approval catalogue, clause by clause (第七条).
 * The time is linear in the scope's length, whatever it contains. README.md follows one scope through all steps.
 */
import type { Catalogue } from './catalogue.ts';
import { saysIncluded, saysPurpose } from './brackets.ts';
import { KIND, characterTable, foldText } from './characters.ts';
import { ClauseReader } from './clause.ts';
import type { Section } from './headings.ts';
import { LONGEST_HEAD, endsInVerb, leavesAlone, takesList } from './heads.ts';
import { type Hit, HitList, itemsOf } from './hits.ts';
import { type Found, MemberRun } from './lists.ts';
import { NEGATION, NegationState, endOfText, hasExceptionEnd, isColon, negationAt } from './negation.ts';
import { type Phrase, phraseBook } from './phrases.ts';
import { BracketQualifiers } from './qualifiers.ts';
import { ScopeStructure, UNCLOSED } from './structure.ts';
import { mayBeFrontSale } from './trades.ts';

export type { Catalogue, CatalogueItem } from './catalogue.ts';
export type { Hit } from './hits.ts';
export type { HitQualifier } from './qualifiers.ts';

export interface MatchResult {
  /** The ids of the items whose permit the scope calls for, sorted, each once. Hits that a qualifier changes count for none. */
  items: string[];
  hits: Hit[];
  catalogueVersion: string;
}

/** The most phrases that conjunctions may join to one clause. A bound, so that long chains are not read again and again. */
const MOST_JOINED = 8;
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
    const hits = this.#hits.finish();
    return { items: itemsOf(hits), hits, catalogueVersion: this.#version };
  }

  #begin(scope: string): void {
    this.#scope = scope;
    this.#structure.read(scope);
    this.#clause.begin(scope);
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

  /**
   * Adds the hits of one clause. Of joined phrases all or none count, otherwise "饲料生产和加工设备销售" would be a hit. An
   * unknown rest is allowed if it leaves the meaning of the phrase before it: "饲料生产及销售".
   */
  #readClause(from: number, firstMark: number): void {
    const clause = this.#clause;
    if (!clause.read(from, firstMark)) return;
    const before = this.#hits.length;
    const phrases: Found[] = [];
    let last: Phrase;
    let at: number;
    let mark: number;
    do {
      const { start, end, clauseEnd } = clause;
      last = clause.phrase!;
      phrases.push({ phrase: last, start, end });
      if (last.itemIds.length > 0 || last.qualified.length > 0)
        this.#addHits({ phrase: last, start, end }, from, clauseEnd);
      at = clause.next;
      mark = clause.nextMark;
      if (!clause.joined) return this.#endClause(phrases, before, mark);
    } while (phrases.length < MOST_JOINED && clause.read(at, mark));
    const end = endOfText(this.#scope, this.#structure, at, mark);
    if (end - at > LONGEST_HEAD) return this.#hits.truncate(before);
    const rest = foldText(this.#scope.slice(at, end));
    const closed = (last.role === 'bare' || last.role === 'goods') && (endsInVerb(rest) || takesList(rest));
    if (closed || leavesAlone(last.text, rest)) this.#endClause(phrases, before, mark);
    else this.#hits.truncate(before);
    if (!closed) return;
    // The rest is the closing member for which the goods wait: "农药及农机具零售".
    this.#known = false;
    this.#textFrom = at;
  }

  #addHits({ phrase, start, end }: Found, from: number, clauseEnd: number): void {
    const clause = this.#scope.slice(from, clauseEnd);
    if (this.#hits.add(phrase, clause, start, end, this.#section)) this.#qualifiedUntil = clauseEnd;
    if (phrase.qualified.length === 0) return;
    this.#hits.addQualified(phrase, { clause, start, end, section: this.#section }, this.#frames.length > 0);
  }

  #endClause(phrases: readonly Found[], before: number, mark: number): void {
    this.#known = true;
    this.#resumeAt = this.#clause.next;
    for (const found of phrases) {
      const { itemIds, role, noun, text } = found.phrase;
      if (itemIds.length > 0) this.#opens = true;
      const remaining =
        role === 'taking' && !noun
          ? this.#run.unknown(text, this.#clause.beginsWithNoun(found.start), this.#shared)
          : this.#run.add(found, before, this.#shared);
      this.#hits.truncate(remaining);
    }
    if (this.#recordShared(this.#clause.clauseEnd)) this.#opens = true;
    // A heading may follow without a separator: "餐饮服务一般项目：日用百货销售".
    this.#startSection(this.#resumeAt, mark);
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

  #endRun(at: number, kind: number): void {
    if (isColon(this.#scope, at)) this.#run.colon();
    else if (kind >= KIND.semicolon) this.#run.endSentence();
    else this.#run.clear();
  }

  /** @returns the last mark that was handled */
  #onOpen(at: number, mark: number): number {
    this.#endText(at);
    const partner = this.#structure.partner(mark);
    if (partner !== UNCLOSED && this.#clause.isBoilerplate(at)) {
      this.#textFrom = this.#structure.position(partner) + 1;
      this.#startSection(this.#textFrom, partner);
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
    if (!this.#negation.active) this.#startSection(at + 1, mark);
  }

  #isQualifier(at: number, partner: number): boolean {
    return partner !== UNCLOSED && this.#brackets.says(this.#scope.slice(at + 1, this.#structure.position(partner)));
  }

  #weakestEnd(): number {
    return this.#structure.hasStrongSeparators() ? KIND.comma : KIND.list;
  }

  #onLead(at: number, mark: number): void {
    const negation = negationAt(this.#scope, at);
    if (negation === NEGATION.none) return;
    if (negation === NEGATION.excepted) {
      this.#takeBack();
    } else if (negation === NEGATION.exceptionEnd) {
      if (!this.#negation.endException()) return;
      this.#startClause(at + (this.#scope[at + 1] === '的' ? 2 : 1), mark);
    } else if (negation === NEGATION.names || this.#excepts(at, mark)) {
      this.#negation.start(negation, at, this.#weakestEnd());
    }
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
