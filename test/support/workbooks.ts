/** Workbooks for tests, part by part, as other programs may write them. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { readXlsx } from '../../api/import/rows/xlsx.ts';
import type { FileRecord } from '../../api/import/rows/records.ts';
import { Refusal } from '../../domain/errors.ts';

type Parts = Record<string, string | Buffer>;

export async function zipOf(parts: Parts, options: { compress?: boolean } = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name, options);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Relations by id: the last segment of the type, and the target. */
export const relationsXml = (rows: Record<string, readonly [type: string, target: string]>, types = TYPES) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.entries(rows)
    .map(([id, [type, target]]) => `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

interface Book {
  /** What stands in `sheetData`, by the sheet's name. */
  sheets: Record<string, string>;
  /** Attributes of a sheet in the workbook, by its name: `state="hidden"`. */
  attributes?: Record<string, string>;
  strings?: string;
  styles?: string;
  properties?: string;
  parts?: Parts;
}

export function bookParts({ sheets, attributes = {}, strings, styles, properties = '', parts = {} }: Book): Parts {
  const names = Object.keys(sheets);
  const listed = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" ${attributes[name] ?? ''} r:id="rId${at}"/>`,
  );
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relationsXml({ rId1: ['officeDocument', 'xl/workbook.xml'] }),
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${TYPES}">${properties}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsXml({
      ...Object.fromEntries(names.map((_, at) => [`rId${at}`, ['worksheet', `worksheets/sheet${at}.xml`] as const])),
      strings: ['sharedStrings', '/xl/sharedStrings.xml'],
      styles: ['styles', 'styles.xml'],
    }),
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at}.xml`,
        `<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
      ]),
    ),
    'xl/sharedStrings.xml': `<sst>${strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles ?? ''}</styleSheet>`,
    ...parts,
  };
}

export const bookOf = (book: Book): Promise<Buffer> => zipOf(bookParts(book));

const marked = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const textCell = (text: string) => `<c t="inlineStr"><is><t>${marked(text)}</t></is></c>`;
/** Rows of texts, without any position. */
export const textRows = (...rows: readonly (readonly string[])[]) =>
  rows.map((cells) => `<row>${cells.map((cell) => (cell === '' ? '<c/>' : textCell(cell))).join('')}</row>`).join('');

/** Every row of a sheet below its first one, whatever its columns are. */
export async function recordsIn(book: Buffer, sheet?: string): Promise<FileRecord[]> {
  const readHeader = (names: readonly string[]) => ({
    names,
    positions: names.map((name, at): [string, number] => [name, at]),
    unread: [],
  });
  const records: FileRecord[] = [];
  for await (const record of readXlsx(Readable.from([book]), { readHeader, sheet })) records.push(record);
  return records;
}

/** One cell as it is read, or why not. @param cell the XML of the cell. */
export async function cellIn(cell: string, book: Omit<Book, 'sheets'> = {}): Promise<string | undefined> {
  const sheets = { 表: `${textRows(['值', '旁'])}<row>${cell}${textCell('旁')}</row>` };
  const [record] = await recordsIn(await bookOf({ ...book, sheets }));
  return record?.problem ?? (record?.input as Record<string, string> | undefined)?.['值'];
}

export async function refusalOfBook(book: Buffer, sheet?: string): Promise<Refusal> {
  const error: unknown = await recordsIn(book, sheet).catch((reason: unknown) => reason);
  if (error instanceof Refusal) return error;
  throw new Error('the workbook was not refused', { cause: error });
}
