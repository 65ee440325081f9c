/** The columns and rows of a file of records: standard codes (XK_*, CF_*), labels of the standard, or our field names. */
import { z } from 'zod';
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { asToday, COLUMN_SETS, type ColumnSet } from '../../domain/publicity/former-columns.ts';
import {
  columnSetOf,
  columnsOf,
  kindOfColumns,
  RECORD_KINDS,
  renamedRecord,
  type RecordKind,
} from '../../domain/publicity/record-fields.ts';
import { recordInputSchema, type RecordInput } from '../../domain/publicity/record.ts';
import { RECORD_TEMPLATES } from './record-template.ts';
import type { RowFormat } from './row-file.ts';
import { readHeader, unreadOf, type Column, type Header } from './rows/columns.ts';

/**
 * A file holds one kind of record, told by its columns: the document number's column differs between permits and
 * penalties.
 */
function readRecordHeader(cells: readonly string[]): Header {
  const kind = kindOfColumns(cells);
  if (!kind) {
    const names = keysOf(RECORD_KINDS)
      .map((one) => RECORD_KINDS[one])
      .join('、');
    throw new Refusal('input.invalid', `无法从列名判断信息类别（${names}）`, {
      remedy: '请在首行使用双公示标准的列名（如 XK_WSH、行政处罚决定书文号），其他信息须有“公示栏目”列',
    });
  }
  const columnSet = columnSetOf(kind, cells);
  return {
    ...readHeader(columnsOf(kind, columnSet), cells),
    constants: { kind, ...(columnSet === '2015' && { columnSet }) },
    ...(columnSet && { columnSet: COLUMN_SETS[columnSet] }),
  };
}

const NAMES_OF_KIND = { field: 'kind', names: ['信息类别'], required: false } satisfies Column;

function namesIn(object: unknown): { kind: RecordKind; columnSet: ColumnSet | undefined } | undefined {
  const renamed = renamedRecord(object);
  const named = typeof renamed === 'object' && renamed !== null && 'kind' in renamed ? renamed.kind : undefined;
  const kind = keysOf(RECORD_KINDS).find((one) => one === named);
  // Without a kind the row is refused anyway.
  return kind && { kind, columnSet: columnSetOf(kind, Object.keys(object as object)) };
}

function unreadRecordFields(object: unknown): string[] {
  const found = namesIn(object);
  return found ? unreadOf([...columnsOf(found.kind, found.columnSet), NAMES_OF_KIND])(object) : [];
}

function columnSetTitle(object: unknown): string | undefined {
  const columnSet = namesIn(object)?.columnSet;
  return columnSet && COLUMN_SETS[columnSet];
}

const ofToday = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'columnSet' in row ? asToday(row) : row;

export const RECORD_FILE: RowFormat<RecordInput> = {
  noun: '应当公示的信息',
  schema: z.preprocess(ofToday, recordInputSchema),
  readHeader: readRecordHeader,
  rename: renamedRecord,
  unread: unreadRecordFields,
  columnSet: columnSetTitle,
  templates: RECORD_TEMPLATES,
  // The stored text of a rejected row has no citizen id, whichever column held it.
  redact: maskCitizenIds,
};
