/** The columns and rows of a file of records: standard codes (XK_*, CF_*), labels of the standard, or our field names. */
import { z } from 'zod';
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { asToday, COLUMN_SETS } from '../../domain/publicity/former-columns.ts';
import {
  columnSetOf,
  columnsOf,
  kindOfColumns,
  namedRecord,
  RECORD_KINDS,
  renamedRecord,
} from '../../domain/publicity/record-fields.ts';
import { recordInputSchema, type RecordInput } from '../../domain/publicity/record.ts';
import { RECORD_TEMPLATES } from './record-template.ts';
import type { RowFormat } from './row-file.ts';
import { readHeader, unreadOf, type Column, type Header, type Unread } from './rows/columns.ts';

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

/** By kind and set, made once. */
const UNREAD = new Map(
  keysOf(RECORD_KINDS).flatMap((kind) =>
    keysOf(COLUMN_SETS).map((set) => [`${kind} ${set}`, unreadOf([...columnsOf(kind, set), NAMES_OF_KIND])] as const),
  ),
);

/** Without a kind the row is refused anyway. */
function unreadIn(object: unknown): Unread {
  const found = namedRecord(object);
  if (!found) return { unread: [] };
  const { kind, columnSet } = found;
  const { unread } = UNREAD.get(`${kind} ${columnSet ?? '2018'}`)!(object);
  return { unread, ...(columnSet && { columnSet: COLUMN_SETS[columnSet] }) };
}

const ofToday = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'columnSet' in row ? asToday(row) : row;

export const RECORD_FILE: RowFormat<RecordInput> = {
  noun: '应当公示的信息',
  schema: z.preprocess(ofToday, recordInputSchema),
  readHeader: readRecordHeader,
  rename: renamedRecord,
  unread: unreadIn,
  templates: RECORD_TEMPLATES,
  // The stored text of a rejected row has no citizen id, whichever column held it.
  redact: maskCitizenIds,
};
