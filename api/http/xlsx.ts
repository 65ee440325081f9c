/**
 * Workbooks: a bold header that stays in sight, codes as text, numbers as numbers, instants in UTC+8. Texts stand in their
 * cells, so that nothing can become a formula and no list of texts grows in memory; rows are written as they come.
 */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { legalTimeOf } from '../../domain/clock/calendar.ts';
import { serialOf } from '../import/rows/xlsx/dates.ts';
import { escaped } from '../import/rows/xlsx/escapes.ts';
import type { TableCell, TableRow, TableRows } from './table.ts';
import {
  CONTENT_TYPES,
  DATE_STYLE,
  HEADER_STYLE,
  ROOT_RELATIONS,
  sheetHead,
  SHEET_TAIL,
  STYLES,
  TEXT_STYLE,
  workbook,
  workbookRelations,
} from './xlsx-parts.ts';

/** What a spreadsheet can hold: the rows of a sheet, the characters of a cell. */
const MAX_ROWS = 1_048_576;
const MAX_TEXT = 32_767;
const CUT = '…（过长，全文见 CSV 文件）';
/** Characters that are handed on at once. */
const PIECE = 64 * 1024;

/** @param maxRows of a sheet, with its header; the rows beyond them stand on further sheets. */
export function xlsxFile(rows: TableRows, maxRows = MAX_ROWS): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: unknown) => output.destroy(error as Error);
  zip.on('error', fail);
  writeParts(zip, output, rows, maxRows).catch(fail);
  return output;
}

async function writeParts(zip: ZipFile, output: Readable, given: TableRows, maxRows: number): Promise<void> {
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(xml), name);
  add('[Content_Types].xml', CONTENT_TYPES);
  add('_rels/.rels', ROOT_RELATIONS);
  add('xl/styles.xml', STYLES);
  const rows = iterated(given);
  let sheets = 0;
  try {
    const header = (await rows.next()).value ?? [];
    let next = await rows.next();
    const onSheet = async function* () {
      for (let row = 2; row <= maxRows && !next.done; row += 1) {
        yield next.value;
        next = await rows.next();
      }
    };
    do {
      sheets += 1;
      await addStream(zip, output, `xl/worksheets/sheet${sheets}.xml`, sheetXml(header, onSheet()));
    } while (!next.done);
  } finally {
    await rows.return(undefined);
  }
  add('xl/workbook.xml', workbook(sheets));
  add('xl/_rels/workbook.xml.rels', workbookRelations(sheets));
  zip.end();
}

async function* iterated(rows: TableRows): AsyncGenerator<TableRow, undefined> {
  yield* rows;
}

/** Ends when the part was read to its end. @throws if the reader goes away before. */
async function addStream(zip: ZipFile, output: Readable, name: string, xml: AsyncIterable<string>): Promise<void> {
  const part = Readable.from(xml, { objectMode: false });
  const stop = () => part.destroy();
  if (output.destroyed) stop();
  output.once('close', stop);
  zip.addReadStream(part, name);
  await finished(part);
  output.off('close', stop);
}

async function* sheetXml(header: TableRow, rows: AsyncIterable<TableRow>): AsyncGenerator<string> {
  const letters = header.map((_, column) => lettersOf(column));
  const rowXml = (number: number, cells: TableRow, styleOfText: number) =>
    `<row r="${number}">${cells.map((cell, at) => cellXml(`${letters[at] ?? lettersOf(at)}${number}`, cell, styleOfText)).join('')}</row>`;
  let text = sheetHead(header.map(String)) + rowXml(1, header, HEADER_STYLE);
  let number = 1;
  for await (const row of rows) {
    number += 1;
    text += rowXml(number, row, TEXT_STYLE);
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  yield text + SHEET_TAIL;
}

function cellXml(position: string, cell: TableCell, styleOfText: number): string {
  if (cell === null || cell === '') return '';
  if (cell instanceof Date) {
    return `<c r="${position}" s="${DATE_STYLE}"><v>${serialOf(Date.parse(`${legalTimeOf(cell.getTime())}Z`))}</v></c>`;
  }
  if (typeof cell === 'number') return `<c r="${position}"><v>${cell}</v></c>`;
  const text = cell.length > MAX_TEXT ? cell.slice(0, MAX_TEXT - CUT.length) + CUT : cell;
  return `<c r="${position}" s="${styleOfText}" t="inlineStr"><is><t xml:space="preserve">${marked(escaped(text))}</t></is></c>`;
}

const marked = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** 0 is A, 26 is AA. */
function lettersOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}
