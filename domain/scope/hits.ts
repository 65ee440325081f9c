/** The hits of one scope. */
import type { Section } from './headings.ts';
import type { Phrase } from './phrases.ts';

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
}

export class HitList {
  #hits!: Hit[];
  #sorted!: boolean;

  begin(): void {
    this.#hits = [];
    this.#sorted = true;
  }

  get length(): number {
    return this.#hits.length;
  }

  add(phrase: Phrase, clause: string, start: number, end: number, section: Section | null): void {
    for (const itemId of phrase.itemIds) {
      this.#hits.push({ itemId, keyword: phrase.text, clause, start, end, section });
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

/** The ids of the items that were hit, sorted, each once. */
export function itemsOf(hits: readonly Hit[]): string[] {
  const items: string[] = [];
  for (const { itemId } of hits) {
    // A scope has few items, so inserting in place is faster than a set and a sort.
    let index = items.length;
    while (index > 0 && items[index - 1]! > itemId) index--;
    if (index > 0 && items[index - 1] === itemId) continue;
    if (index === items.length) items.push(itemId);
    else items.splice(index, 0, itemId);
  }
  return items;
}
