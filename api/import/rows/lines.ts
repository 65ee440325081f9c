/**
 * Splits text into physical lines, numbered from 1. Lines end with LF, CRLF or CR, also if a CRLF is cut between two
 * pieces.
 */

/** Characters. The rest of a longer line is skipped, not kept. */
export const MAX_LINE = 1024 * 1024;
/** Characters that are kept of a line that is too long, to recognise it by. */
const KEPT = 1000;

export interface Line {
  number: number;
  text: string;
  /** True if longer than MAX_LINE: `text` is then only the beginning. */
  tooLong?: boolean;
}

/**
 * The lines that end in each piece of text, one array for each piece: an async iteration for each line would cost more
 * than the line.
 */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let number = 1;
  let rest = '';
  let tooLong = false;
  let afterCr = false;

  const add = (text: string) => {
    if (!tooLong) rest += text;
    if (rest.length <= MAX_LINE) return;
    tooLong = true;
    rest = detached(rest, KEPT);
  };
  const finish = (): Line => {
    const line: Line = { number, text: rest, ...(tooLong && { tooLong }) };
    number += 1;
    rest = '';
    tooLong = false;
    return line;
  };

  for await (const piece of pieces) {
    if (piece === '') continue;
    const lines: Line[] = [];
    let from = afterCr && piece.startsWith('\n') ? 1 : 0;
    const ends = /\r\n?|\n/g;
    ends.lastIndex = from;
    // Search only the new piece: searching the kept text again would take quadratic time on a long line.
    for (let end = ends.exec(piece); end; end = ends.exec(piece)) {
      add(piece.slice(from, end.index));
      from = ends.lastIndex;
      lines.push(finish());
    }
    add(piece.slice(from));
    afterCr = piece.endsWith('\r');
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [finish()];
}

/** The first `length` characters as a new string: a slice would keep the whole text in memory. */
export function detached(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length)).toString();
}
