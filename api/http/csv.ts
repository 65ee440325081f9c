/** CSV as Chinese Excel reads it: a byte order mark, quotes where needed, and no cell that runs as a formula. */
import { Readable } from 'node:stream';
import { legalTimeOf } from '../../domain/clock/calendar.ts';
import type { TableCell, TableRows } from './table.ts';

const UTF8_BOM = '\uFEFF';

/**
 * Cells that begin like a formula are disarmed (OWASP: CSV injection): names come from outside. So are those that look like
 * disarmed ones: what is read again loses one mark, and is as it was.
 */
const FORMULA_START = /^'*[=+\-@\t\r]/;

/** Rows are written to the stream as they come. */
export const csvFile = (rows: TableRows): Readable => Readable.from(written(rows));

async function* written(rows: TableRows): AsyncGenerator<string> {
  let begin = UTF8_BOM;
  for await (const row of rows) {
    yield `${begin}${csvLine(row.map(csvText))}\r\n`;
    begin = '';
  }
}

function csvText(cell: TableCell): string {
  if (cell instanceof Date) return legalTimeOf(cell.getTime());
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  return FORMULA_START.test(cell) ? `'${cell}` : cell;
}

/** A row as a line, without the line's end. */
export const csvLine = (cells: readonly string[]): string => cells.map(quoted).join(',');

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
