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

  begin(): void {
    this.#hits = [];
  }

  get length(): number {
    return this.#hits.length;
  }

  add(phrase: Phrase, clause: string, start: number, end: number, section: Section | null): void {
    for (const itemId of phrase.itemIds) {
      this.#hits.push({ itemId, keyword: phrase.text, clause, start, end, section });
    }
  }

  /** Takes back the latest hits until only `remaining` are left. */
  truncate(remaining: number): void {
    this.#hits.length = Math.min(this.#hits.length, remaining);
  }

  /** @returns the hits, sorted by offset: goods whose verb came later were found after others. */
  finish(): Hit[] {
    return this.#hits.sort((a, b) => a.start - b.start);
  }
}

/** The ids of the items that were hit, sorted, each once. */
export function itemsOf(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map(({ itemId }) => itemId))].sort();
}
