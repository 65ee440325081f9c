/** The hits of one scope. */
import type { Section } from './headings.ts';
import type { Phrase } from './phrases.ts';
import { isExclusive, type BracketQualifiers, type HitQualifier } from './qualifiers.ts';

/** Why an item was found. Offsets count UTF-16 code units of the original scope, so that pages can highlight it. */
export interface Hit {
  itemId: string;
  /** The catalogue's keyword or synonym. */
  keyword: string;
  /** The clause that it stands in, including qualifiers. */
  clause: string;
  start: number;
  end: number;
  /** 许可项目, 一般项目, or null in a scope without sections. */
  section: Section | null;
  /** Where the clause calls for less than the item's permit. */
  qualifier?: HitQualifier;
}

/** Where a hit stands. */
type Place = Pick<Hit, 'clause' | 'start' | 'end' | 'section'>;

export class HitList {
  readonly #brackets: BracketQualifiers;
  #hits!: Hit[];
  #sorted!: boolean;

  constructor(brackets: BracketQualifiers) {
    this.#brackets = brackets;
  }

  begin(): void {
    this.#hits = [];
    this.#sorted = true;
  }

  get length(): number {
    return this.#hits.length;
  }

  /** @returns whether a bracket of the clause qualifies one of its items. */
  add({ itemIds, text: keyword }: Phrase, at: Place): boolean {
    const { clause, start, end, section } = at;
    // A clause that is no longer than the phrase has no bracket behind it.
    const hasMore = clause.length > keyword.length;
    let isQualified = false;
    for (const itemId of itemIds) {
      const qualifier = hasMore ? this.#brackets.of(itemId, clause) : undefined;
      isQualified ||= qualifier !== undefined;
      const hit: Hit = { itemId, keyword, clause, start, end, section };
      if (qualifier) hit.qualifier = qualifier;
      this.#hits.push(hit);
    }
    return isQualified;
  }

  /** Adds what a phrase names without calling for a permit. In a bracket that says more than 仅…, the word is contradicted. */
  addQualified({ qualified, text: keyword }: Phrase, at: Place, inBracket: boolean): void {
    for (const { itemId, qualifier } of qualified) {
      if (!inBracket || !isExclusive(qualifier)) this.#hits.push({ itemId, keyword, ...at, qualifier });
    }
  }

  /** Announces hits that stand before those found already: goods whose verb came later. */
  expectEarlier(): void {
    this.#sorted = false;
  }

  /** Takes back the latest hits until only `remaining` are left. */
  truncate(remaining: number): void {
    if (this.#hits.length > remaining) this.#hits.length = remaining;
  }

  /** @returns the hits, sorted by offset. */
  finish(): Hit[] {
    return this.#sorted ? this.#hits : this.#hits.sort((a, b) => a.start - b.start);
  }
}

/** The ids of the items whose permit the scope calls for, sorted, each once. */
export function itemsOf(hits: readonly Hit[]): string[] {
  const items: string[] = [];
  for (const { itemId, qualifier } of hits) {
    if (qualifier) continue;
    // A scope has few items, so inserting in place is faster than a set and a sort.
    let index = items.length;
    while (index > 0 && items[index - 1]! > itemId) index--;
    if (index > 0 && items[index - 1] === itemId) continue;
    if (index === items.length) items.push(itemId);
    else items.splice(index, 0, itemId);
  }
  return items;
}
