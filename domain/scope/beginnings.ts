/** A quick test that no known phrase begins at a place: three characters are enough to dismiss most clauses. */
import { UnitSet, characterTable, foldText, isPlain } from './characters.ts';

export class Beginnings {
  /** Hashes of the first three characters. A false positive only costs a walk in the trie. */
  readonly #triples: UnitSet;
  /** Hashes of phrases of two characters. */
  readonly #pairs: UnitSet;
  /** Phrases of one character. */
  readonly #single: UnitSet;
  readonly #structural = characterTable().structural;

  constructor(phrases: readonly string[]) {
    const folded = phrases.map(foldText);
    const beginning = (deciding: number, key: (text: string) => number) =>
      new UnitSet(folded.filter(({ length }) => Math.min(length, 3) === deciding).map(key));
    this.#triples = beginning(3, (text) => triple(pair(text, 0), text.charCodeAt(2)));
    this.#pairs = beginning(2, (text) => short(pair(text, 0)));
    this.#single = beginning(1, (text) => text.charCodeAt(0));
  }

  /** @returns false only where no phrase can begin at `at`; true may be wrong. */
  possible(scope: string, at: number): boolean {
    if (at >= scope.length) return false;
    const first = scope.charCodeAt(at);
    if (!isPlain(first)) return !this.#structural.has(first);
    // Let the trie decide on characters that need folding, and at the scope's end, where the code unit is NaN.
    if (!isPlain(scope.charCodeAt(at + 1)) || !isPlain(scope.charCodeAt(at + 2))) return true;
    const two = pair(scope, at);
    return (
      this.#triples.has(triple(two, scope.charCodeAt(at + 2))) || this.#pairs.has(short(two)) || this.#single.has(first)
    );
  }
}

function pair(text: string, at: number): number {
  return Math.imul(text.charCodeAt(at), 0x9e3b) ^ text.charCodeAt(at + 1);
}

/** A hash of two code units, 16 bits. */
function short(two: number): number {
  return (Math.imul(two, 0x85eb) >>> 8) & 0xffff;
}

/** A hash of three code units, 16 bits. */
function triple(two: number, third: number): number {
  return ((Math.imul(two, 0x85eb) >>> 4) ^ third) & 0xffff;
}
