/** Rejected rows as the table that they came from, with the reason: corrected, it can be sent again as it is. */
import type { TableRow } from '../http/table.ts';
import { LINE_COLUMN, REASON_COLUMN } from './rows/columns.ts';
import { cellsOf } from './rows/csv.ts';

/** Characters of a rejected row that are stored. */
export const RAW_LIMIT = 20_000;

export interface Rejection {
  line: number;
  raw: string;
  problem: unknown;
}

/** @param names the columns of the file, or the names that its lines of JSON have. */
export async function* rejectedRows(
  names: readonly string[],
  rejections: AsyncIterable<Rejection>,
): AsyncGenerator<TableRow> {
  const columns = names.length > 0 ? names : ['原文'];
  yield [...columns, LINE_COLUMN, REASON_COLUMN];
  for await (const { line, raw, problem } of rejections) {
    yield [...cellsIn(raw, columns), String(line), reasonOf(problem)];
  }
}

/**
 * A row that cannot be told apart into its columns, or was too long to be kept whole, stands in the first one: in pieces it
 * could be taken for another row.
 */
function cellsIn(raw: string, columns: readonly string[]): readonly string[] {
  const cells = raw.length >= RAW_LIMIT ? undefined : (jsonCells(raw, columns) ?? cellsOf(raw, columns.length));
  return cells ?? columns.map((_, at) => (at === 0 ? raw : ''));
}

function jsonCells(raw: string, columns: readonly string[]): string[] | undefined {
  if (!raw.trimStart().startsWith('{')) return undefined;
  try {
    const object = JSON.parse(raw) as Record<string, unknown>;
    return columns.map((name) => (Object.hasOwn(object, name) ? jsonText(object[name]) : ''));
  } catch {
    return undefined;
  }
}

const jsonText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

function reasonOf(problem: unknown): string {
  const { message, remedy } = problem as { message?: unknown; remedy?: unknown };
  return [message, remedy].filter((part) => typeof part === 'string' && part !== '').join('。');
}
