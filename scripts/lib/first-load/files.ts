/** The files of a first load: the columns that the product imports (docs/files.md), with those that only what is past has. */
import { z } from 'zod';
import { LISTING_FILE } from '../../../api/import/listing-file.ts';
import { RECORD_FILE } from '../../../api/import/record-file.ts';
import { gathered, REGISTRATION_COLUMNS, REGISTRATION_FILE } from '../../../api/import/registration-file.ts';
import type { RowFormat } from '../../../api/import/row-file.ts';
import { readHeader, renaming, unreadOf, type Column } from '../../../api/import/rows/columns.ts';
import { loadedEnterpriseSchema, type LoadedEnterprise } from '../../../domain/first-load/enterprise.ts';
import { loadedListingSchema, type LoadedListing } from '../../../domain/first-load/listing.ts';
import { loadedRecordSchema, type LoadedRecord } from '../../../domain/first-load/record.ts';
import { foldedColumn } from '../../../domain/folding.ts';

/** A register of enterprises tells no transaction: what a registration must have may be absent, or told otherwise. */
const STILL_REQUIRED: ReadonlySet<string> = new Set(['uscc', 'name', 'regionCode', 'scope']);

const ENTERPRISE_COLUMNS: Column[] = [
  ...REGISTRATION_COLUMNS.map((column) => ({ ...column, required: STILL_REQUIRED.has(column.field) })),
  { field: 'state', names: ['登记状态', '经营状态', '企业状态', '主体状态', '状态'], required: false },
  { field: 'cancelledOn', names: ['注销日期'], required: false },
  { field: 'revokedOn', names: ['吊销日期'], required: false },
];

export const ENTERPRISE_FILE: RowFormat<LoadedEnterprise> = {
  noun: '经营主体',
  schema: z.preprocess(gathered, loadedEnterpriseSchema) as z.ZodType<LoadedEnterprise>,
  readHeader: (cells) => readHeader(ENTERPRISE_COLUMNS, cells),
  rename: renaming(ENTERPRISE_COLUMNS),
  unread: unreadOf(ENTERPRISE_COLUMNS),
  templates: {},
  redact: REGISTRATION_FILE.redact!,
};

const PUBLISHED: Column = {
  field: 'publishedOn',
  names: ['公示日期', '首次公示日期', '公示起始日期', '公示开始日期'],
  required: false,
};
const readPublished = renaming([PUBLISHED]);
const isPublished = (name: string) =>
  [PUBLISHED.field, ...PUBLISHED.names].map(foldedColumn).includes(foldedColumn(name));

/** The columns of the three kinds of records, and the day of publication. */
export const LOADED_RECORD_FILE: RowFormat<LoadedRecord> = {
  noun: RECORD_FILE.noun,
  schema: loadedRecordSchema(RECORD_FILE.schema),
  readHeader(cells) {
    const header = RECORD_FILE.readHeader(cells);
    const { positions } = readHeader([PUBLISHED], cells);
    const unread = header.unread.filter((name) => !isPublished(name));
    return { ...header, positions: [...header.positions, ...positions], unread };
  },
  rename(object) {
    const renamed = RECORD_FILE.rename!(object);
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return renamed;
    return { ...Object(renamed), ...Object(readPublished(object)) } as unknown;
  },
  unread(object) {
    const { unread, ...more } = RECORD_FILE.unread!(object);
    return { ...more, unread: unread.filter((name) => !isPublished(name)) };
  },
  templates: {},
  redact: RECORD_FILE.redact!,
};

export const LOADED_LISTING_FILE: RowFormat<LoadedListing> = { ...LISTING_FILE, schema: loadedListingSchema };
