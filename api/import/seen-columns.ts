/** The columns of a file, as they become known: of a table before its first row, of JSON with each row. */
import type { OnColumns } from './rows/columns.ts';

/** Names that are told of as unread, or kept of lines of JSON, which may each have names of their own. */
const COLUMNS_NAMED = 100;
/** Columns of a table, and characters of a name. A table with more of them is not kept as a table. */
const COLUMNS_KEPT = 1000;
const NAME_KEPT = 200;

export interface SeenColumns {
  /** In the file's order; of a table also columns without a name. */
  readonly names: readonly string[];
  readonly unread: ReadonlySet<string>;
  /** The standards whose columns they are. */
  readonly sets: ReadonlySet<string>;
  add: OnColumns;
}

export function seenColumns(): SeenColumns {
  const names: string[] = [];
  const unread = new Set<string>();
  const sets = new Set<string>();
  return {
    names,
    unread,
    sets,
    add: (columns) => {
      if (columns.columnSet !== undefined) sets.add(columns.columnSet);
      for (const column of columns.unread) if (unread.size < COLUMNS_NAMED) unread.add(column);
      if (names.length === 0) names.push(...columns.names.slice(0, COLUMNS_KEPT).map(storable));
      else if (names.length < COLUMNS_NAMED) names.push(...columns.names.filter((name) => !names.includes(name)));
    },
  };
}

/** PostgreSQL's text cannot hold NUL. */
const storable = (name: string) => name.slice(0, NAME_KEPT).replaceAll('\0', '\uFFFD');
