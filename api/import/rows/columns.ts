/** The header row of a CSV file: our field names, or the column names that registers use. */
import { Refusal } from '../../../domain/errors.ts';

export interface Column {
  field: string;
  /** In order of preference: a file may carry both a 登记编号 and an older 注册号. */
  names: [string, ...string[]];
  required: boolean;
}

export interface Header {
  width: number;
  /** Where each field of the file stands. */
  positions: [field: string, position: number][];
  /** What the header says of every row. */
  constants?: Record<string, string>;
  /** Columns that are not ours: their sender is told that nobody read them. */
  unread: string[];
}

export type ReadHeader = (cells: readonly string[]) => Header;

/** Columns that are not ours are not read. @throws Refusal naming the required columns that are missing. */
export function readHeader(columns: readonly Column[], cells: readonly string[]): Header {
  const found = cells.map(normalised);
  const positions = columns.flatMap(({ field, names }): Header['positions'] => {
    const name = [field, ...names].map(normalised).find((candidate) => found.includes(candidate));
    return name === undefined ? [] : [[field, found.indexOf(name)]];
  });
  const present = new Set(positions.map(([field]) => field));
  const missing = columns
    .filter(({ field, required }) => required && !present.has(field))
    .map(({ names }) => `“${names[0]}”`);
  if (missing.length > 0) {
    throw new Refusal('input.invalid', `文件缺少列${missing.join('、')}`, {
      remedy: '请在首行补充列名（以半角逗号分隔）后重新上传，列名可用中文或接口字段名',
    });
  }
  const read = new Set(positions.map(([, position]) => position));
  const unread = cells.filter((cell, position) => cell.trim() !== '' && !read.has(position));
  return { width: cells.length, positions, unread };
}

/** Reads lines of JSON under whichever of the columns' names. What is no object, and no column, is another's to judge. */
export function renaming(columns: readonly Column[]): (object: unknown) => unknown {
  const candidates = columns.map(({ field, names }) => ({ field, names: [field, ...names].map(normalised) }));
  return (object) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return object;
    const given = new Map(Object.entries(object).map(([key, value]): [string, unknown] => [normalised(key), value]));
    const known = candidates.flatMap(({ field, names }) => {
      const name = names.find((candidate) => given.has(candidate));
      return name === undefined ? [] : [[field, given.get(name)] as const];
    });
    return Object.fromEntries(known);
  };
}

export const normalised = (name: string) =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s\uFEFF]/g, '')
    .toLowerCase();
