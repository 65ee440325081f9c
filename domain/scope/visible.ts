/**
 * What a scope shows. Invisible characters are left out before anything is read, so that no rule has to think of them; hits are
 * told in the scope as it was written, so that pages can highlight it.
 */
import { invisibleIn } from './characters.ts';

interface Span {
  start: number;
  end: number;
}

export class VisibleScope {
  readonly #written: string;
  /** By offset in `text`: the offset in the scope as written. Null where both are the same. */
  readonly #offsets: Int32Array | null = null;
  readonly text: string;

  /** @param hides whether it may have invisible characters */
  constructor(written: string, hides: boolean) {
    this.#written = this.text = written;
    if (!hides) return;
    const offsets = new Int32Array(written.length);
    let count = 0;
    let from = 0;
    const parts: string[] = [];
    const show = (to: number) => {
      parts.push(written.slice(from, to));
      while (from < to) offsets[count++] = from++;
    };
    for (const { index, 0: hidden } of invisibleIn(written)) {
      show(index);
      from = index + hidden.length;
    }
    show(written.length);
    this.text = parts.join('');
    this.#offsets = offsets;
  }

  /** Where a part of `text` that is not empty stands in the scope as written. */
  written({ start, end }: Span): Span {
    const offsets = this.#offsets;
    return offsets === null ? { start, end } : { start: offsets[start]!, end: offsets[end - 1]! + 1 };
  }

  /** A part of `text` as it was written. */
  wording(span: Span): string {
    const { start, end } = this.written(span);
    return this.#written.slice(start, end);
  }
}
