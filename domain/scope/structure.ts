/** The structure of one business scope: its separators, brackets and negation words, found in a single pass. */
import { KIND, characterTable } from './characters.ts';
import { HEADINGS } from './headings.ts';

/** The partner of a bracket that is never closed (old databases cut scopes off at the length of their columns). */
export const UNCLOSED = -1;

/**
 * The two sentences that end the sections of registrations since 2019, word for word. They say nothing of the enterprise
 * and may be half of a scope, so their text is skipped.
 */
const BOILERPLATE = [
  '（依法须经批准的项目，经相关部门批准后方可开展经营活动）',
  '（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）',
] as const;

/** The number of characters between the brackets of a boilerplate sentence that begins at `at`; 0 where none begins. */
function insideOfBoilerplate(scope: string, at: number): number {
  const sentence = BOILERPLATE.find((one) => scope.startsWith(one, at));
  return sentence === undefined ? 0 : sentence.length - 2;
}

const HEADING_TEXTS = HEADINGS.flatMap(([, texts]) => texts);
const LABEL = new RegExp(`^(?:[一二三四五六七八九十\\d]{1,3}(?=[）)])|${HEADING_TEXTS.join('|')})`);
/** With the bracket's end. */
const LONGEST_LABEL = 1 + Math.max(...HEADING_TEXTS.map(({ length }) => length));

/**
 * The offset of the end of a bracket that is a label: a number or a heading, "（一）餐饮服务（二）住宿服务", "【许可项目】餐饮服务".
 * A label separates clauses and qualifies nothing. 0 where the bracket is no label.
 */
function labelEnd(scope: string, at: number): number {
  const [label] = LABEL.exec(scope.slice(at + 1, at + 1 + LONGEST_LABEL)) ?? [];
  if (label === undefined) return 0;
  const end = at + 1 + label.length;
  return characterTable().kind[scope.charCodeAt(end)] === KIND.close ? end : 0;
}

/**
 * The structural marks of a scope (separators, brackets, first characters of negations), in order. One instance is reused
 * for every scope, so that reading a scope allocates nothing.
 */
export class ScopeStructure {
  readonly #kindOf = characterTable().kind;
  readonly #noted = characterTable().noted;
  #position = new Int32Array(256);
  #kind = new Uint8Array(256);
  #partner = new Int32Array(256);
  /** The marks of brackets that are not closed yet, innermost last. */
  #open = new Int32Array(256);
  #depth = 0;
  #strong: boolean | undefined;
  count = 0;
  /** Whether the scope may have invisible characters, without which it must be read again. */
  hides = false;

  /** Linear in the scope's length, whatever it contains. This is the hot loop of matching, so its arrays are local variables. */
  read(scope: string): void {
    const { length } = scope;
    if (length > this.#position.length) this.#grow(length);
    const noted = this.#noted;
    const kindOf = this.#kindOf;
    const position = this.#position;
    const kinds = this.#kind;
    let count = 0;
    this.#depth = 0;
    this.hides = false;
    for (let index = 0; index < length; index++) {
      const unit = scope.charCodeAt(index);
      if (!noted.has(unit)) continue;
      const kind = kindOf[unit]!;
      if (kind === KIND.text) {
        this.hides = true;
        continue;
      }
      position[count] = index;
      kinds[count] = kind;
      if (kind === KIND.open) {
        const label = labelEnd(scope, index);
        if (label !== 0) {
          kinds[count++] = KIND.semicolon;
          position[count] = index = label;
          kinds[count++] = KIND.semicolon;
          continue;
        }
        this.#openBracket(count);
        index += insideOfBoilerplate(scope, index);
      } else if (kind === KIND.close) this.#closeBracket(count);
      count++;
    }
    this.count = count;
    this.#strong = undefined;
  }

  #openBracket(mark: number): void {
    this.#partner[mark] = UNCLOSED;
    this.#open[this.#depth++] = mark;
  }

  #closeBracket(mark: number): void {
    const partner = this.#depth > 0 ? this.#open[--this.#depth]! : UNCLOSED;
    this.#partner[mark] = partner;
    if (partner !== UNCLOSED) this.#partner[partner] = mark;
  }

  position(mark: number): number {
    return this.#position[mark]!;
  }

  kind(mark: number): number {
    return this.#kind[mark]!;
  }

  /** The mark that closes the bracket at an offset, searched from the mark `from` on; UNCLOSED also where it is a label. */
  closing(at: number, from: number): number {
    let mark = from;
    while (this.#position[mark]! < at) mark++;
    return this.#kind[mark] === KIND.open ? this.#partner[mark]! : UNCLOSED;
  }

  /** The mark of the other bracket of the pair; UNCLOSED for an unpaired bracket. */
  partner(mark: number): number {
    return this.#partner[mark]!;
  }

  /**
   * Whether `，` or `；` separates the scope's clauses. Then `、` only joins the members of one clause. In a scope that has only
   * `、`, it separates the clauses themselves.
   */
  hasStrongSeparators(): boolean {
    this.#strong ??= this.#findStrong();
    return this.#strong;
  }

  #findStrong(): boolean {
    for (let mark = 0; mark < this.count; mark++) {
      const kind = this.#kind[mark]!;
      if (kind === KIND.comma || kind === KIND.semicolon) return true;
      if (kind === KIND.open && this.#partner[mark] !== UNCLOSED) mark = this.#partner[mark]!;
    }
    return false;
  }

  #grow(length: number): void {
    this.#position = new Int32Array(length);
    this.#kind = new Uint8Array(length);
    this.#partner = new Int32Array(length);
    this.#open = new Int32Array(length);
  }
}
