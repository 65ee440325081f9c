/** The rows of a sheet, as they are unpacked. */
import { MAX_PART, type Archive } from './archive.ts';
import { readCell, type Cell, type Meanings, type StoredCell } from './cells.ts';
import { damaged, tooLarge } from './refusals.ts';
import { readXml, type Attributes, type XmlHandlers } from './xml.ts';

export interface SheetRow {
  /** As the spreadsheet shows it. */
  number: number;
  /** With gaps where a cell is empty. */
  cells: Cell[];
}

/** Rows that a spreadsheet can hold. */
const LAST_ROW = 1_048_576;
/** Columns: official tables have some fifty. */
const MAX_COLUMNS = 1000;
/** Characters: twice what a spreadsheet allows in a cell. */
const MAX_TEXT = 65_536;

/** `AB12` is column 27. Rows and cells may do without a position: each then follows the one before. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

/** Yields the rows that hold anything, those of each piece together. */
export const readSheet = (archive: Archive, part: string, meanings: Meanings): AsyncGenerator<SheetRow[]> =>
  readXml(archive.read(part, MAX_PART), (onRow) => sheetHandlers(meanings, onRow));

function sheetHandlers(meanings: Meanings, onRow: (row: SheetRow) => void): XmlHandlers {
  let row: SheetRow = { number: 0, cells: [] };
  let column = -1;
  let cell: StoredCell | undefined;
  let isTable = false;
  let isText = false;
  let isPhonetic = false;

  const begin = (name: string, attributes: Attributes) => {
    switch (name) {
      case 'row':
        row = { number: rowNumber(attributes['r'], row.number), cells: [] };
        column = -1;
        break;
      case 'c':
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        cell = storedCell(attributes);
        break;
      case 'f':
        if (cell) cell.isFormula = true;
        break;
      case 'rPh':
        isPhonetic = true;
        break;
      case 'v':
      case 't':
        isText = cell !== undefined && !isPhonetic;
        if (isText) cell!.value ??= '';
    }
  };
  const end = (name: string) => {
    if (name === 'v' || name === 't') isText = false;
    else if (name === 'rPh') isPhonetic = false;
    else if (name === 'c' && cell) {
      const content = cell.value === undefined && !cell.isFormula ? '' : readCell(cell, meanings);
      cell = undefined;
      if (content !== '') keep(row, column, content);
    } else if (name === 'row' && row.cells.length > 0) onRow(row);
  };
  return {
    open: (name, attributes) => {
      if (name === 'sheetData') isTable = true;
      else if (isTable) begin(name, attributes);
    },
    text: (text) => {
      if (!isText || !cell) return;
      cell.value += text;
      if (cell.value!.length > MAX_TEXT) throw tooLarge(`第${row.number}行有过长的单元格`);
    },
    close: (name) => {
      if (name === 'sheetData') isTable = false;
      else if (isTable) end(name);
    },
  };
}

function rowNumber(given: string | undefined, before: number): number {
  const number = given === undefined ? before + 1 : Number(given);
  // Rows are answered by their number, so each must have its own.
  if (!Number.isInteger(number) || number <= before || number > LAST_ROW) throw damaged('行号有误');
  return number;
}

const storedCell = ({ t = 'n', s = '0' }: Attributes): StoredCell => ({
  type: t,
  style: Number(s),
  value: undefined,
  isFormula: false,
});

function keep(row: SheetRow, column: number, content: Cell): void {
  if (column < 0) throw damaged('单元格的位置有误');
  if (column >= MAX_COLUMNS) throw tooLarge(`第${row.number}行超过${MAX_COLUMNS}列`);
  row.cells[column] = content;
}
