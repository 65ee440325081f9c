/** A file of reference data: its columns, what its rows mean, and the data that are in force as such a file. */
import type { z } from 'zod';
import type { Judged, Read } from '../../domain/reference-data/content.ts';
import type { Edition } from '../../domain/reference-data/edition.ts';
import { NOUNS, type Noun } from '../../domain/reference-data/nouns.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import type { RowFormat } from '../import/row-file.ts';
import { readHeader, renaming, unreadOf, type Column } from '../import/rows/columns.ts';
import type { Template } from '../import/template.ts';
import type { TableRow } from '../http/table.ts';

type Cells = Readonly<Partial<Record<string, string>>>;

interface FileOf<Row> {
  noun: Noun;
  columns: readonly Column[];
  schema: z.ZodType<Row>;
  examples: Template['examples'];
  judge: (rows: readonly Read<Row>[], data: ReferenceData, edition: Edition) => Judged;
  /** The rows of a file that says what is in force. */
  cells: (data: ReferenceData) => Cells[];
}

/** A file of a noun, whatever its rows are. */
export interface ReferenceFile {
  noun: Noun;
  format: RowFormat<unknown>;
  /** @param rows as the format read them. */
  judge: (rows: readonly Read<unknown>[], data: ReferenceData, edition: Edition) => Judged;
  /** The header and the rows in force: sent again, they change nothing. */
  exported: (data: ReferenceData) => TableRow[];
  /** The name of the column of a field. */
  titles: Readonly<Record<string, string>>;
}

export function referenceFile<Row>({ noun, columns, schema, examples, judge, cells }: FileOf<Row>): ReferenceFile {
  const { title } = NOUNS[noun];
  const names = columns.map(({ field, names: [name] }) => ({ field, name }));
  return {
    noun,
    format: {
      noun: title,
      schema,
      readHeader: (header) => readHeader(columns, header),
      rename: renaming(columns),
      unread: unreadOf(columns),
      templates: { [noun]: { title, columns: names, schemas: [schema], examples } },
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rows are those that this file's schema made
    judge: (rows, data, edition) => judge(rows as readonly Read<Row>[], data, edition),
    exported: (data) => [
      names.map(({ name }) => name),
      ...cells(data).map((row) => names.map(({ field }) => row[field] ?? '')),
    ],
    titles: Object.fromEntries(names.map(({ field, name }) => [field, name])),
  };
}
