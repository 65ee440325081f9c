/** The words by which a scope says what the enterprise does not do. */
import { KIND, characterTable, foldUnit } from './characters.ts';
import { type ScopeStructure, UNCLOSED } from './structure.ts';

/**
 * Kinds of negations. `names`: a word before what is not done, 不含…, also "除外：…". `exception`: 除 of 除…外.
 * `exceptionEnd`: its 外. `excepted`: 除外 behind what is not done.
 */
export const NEGATION = { none: 0, names: 1, exception: 2, exceptionEnd: 3, excepted: 4 } as const;
export type Negation = (typeof NEGATION)[keyof typeof NEGATION];

/**
 * The words before what is not done. Without 未经: "未经加工的坚果、干果销售" is an official phrase, and "未经批准不得…" contains
 * 不得 anyway. Without a bare 不: 不锈钢, 不产生油烟.
 */
const NAMES = /不(?:含|包括|包含|得|从事|经营|涉及|提供|准|许|允许|可从事|能从事)|严禁|禁止/y;

function nameAt(scope: string, at: number): string | undefined {
  NAMES.lastIndex = at;
  return NAMES.exec(scope)?.[0];
}

/** The negation that begins at a code unit of kind `lead`. Constant time. */
export function negationAt(scope: string, at: number): Negation {
  const first = scope[at];
  if (first === '除' && scope[at + 1] === '外') {
    return isColon(scope, at + 2) ? NEGATION.names : NEGATION.excepted;
  }
  if (first === '除') return NEGATION.exception;
  if (first === '外') return endsException(scope, at) ? NEGATION.exceptionEnd : NEGATION.none;
  return nameAt(scope, at) === undefined ? NEGATION.none : NEGATION.names;
}

/** The offset at which the negation's word ends. */
function endOfNegation(scope: string, at: number): number {
  return at + (nameAt(scope, at)?.length ?? 1);
}

/** "不得从事以下业务：（一）…": a list that is announced like this goes on until the end of the sentence. */
const ANNOUNCED = /以下|下列/;
const NUMBERED = /^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[\u2460-\u249b])/;
const LONGEST_ANNOUNCEMENT = 24;

function announcesList(scope: string, from: number, colon: number): boolean {
  return (
    ANNOUNCED.test(scope.slice(Math.max(from, colon - LONGEST_ANNOUNCEMENT), colon)) ||
    NUMBERED.test(scope.slice(colon + 1, colon + 8))
  );
}

/** Whether a 外 may end 除…: only at the end of a word, unlike the 外 of 户外用品, 涉外调查 and 外卖. */
function endsException(scope: string, at: number): boolean {
  if (scope[at + 1] === '的') return true;
  const kind = characterTable().kind[scope.charCodeAt(at + 1)];
  return kind !== KIND.text && kind !== KIND.lead;
}

/** How many marks 外 may lie behind 除. A bound, so that a scope of nothing but 除 is still read in linear time. */
const FARTHEST_EXCEPTION_END = 24;

/** Whether a 外 that belongs to the 除 at this mark follows within the same clauses. */
export function hasExceptionEnd(scope: string, structure: ScopeStructure, mark: number): boolean {
  const last = Math.min(structure.count, mark + FARTHEST_EXCEPTION_END);
  for (let next = mark + 1; next < last; next++) {
    const kind = structure.kind(next);
    // Skip brackets: a 外 inside one ends no exception outside it, "除雪服务、餐饮服务（户外）".
    if (kind === KIND.open && structure.partner(next) !== UNCLOSED) next = structure.partner(next);
    else if (kind > KIND.list && kind < KIND.open) return false;
    else if (negationAt(scope, structure.position(next)) === NEGATION.exceptionEnd) return true;
  }
  return false;
}

const COLON = ':'.charCodeAt(0);

export function isColon(scope: string, at: number): boolean {
  return foldUnit(scope.charCodeAt(at)) === COLON;
}

/** Whether reading is inside 不含…, 不得… or 除…, where a scope names what the enterprise does not do. */
export class NegationState {
  #scope!: string;
  /** Inside 除…, which 外 ends. */
  #excepting!: boolean;
  /** The end of the negation word or of its colon. A separator right behind it does not end the negation. */
  #from = 0;
  /** True until the first separator behind the negation word: a colon then belongs to the word, "不得从事：". */
  #awaitsColon!: boolean;
  /** The weakest separator that ends the negation. */
  #end: number = KIND.comma;
  active!: boolean;

  begin(scope: string): void {
    this.#scope = scope;
    this.#from = 0;
    this.active = this.#excepting = this.#awaitsColon = false;
  }

  /** @param end the weakest separator that ends the negation, unless a colon follows */
  start(negation: Negation, at: number, end: number): void {
    if (!this.active || this.#excepting) this.#end = end;
    this.active = true;
    this.#excepting = negation === NEGATION.exception;
    this.#from = endOfNegation(this.#scope, at);
    this.#awaitsColon = negation === NEGATION.names;
  }

  /** Treats a bracket as negated although no word says so, because it names a purpose or the like. */
  silence(end: number): void {
    if (this.active) return;
    this.active = true;
    this.#end = end;
  }

  /** @returns whether an exception was open */
  endException(): boolean {
    if (!this.#excepting) return false;
    this.active = this.#excepting = false;
    return true;
  }

  /** A separator outside closed brackets may end the negation; inside them it applies until the bracket's end. */
  separator(at: number, kind: number): void {
    if (!this.active) return;
    if (this.#awaitsColon && isColon(this.#scope, at)) {
      // The colon begins a list of what is not done, so commas do not end the negation.
      this.#end = announcesList(this.#scope, this.#from, at) ? KIND.stop : KIND.semicolon;
      this.#from = at + 1;
    } else if (at <= this.#from) {
      this.#from = at + 1;
    } else if (kind >= this.#end && !(this.#excepting && kind === KIND.list)) {
      this.active = this.#excepting = false;
    }
  }

  /** After any separator, a later colon no longer belongs to the negation word. */
  passed(): void {
    this.#awaitsColon = false;
  }

  /** Enters a closed bracket. A negation goes on inside; an exception too, but a 外 inside does not end it. */
  enter(): void {
    this.#excepting = false;
  }

  /** The state as a number, for `restore`. */
  save(): number {
    return (this.active ? 1 : 0) | (this.#excepting ? 2 : 0) | (this.#awaitsColon ? 4 : 0) | (this.#end << 3);
  }

  restore(saved: number): void {
    this.active = (saved & 1) !== 0;
    this.#excepting = (saved & 2) !== 0;
    this.#awaitsColon = (saved & 4) !== 0;
    this.#end = saved >> 3;
  }
}
