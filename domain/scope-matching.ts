/**
 * Matching a registration's business scope (经营范围) against the post-approval catalogue, clause by clause (第七条).
 * Pure: no clock, no I/O. Time is linear in the scope's length, whatever it contains.
 */
import type { Catalogue } from './scope-catalogue.ts';
import { KIND } from './scope-characters.ts';
import { ClauseReader } from './scope-clause.ts';
import { type Section, phraseBook } from './scope-phrases.ts';
import { NEGATION, negationAt } from './scope-negation.ts';
import { ScopeStructure } from './scope-structure.ts';

export type { Catalogue, CatalogueItem } from './scope-catalogue.ts';

/** Why an item was found. Offsets count UTF-16 code units of the original scope, for highlighting. */
export interface Hit {
  itemId: string;
  /** The catalogue's keyword or synonym. */
  keyword: string;
  /** The clause it stands in, qualifiers included. */
  clause: string;
  start: number;
  end: number;
  /** 许可项目, 一般项目, or null in a scope without sections. */
  section: Section | null;
}

export interface MatchResult {
  /** Ids of the items the scope contains: sorted, each once. */
  items: string[];
  hits: Hit[];
  catalogueVersion: string;
}

/** Phrases that conjunctions join to one clause. A bound, so that unfinished chains are not read again and again. */
const MOST_JOINED = 8;
/** In marks. A bound, so that a scope of nothing but 除 is still read in linear time. */
const FARTHEST_EXCEPTION_END = 24;

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

/** Holds what is reused from scope to scope; between two calls it remembers nothing. */
class ScopeMatcher {
  readonly #version: string;
  readonly #structure = new ScopeStructure();
  readonly #clause: ClauseReader;
  #scope = '';
  #hits: Hit[] = [];
  #section: Section | null = null;
  /** Reading resumes here: marks before it belong to a phrase already read. */
  #resumeAt = 0;
  #clauseStart = 0;
  /** Within 不含…, 不得…, 除…: what is named is what the enterprise does not do. */
  #negated = false;
  /** Within 除…, which 外 ends. */
  #excepting = false;
  /** Where the negation word ended: a separator right after it separates nothing. */
  #negatedFrom = 0;
  /** Hits that a following 除外 takes back begin here. */
  #groupStart = 0;
  /** For each closed bracket that we are in: the state outside it, as two numbers. */
  #frames: number[] = [];

  constructor(catalogue: Catalogue) {
    this.#version = catalogue.version;
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
    const hits = this.#hits;
    // A scope is not kept alive by the matcher that read it.
    this.#scope = '';
    this.#clause.begin('');
    return { items: itemsOf(hits), hits, catalogueVersion: this.#version };
  }

  #begin(scope: string): void {
    this.#scope = scope;
    this.#structure.read(scope);
    this.#clause.begin(scope);
    this.#hits = [];
    this.#section = null;
    this.#resumeAt = this.#clauseStart = this.#negatedFrom = this.#groupStart = 0;
    this.#negated = this.#excepting = false;
    if (this.#frames.length > 0) this.#frames = [];
  }

  #startClause(at: number, mark: number): void {
    this.#clauseStart = at;
    if (!this.#negated) this.#readClause(at, mark);
  }

  /** Records the phrases of one clause; of joined phrases all or none, or "饲料生产和加工设备销售" would be a hit. */
  #readClause(from: number, mark: number): void {
    const clause = this.#clause;
    const before = this.#hits.length;
    let at = from;
    for (let joined = 0; joined < MOST_JOINED && clause.read(at, mark) && clause.phrase; joined++) {
      if (clause.phrase.section) this.#section = clause.phrase.section;
      this.#record(from);
      at = clause.next;
      if (!clause.joined) {
        this.#resumeAt = at;
        return;
      }
    }
    if (this.#hits.length > before) this.#hits.length = before;
  }

  #record(from: number): void {
    const { phrase, start, end, clauseEnd } = this.#clause;
    if (!phrase || phrase.itemIds.length === 0) return;
    const clause = this.#scope.slice(from, clauseEnd);
    for (const itemId of phrase.itemIds) {
      this.#hits.push({ itemId, keyword: phrase.text, clause, start, end, section: this.#section });
    }
  }

