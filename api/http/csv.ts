/** CSV as Chinese Excel reads it: a byte order mark, quotes where needed, and no cell that runs as a formula. */
import { Readable } from 'node:stream';
import { streamedText } from './streaming.ts';

const UTF8_BOM = '\uFEFF';

/** Cells that begin like a formula are disarmed (OWASP: CSV injection): names come from outside. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** The schema of a CSV answer in a route's description. */
export const csvAnswer = { description: 'CSV', content: { 'text/csv': { schema: streamedText } } };

/** Headers of a download: a Chinese file name, and an ASCII one for clients that cannot read it (RFC 6266). */
export const csvHeaders = (ascii: string, name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${ascii}.csv"; filename*=UTF-8''${encodeURIComponent(`${name}.csv`)}`,
});

/** @param rows the header first. Rows are written to the stream as they come. */
export const csvFile = (rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): Readable =>
  Readable.from(written(rows));

async function* written(rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  let begin = UTF8_BOM;
  for await (const row of rows) {
    yield begin + csvRow(row);
    begin = '';
  }
}

function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
