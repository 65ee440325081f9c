/**
 * CSV with a header row. csv-parse reads the cells; this module decides which lines form a row, because an unclosed
 * quotation mark would otherwise make one row of the rest of the file. A row may run over several lines while a quoted
 * cell is open. If it does not end well (misplaced marks, no end in sight, wrong number of cells), its first line alone
 * is reported and reading resumes at the next line.
 */
import { parse } from 'csv-parse/sync';
import { Refusal } from '../../../domain/errors.ts';
import type { Header, ReadHeader, TableOptions } from './columns.ts';
import type { Line } from './lines.ts';
import { createNotes } from './notes.ts';
import { quotesAfter } from './quotes.ts';
import { inputOf, LINE_TOO_LONG, type FileRecord } from './records.ts';

/** Characters: three times the longest text (20,000 characters) that a row may have. */
const MAX_RECORD = 64 * 1024;
const BAD_QUOTES = '该行的双引号不成对或位置有误，请更正（单元格内的双引号须写成两个）';

interface Cells {
  first: Line;
  raw: string;
  cells?: string[];
  problem?: string;
}

/** Yields each row, or the problem of its first line. @throws Refusal if the header is unusable. */
export async function* readCsv(
  lines: AsyncIterable<Line[]>,
  { readHeader, onHeader }: TableOptions,
): AsyncGenerator<FileRecord> {
  let header: Header | undefined;
  const assemble = createAssembler();
  const isNote = createNotes();
  for await (const some of withEnd(lines)) {
    for (const row of assemble(some, header?.names.length)) {
      if (row.cells?.every((cell) => cell.trim() === '')) continue;
      if (header) {
        if (!row.cells || !isNote(row.cells)) yield toRecord(row, header);
        continue;
      }
      header = headerOf(row, readHeader);
      onHeader?.(header);
    }
  }
}

/** Adds `undefined` at the end of the file, where an open row must end. */
async function* withEnd(lines: AsyncIterable<Line[]>): AsyncGenerator<Line | undefined> {
  for await (const some of lines) yield* some;
  yield undefined;
}

function headerOf({ first, cells, problem }: Cells, readHeader: ReadHeader): Header {
  if (cells) return readHeader(cells);
  throw new Refusal('input.invalid', `第${first.number}行应为列名，但无法读取：${problem}`, {
    remedy: '请更正首行列名后重新上传',
  });
}

function toRecord({ first, raw, cells, problem }: Cells, header: Header): FileRecord {
  const record = { line: first.number, raw };
  if (!cells) return { ...record, problem };
  const width = header.names.length;
  if (!fits(cells, width)) {
    return { ...record, problem: `该行有${cells.length}列，列名行有${width}列，请检查是否缺少或多出逗号` };
  }
  return { ...record, input: inputOf(header, (position) => unwrapped(cells[position])) };
}

/**
 * Unwraps ="914301…", as exports write long numbers to keep spreadsheets from rounding them, and '=…, as they write what
 * must not become a formula.
 */
const unwrapped = (cell: string | undefined) => cell?.replace(/^="([^"]*)"$/, '$1').replace(/^'(?='*[=+\-@])/, '');

/** True for rows of the right width, also if a spreadsheet padded them with empty cells. */
const fits = (cells: string[], width: number) =>
  cells.length >= width && cells.slice(width).every((cell) => cell.trim() === '');

/** Joins lines into rows. Call it with each line, then with `undefined` at the end. */
function createAssembler() {
  let held: Line[] = [];
  let size = 0;

  const clear = () => {
    const lines = held;
    held = [];
    size = 0;
    return lines;
  };

  return function* assemble(incoming: Line | undefined, width: number | undefined): Generator<Cells> {
    const waiting: (Line | undefined)[] = [incoming];
    while (waiting.length > 0) {
      const line = waiting.pop();
      const quotes = line ? (line.tooLong ? 'bad' : quotesAfter(line.text, held.length > 0)) : 'bad';
      if (line) {
        held.push(line);
        size += line.text.length + 1;
        if (quotes === 'open' && size <= MAX_RECORD) continue;
      }
      const lines = clear();
      const [first, ...others] = lines;
      if (!first) continue;
      const row = quotes === 'closed' ? readCells(lines) : giveUp(first);
      const isWhole =
        quotes === 'closed' && (others.length === 0 || width === undefined || fits(row.cells ?? [], width));
      yield isWhole ? row : giveUp(first);
      if (isWhole) continue;
      if (!line) waiting.push(undefined);
      waiting.push(...others.toReversed());
    }
  };
}

const giveUp = (first: Line): Cells => ({
  first,
  raw: first.text,
  problem: first.tooLong ? LINE_TOO_LONG : BAD_QUOTES,
});

/** The cells of a row that was kept as text; undefined if it is no row of so many columns. */
export function cellsOf(raw: string, width: number): string[] | undefined {
  const { cells } = readCells([{ number: 1, text: raw }]);
  return cells && fits(cells, width) ? cells.slice(0, width).map((cell) => unwrapped(cell) ?? '') : undefined;
}

function readCells(lines: Line[]): Cells {
  const raw = lines.map((line) => line.text).join('\n');
  const first = lines[0]!;
  // Without quotation marks a plain split is right. Most rows have none, and a parser for each row is the costly part.
  if (!raw.includes('"')) return { first, raw, cells: raw.split(',') };
  try {
    const [cells = ['']] = parse(raw, {
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
    });
    return { first, raw, cells };
  } catch {
    // csv-parse is stricter than `quotesAfter` about white space after a mark; one such row must not end the import.
    return giveUp(first);
  }
}
