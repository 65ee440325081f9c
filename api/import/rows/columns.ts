/** The header row of a table: our field names, or the column names that registers use. */
import { Refusal } from '../../../domain/errors.ts';
import { foldedColumn } from '../../../domain/folding.ts';

export interface Column {
  field: string;
  /** In order of preference: a file may carry both a 登记编号 and an older 注册号. */
  names: [string, ...string[]];
  required: boolean;
}

export interface Header {
  /** The columns as the file names them. */
  names: readonly string[];
  /** The position of each field in a row. */
  positions: [field: string, position: number][];
  /** Values that the header implies for every row. */
  constants?: Record<string, string>;
  /** Columns that we do not know; the sender is told that they were not read. */
  unread: string[];
  /** The standard whose columns these are, where there are several; the sender is told. */
  columnSet?: string;
}

/** Columns that we add to the file of rejected rows, so that it can be corrected and sent again as it is. */
export const LINE_COLUMN = '原行号';
export const REASON_COLUMN = '原因';
const OWN_COLUMNS: ReadonlySet<string> = new Set([LINE_COLUMN, REASON_COLUMN]);

export type ReadHeader = (cells: readonly string[]) => Header;

export type Unread = Pick<Header, 'unread' | 'columnSet'>;

export type OnColumns = (columns: Pick<Header, 'names'> & Unread) => void;

export interface TableOptions {
  /** Also tried on rows that turn out to be no header. */
  readHeader: ReadHeader;
  /** Called once, with the header that was found. */
  onHeader?: OnColumns | undefined;
}

/** Unknown columns are ignored. @throws Refusal naming the required columns that are missing. */
export function readHeader(columns: readonly Column[], cells: readonly string[]): Header {
  const found = cells.map(foldedColumn);
  const positions = columns.flatMap(({ field, names }): Header['positions'] => {
    const name = [field, ...names].map(foldedColumn).find((candidate) => found.includes(candidate));
    return name === undefined ? [] : [[field, found.indexOf(name)]];
  });
  const present = new Set(positions.map(([field]) => field));
  const missing = columns
    .filter(({ field, required }) => required && !present.has(field))
    .map(({ names }) => `“${names[0]}”`);
  if (missing.length > 0) {
    throw new Refusal('input.invalid', `文件缺少列${missing.join('、')}`, {
      remedy: '请在列名行补充后重新上传，列名可用中文或接口字段名',
    });
  }
  const read = new Set(positions.map(([, position]) => position));
  const unread = cells.filter(
    (cell, position) => cell.trim() !== '' && !read.has(position) && !OWN_COLUMNS.has(foldedColumn(cell)),
  );
  return { names: cells, positions, unread };
}

/** Names of a line of JSON that no column has. Of a column's names the first one given is read, and the others are not. */
export function unreadOf(columns: readonly Column[]): (object: unknown) => Unread {
  const candidates = columns.map(({ field, names }) => [field, ...names].map(foldedColumn));
  return (object) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return { unread: [] };
    const keys = Object.keys(object);
    const given = new Set(keys.map(foldedColumn));
    const read = new Set(candidates.map((names) => names.find((name) => given.has(name))));
    return { unread: keys.filter((key) => !read.has(foldedColumn(key))) };
  };
}

/**
 * Renames the fields of a line of JSON from any of the columns' names. Values that are no objects and unknown fields pass
 * unchanged; the schema judges them.
 */
export function renaming(columns: readonly Column[]): (object: unknown) => unknown {
  const candidates = columns.map(({ field, names }) => ({ field, names: [field, ...names].map(foldedColumn) }));
  return (object) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return object;
    const given = new Map(Object.entries(object).map(([key, value]): [string, unknown] => [foldedColumn(key), value]));
    const known = candidates.flatMap(({ field, names }) => {
      const name = names.find((candidate) => given.has(candidate));
      return name === undefined ? [] : [[field, given.get(name)] as const];
    });
    return Object.fromEntries(known);
  };
}
