/**
 * Workbooks (.xlsx): the first visible sheet, or the one that is named. The header may stand below a title and take two
 * rows; merged cells have their text in the first one, so the other cells of a merged header are empty.
 */
import type { FileHandle } from 'node:fs/promises';
import { Refusal } from '../../../domain/errors.ts';
import { csvLine } from '../../http/csv.ts';
import type { Header, ReadHeader, TableOptions } from './columns.ts';
import { createNotes } from './notes.ts';
import { inputOf, type FileRecord } from './records.ts';
import { openArchive } from './xlsx/archive.ts';
import type { Cell } from './xlsx/cells.ts';
import { asWorkbookError } from './xlsx/refusals.ts';
import { readSharedStrings } from './xlsx/shared-strings.ts';
import { readSheet, type SheetRow } from './xlsx/sheet.ts';
import { spool, unnamedFile } from './xlsx/spool.ts';
import { readStyles } from './xlsx/styles.ts';
import { readWorkbook } from './xlsx/workbook.ts';

/** Rows from the top among which the header is looked for. */
const TOP = 10;

interface XlsxOptions extends TableOptions {
  /** The sheet's name; the first visible one where absent. */
  sheet?: string | undefined;
}

/** Yields each row with content below the header. @throws Refusal if the workbook or its header is unusable. */
export async function* readXlsx(bytes: AsyncIterable<Buffer>, options: XlsxOptions): AsyncGenerator<FileRecord> {
  const file = await unnamedFile();
  try {
    const size = await spool(bytes, file);
    yield* readFile(file, size, options);
  } finally {
    await file.close();
  }
}

async function* readFile(file: FileHandle, size: number, options: XlsxOptions): AsyncGenerator<FileRecord> {
  try {
    const archive = await openArchive(file, size);
    const workbook = await readWorkbook(archive, options.sheet);
    const styles = await readStyles(archive, workbook.styles);
    const strings = await readSharedStrings(archive, workbook.sharedStrings);
    try {
      const { isFrom1904, sheet } = workbook;
      const rows = readSheet(archive, sheet.part, { strings, styles, isFrom1904 });
      yield* readTable(rows, sheet.name, options);
    } finally {
      await strings.close();
    }
  } catch (error) {
    throw asWorkbookError(error);
  }
}

async function* readTable(
  batches: AsyncIterable<SheetRow[]>,
  sheet: string,
  { readHeader, onHeader }: TableOptions,
): AsyncGenerator<FileRecord> {
  const top: SheetRow[] = [];
  const isNote = createNotes();
  let header: Header | undefined;
  const begin = () => {
    const found = findHeader(top, readHeader, sheet);
    onHeader?.(found.header);
    header = found.header;
    return recordsOf(top.slice(found.rows), found.header, isNote);
  };
  for await (const rows of batches) {
    const content = rows.filter(({ cells }) => cells.some((cell) => textOf(cell).trim() !== ''));
    if (header) {
      yield* recordsOf(content, header, isNote);
      continue;
    }
    top.push(...content);
    if (top.length > TOP) yield* begin();
  }
  if (!header) yield* begin();
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'object' ? cell.text : (cell ?? ''));

/** `Array.from` fills the gaps of empty cells. */
const textsOf = ({ cells }: SheetRow): string[] => Array.from(cells, textOf);

function* recordsOf(
  rows: readonly SheetRow[],
  header: Header,
  isNote: (cells: readonly string[]) => boolean,
): Generator<FileRecord> {
  for (const row of rows) {
    const { number: line, cells } = row;
    const texts = textsOf(row);
    if (isNote(texts)) continue;
    const raw = csvLine(Array.from(header.names, (_, position) => texts[position] ?? ''));
    const faults = header.positions.flatMap(([, position]) => {
      const cell = cells[position];
      return typeof cell === 'object' ? [`“${header.names[position]}”列${cell.fault}`] : [];
    });
    if (faults.length > 0) yield { line, raw, problem: faults.join('；') };
    else yield { line, raw, input: inputOf(header, (position) => texts[position] ?? '') };
  }
}

/** @returns the header and the number of rows down to its end. @throws the refusal of the fullest row, which was to be it. */
function findHeader(top: readonly SheetRow[], readHeader: ReadHeader, sheet: string) {
  const rows = top.map(textsOf);
  let fullest: { size: number; line: number; refusal: Refusal } | undefined;
  for (const [index, names] of rows.slice(0, TOP).entries()) {
    const attempts = [names, joined(rows[index - 1], names)].filter((attempt) => attempt !== undefined);
    for (const attempt of attempts) {
      const header = attempted(readHeader, attempt);
      if (!(header instanceof Refusal)) return withSecondRow({ header, rows: index + 1 }, rows, readHeader);
      const size = names.filter((name) => name.trim() !== '').length;
      if (size > (fullest?.size ?? 0)) fullest = { size, line: top[index]!.number, refusal: header };
    }
  }
  if (!fullest) {
    throw new Refusal('input.empty-file', `工作表“${sheet}”没有内容`, {
      remedy: '内容在其他工作表的，请将该表移到最前，或以 sheet 指明表名后重新上传',
    });
  }
  const { line, refusal } = fullest;
  throw new Refusal(refusal.code, `工作表“${sheet}”第${line}行：${refusal.message}`, refusal);
}

function attempted(readHeader: ReadHeader, names: readonly string[]): Header | Refusal {
  try {
    return readHeader(names);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The names of a header of two rows: the lower name where there is one, under a name that spans several columns. */
const joined = (upper: readonly string[] | undefined, lower: readonly string[]): string[] | undefined =>
  upper &&
  Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => lower[at]?.trim() || (upper[at] ?? ''));

/**
 * A header that is complete in one row may still go on in the next, if its required columns are merged downwards. The
 * next row then has no cell below a column that is read, and adds columns.
 */
function withSecondRow(found: { header: Header; rows: number }, rows: readonly string[][], readHeader: ReadHeader) {
  const next = rows[found.rows];
  const { header } = found;
  if (!next || header.positions.some(([, position]) => (next[position] ?? '').trim() !== '')) return found;
  const both = attempted(readHeader, joined(header.names, next)!);
  return both instanceof Refusal || both.positions.length <= header.positions.length
    ? found
    : { header: both, rows: found.rows + 1 };
}
