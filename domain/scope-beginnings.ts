/** A quick "certainly not" for clauses: nine in ten are dismissed by their first two characters. */
import { UnitSet, foldText, isPlain } from './scope-characters.ts';

export class Beginnings {
  /** Hashes of first pairs. A wrong yes costs a walk in the trie, nothing else. */
  readonly #pairs: UnitSet;
  readonly #singles: UnitSet;

  constructor(phrases: readonly string[]) {
    const folded = phrases.map(foldText);
    const pairs = new Set(folded.map((text) => hash(text.charCodeAt(0), text.charCodeAt(1))));
    const singles = new Set(folded.filter((text) => text.length === 1).map((text) => text.charCodeAt(0)));
    this.#pairs = new UnitSet((value) => pairs.has(value));
    this.#singles = new UnitSet((unit) => singles.has(unit));
  }

  /** False only where no phrase can begin at `at`. */
  possible(scope: string, at: number): boolean {
    const first = scope.charCodeAt(at);
    const second = scope.charCodeAt(at + 1);
    // Forms that need folding are left to the trie, and so is the scope's end, where the code unit is NaN.
    if (!isPlain(first) || !isPlain(second)) return true;
    return this.#pairs.has(hash(first, second)) || this.#singles.has(first);
  }
}

function hash(first: number, second: number): number {
  return (Math.imul(first, 0x9e3b) ^ second) & 0xffff;
}