  #onSeparator(at: number, mark: number, kind: number): void {
    if (this.#frames.length > 0) {
      // In a bracket that is closed, a negation holds to the bracket's end: （不含甲；乙）.
      if (kind >= KIND.semicolon) this.#groupStart = this.#hits.length;
    } else if (kind !== KIND.list || !this.#structure.hasStrongSeparators()) {
      this.#groupStart = this.#hits.length;
      if (at > this.#negatedFrom && !(this.#excepting && kind === KIND.list)) this.#negated = this.#excepting = false;
    }
    this.#startClause(at + 1, mark + 1);
  }

  /** @returns the last mark dealt with */
  #onOpen(at: number, mark: number): number {
    const partner = this.#structure.partner(mark);
    if (partner >= 0 && this.#clause.isBoilerplate(at)) {
      this.#readHeading(this.#structure.position(partner) + 1, partner + 1);
      return partner;
    }
    // A bracket that is never closed has no end to wait for: a separator ends what it says, as if it were not there.
    if (partner >= 0) {
      const flags = (this.#negated ? 1 : 0) + (this.#excepting ? 2 : 0) + (at === this.#clauseStart ? 4 : 0);
      this.#frames.push(flags, this.#groupStart);
      this.#excepting = false;
    }
    this.#groupStart = this.#hits.length;
    this.#startClause(at + 1, mark + 1);
    return mark;
  }

  #onClose(at: number, mark: number): void {
    if (this.#structure.partner(mark) < 0 || this.#frames.length === 0) return;
    this.#groupStart = this.#frames.pop()!;
    const flags = this.#frames.pop()!;
    this.#negated = (flags & 1) !== 0;
    this.#excepting = (flags & 2) !== 0;
    if ((flags & 4) !== 0) this.#startClause(at + 1, mark + 1);
    else if (!this.#negated) this.#readHeading(at + 1, mark + 1);
  }

  /** The clause goes on after its qualifier, so only a heading may begin here: "…经营活动）一般项目：". */
  #readHeading(at: number, mark: number): void {
    if (!this.#clause.read(at, mark) || !this.#clause.phrase?.section) return;
    this.#section = this.#clause.phrase.section;
    this.#resumeAt = this.#clause.next;
  }

  #onLead(at: number, mark: number): void {
    const negation = negationAt(this.#scope, at);
    if (negation === NEGATION.none) return;
    if (negation === NEGATION.excepted) {
      this.#takeBack();
    } else if (negation === NEGATION.exceptionEnd) {
      if (!this.#excepting) return;
      this.#negated = this.#excepting = false;
      this.#startClause(at + (this.#scope[at + 1] === '的' ? 2 : 1), mark + 1);
    } else if (negation === NEGATION.names || this.#excepts(at, mark)) {
      this.#negated = true;
      this.#excepting = negation === NEGATION.exception;
      this.#negatedFrom = at + 2;
    }
  }

  /**
   * Is this 除 an exception? Only where a clause begins or a phrase has just ended, as 拆除 and 清除 except nothing; and
   * only with its 外, as 除尘设备 does not either. A bracket may leave 外 out: （除生产性废旧金属）.
   */
  #excepts(at: number, mark: number): boolean {
    if (at !== this.#clauseStart && at !== this.#resumeAt) return false;
    if (mark > 0 && this.#structure.kind(mark - 1) === KIND.open && this.#structure.position(mark - 1) === at - 1)
      return true;
    const last = Math.min(this.#structure.count, mark + FARTHEST_EXCEPTION_END);
    for (let next = mark + 1; next < last; next++) {
      const kind = this.#structure.kind(next);
      if (kind > KIND.list && kind < KIND.open) return false;
      if (kind === KIND.lead && negationAt(this.#scope, this.#structure.position(next)) === NEGATION.exceptionEnd)
        return true;
    }
    return false;
  }

  /** 除外: "（甲、乙除外）" is not about doing 甲. */
  #takeBack(): void {
    const grouped = this.#frames.length > 0 || this.#structure.hasStrongSeparators();
    if (grouped && this.#hits.length > this.#groupStart) this.#hits.length = this.#groupStart;
  }
}

function itemsOf(hits: readonly Hit[]): string[] {
  const items: string[] = [];
  for (const { itemId } of hits) {
    // Few items a scope: inserting in place beats a set and a sort.
    let index = items.length;
    while (index > 0 && items[index - 1]! > itemId) index--;
    if (index > 0 && items[index - 1] === itemId) continue;
    if (index === items.length) items.push(itemId);
    else items.splice(index, 0, itemId);
  }
  return items;
}
