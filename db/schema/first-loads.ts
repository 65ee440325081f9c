/** 首次装载: how far the files are that a province started with. Rows, progress and report are written in one transaction a chunk. */
import { integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { FirstLoadKind } from '../../domain/first-load/kinds.ts';

/** How many rows were refused for one reason, and what the first of them was told. */
export interface RefusedFor {
  count: number;
  example: string;
}

export const firstLoads = pgTable(
  'first_loads',
  {
    kind: text('kind').$type<FirstLoadKind>().notNull(),
    /** SHA-256 of the file, and of the sheet where one was named: the same file again goes on, or loads nothing more. */
    fileHash: text('file_hash').notNull(),
    /** Its report is that of an import; the rows that it brought name it. */
    importId: uuid('import_id').notNull(),
    /** Rows of the file that are done. */
    rows: integer('rows').notNull().default(0),
    /** By error code and field. */
    reasons: jsonb('reasons').$type<Record<string, RefusedFor>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.kind, t.fileHash] }), uniqueIndex('first_loads_import').on(t.importId)],
);
