/** CSV as Chinese Excel reads it: a byte order mark, quotes where needed, and no cell that runs as a formula. */
import { Readable } from 'node:stream';
import { streamedText } from './streaming.ts';

const UTF8_BOM = '\uFEFF';

/** A cell that begins like a formula is disarmed (OWASP: CSV injection); names come from outside. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** How a route's description says it. */
export const csvAnswer = { description: 'CSV', content: { 'text/csv': { schema: streamedText } } };

/** Named in Chinese for people, beside a name in ASCII for what cannot read it (RFC 6266). */
export const csvHeaders = (ascii: string, name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${ascii}.csv"; filename*=UTF-8''${encodeURIComponent(`${name}.csv`)}`,
});

/** @param rows the head first; written as they come. */
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
