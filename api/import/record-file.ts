/** The columns and rows of a file of records: standard codes (XK_*, CF_*), labels of the standard, or our field names. */
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { columnsOf, kindOfColumns, RECORD_KINDS, renamedRecord } from '../../domain/publicity/record-fields.ts';
import { recordInputSchema, type RecordInput } from '../../domain/publicity/record.ts';
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
  return { ...readHeader(columnsOf(kind), cells), constants: { kind } };
}

const NAMES_OF_KIND = { field: 'kind', names: ['信息类别'], required: false } satisfies Column;

function unreadRecordFields(object: unknown): string[] {
  const renamed = renamedRecord(object);
  const kind = typeof renamed === 'object' && renamed !== null && 'kind' in renamed ? renamed.kind : undefined;
  const known = keysOf(RECORD_KINDS).find((one) => one === kind);
  // Without a kind the row is refused anyway.
  return known ? unreadOf([...columnsOf(known), NAMES_OF_KIND])(object) : [];
}

export const RECORD_FILE: RowFormat<RecordInput> = {
  noun: '应当公示的信息',
  schema: recordInputSchema,
  readHeader: readRecordHeader,
  rename: renamedRecord,
  unread: (object) => unreadRecordFields(object),
  // The stored text of a rejected row has no citizen id, whichever column held it.
  redact: maskCitizenIds,
};
