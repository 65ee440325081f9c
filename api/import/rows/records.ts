/** What all formats hand to validation. */
import type { Header } from './columns.ts';

export interface FileRecord {
  /** The line where the row begins; the row of a sheet. */
  line: number;
  raw: string;
  input?: unknown;
  /** Why the row has no input: in Chinese, with cause and remedy. */
  problem?: string;
}

/** A row of a table as an object. @param at the text of the cell at a position. */
export const inputOf = (
  { positions, constants }: Header,
  at: (position: number) => string | undefined,
): Record<string, string | undefined> => ({
  ...constants,
  ...Object.fromEntries(positions.map(([field, position]) => [field, at(position)])),
});

export const LINE_TOO_LONG = '该行超过1 MB，不是一条信息，请检查是否缺少换行';
