/** JSON Lines: one object a line. */
import type { Line } from './lines.ts';
import { LINE_TOO_LONG, type FileRecord } from './records.ts';

/** Yields the object of each line, or why the line is none. */
export async function* readJsonl(lines: AsyncIterable<Line[]>): AsyncGenerator<FileRecord> {
  for await (const some of lines) {
    for (const line of some) if (line.text.trim() !== '') yield readLine(line);
  }
}

function readLine({ number, text, tooLong }: Line): FileRecord {
  if (tooLong) return { line: number, raw: text, problem: LINE_TOO_LONG };
  try {
    // A `__proto__` key does no harm: validation builds a new object from the fields it knows.
    return { line: number, raw: text, input: JSON.parse(text) as unknown };
  } catch {
    return { line: number, raw: text, problem: '该行不是有效的 JSON，请检查引号、逗号和括号（每行一个对象）' };
  }
}
