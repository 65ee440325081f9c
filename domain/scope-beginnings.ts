/** A quick "certainly not" for clauses: most are dismissed by their first three characters. */
import { UnitSet, characterTable, foldText, isPlain } from './scope-characters.ts';

export class Beginnings {
  /** Hashes of the first three characters. A wrong yes costs a walk in the trie, nothing else. */
  readonly #triples: UnitSet;
  /** First characters of the phrases that have no third. */
  readonly #short: UnitSet;
  readonly #structural = characterTable().structural;

  constructor(phrases: readonly string[]) {
    const folded = phrases.map(foldText);
    const triples = new Set(folded.filter((text) => text.length > 2).map((text) => hash(text, 0)));
    const short = new Set(folded.filter((text) => text.length <= 2).map((text) => text.charCodeAt(0)));
    this.#triples = new UnitSet((value) => triples.has(value));
    this.#short = new UnitSet((unit) => short.has(unit));
  }

  /** False only where no phrase can begin at `at`. */
  possible(scope: string, at: number): boolean {
    if (at >= scope.length) return false;
    const first = scope.charCodeAt(at);
    if (!isPlain(first)) return !this.#structural.has(first);
    // Forms that need folding are left to the trie, and so is the scope's end, where the code unit is NaN.
    if (!isPlain(scope.charCodeAt(at + 1)) || !isPlain(scope.charCodeAt(at + 2))) return true;
    return this.#triples.has(hash(scope, at)) || this.#short.has(first);
  }
}

/** 16 bits of the three code units from `at`. */
function hash(text: string, at: number): number {
  const pair = Math.imul(text.charCodeAt(at), 0x9e3b) ^ text.charCodeAt(at + 1);
  return ((Math.imul(pair, 0x85eb) >>> 4) ^ text.charCodeAt(at + 2)) & 0xffff;
}
