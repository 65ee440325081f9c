/**
 * Reads a file of rows (a workbook; CSV or JSON Lines, UTF-8 or GB18030) row by row; text while it arrives. A bad row is
 * reported and reading goes on; only a file that cannot be read at all is refused, before its first row. A RowFormat says
 * what a row is.
 */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { ERROR_CODES, Refusal, type ErrorCode } from '../../domain/errors.ts';
import type { OnColumns, ReadHeader, Unread } from './rows/columns.ts';
import { readCsv } from './rows/csv.ts';
import { decodeText } from './rows/decode.ts';
import { isWorkbook, withHead } from './rows/head.ts';
import { readJsonl } from './rows/jsonl.ts';
import { detached, splitLines, type Line } from './rows/lines.ts';
import type { FileRecord } from './rows/records.ts';
import { readXlsx } from './rows/xlsx.ts';
import type { Template } from './template.ts';

/** What the rows of a file mean. */
export interface RowFormat<T> {
  /** What the rows are called, e.g. 登记信息, in the message about a file without rows. */
  noun: string;
  schema: z.ZodType<T>;
  readHeader: ReadHeader;
  /** Renames the fields of a line of JSON that carries official names. */
  rename?: (object: unknown) => unknown;
  /** Names of a line of JSON that are not read, and the standard whose names it has. */
  unread?: (object: unknown) => Unread;
  /** By kind of row; the first one where the rows are of one kind. */
  templates: Readonly<Record<string, Template>>;
  /** Changes the text of a rejected row before it is stored. */
  redact?: (raw: string) => string;
}

/** In bytes. A province's whole day, 100,000 registrations with long scopes, stays far below. */
export const FILE_LIMIT = 512 * 1024 * 1024;
/** Twice the largest day of a province. */
const MAX_ROWS = 200_000;
/** Characters of a row's text that are kept: the rows of a batch must not hold much memory. */
const MAX_RAW = 20_000;

export interface Row<T> {
  /** The line of the file where the row begins, from 1. */
  line: number;
  /** The row's text in the file, at most 20,000 characters. */
  raw: string;
  /** Present if the row is valid; otherwise `issues` is. */
  value?: T;
  issues?: RowIssue[];
}

interface RowIssue {
  /** The field; empty for the whole row. */
  path: string;
  message: string;
  code: ErrorCode;
}

export interface RowFileOptions {
  /** Absent: told by file name, content type or the first character. A workbook is told by its content first. */
  format?: 'csv' | 'jsonl';
  filename?: string;
  contentType?: string;
  /** The sheet of a workbook to read, by its name; the first visible one where absent. */
  sheet?: string;
  maxRows?: number;
  /** Called with all columns and those that are not read: of a table before the first row, of JSON with each row. */
  onColumns?: OnColumns;
  maxBytes?: number;
}

/** @throws Refusal at the first pull for a file that cannot be read, later for one with too many rows or bytes. */
export async function* parseRowFile<T>(
  stream: Readable,
  format: RowFormat<T>,
  options: RowFileOptions = {},
): AsyncGenerator<Row<T>> {
  const { maxRows = MAX_ROWS } = options;
  let rows = 0;
  for await (const record of readFileRecords(stream, format, options)) {
    rows += 1;
    if (rows > maxRows) {
      throw new Refusal('input.too-large', `文件超过${maxRows}行，第${record.line}行起未读取`, {
        remedy: '请将其余各行另存为一个文件后上传',
      });
    }
    yield validated(record, format);
  }
}

/** The rows of a file, however many, before they are judged (`validated`). @throws Refusal as parseRowFile. */
export async function* readFileRecords<T>(
  stream: Readable,
  format: RowFormat<T>,
  options: RowFileOptions = {},
): AsyncGenerator<FileRecord> {
  const { onColumns } = options;
  const { records, isJson } = await readRecords(stream, format, options);
  for await (const record of records) {
    if (isJson && typeof record.input === 'object' && record.input !== null) {
      const { input } = record;
      onColumns?.({ names: Object.keys(input), unread: [], ...format.unread?.(input) });
    }
    yield record;
  }
}

async function readRecords<T>(stream: Readable, format: RowFormat<T>, options: RowFileOptions) {
  const { maxBytes = FILE_LIMIT, sheet, onColumns: onHeader } = options;
  const { readHeader } = format;
  const { head, all } = await withHead(upTo(maxBytes, stream));
  if (isWorkbook(head, options)) return { records: readXlsx(all, { readHeader, onHeader, sheet }), isJson: false };
  const lines = withContent(splitLines(decodeText(all)));
  const first = await lines.next();
  if (first.done) {
    throw new Refusal('input.empty-file', '文件没有内容', { remedy: `请确认导出的文件含有${format.noun}后重新上传` });
  }
  const text = resumed(first.value, lines);
  const isJson = syntaxOf(options, first.value) === 'jsonl';
  return { records: isJson ? readJsonl(text) : readCsv(text, { readHeader, onHeader }), isJson };
}

/** Ends with a refusal beyond `most` bytes. Counts bytes, so that blank lines count too. */
async function* upTo(most: number, stream: Readable): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      throw new Refusal('input.too-large', '文件过大，超出部分未读取', { remedy: '请将其余各行另存为一个文件后上传' });
    }
    yield chunk;
  }
}

/** Skips a byte order mark and leading blank lines. */
async function* withContent(lines: AsyncIterable<Line[]>): AsyncGenerator<Line[]> {
  let started = false;
  for await (const some of lines) {
    if (started) {
      yield some;
      continue;
    }
    // `trim` removes U+FEFF as white space.
    const index = some.findIndex((line) => line.text.trim() !== '');
    if (index < 0) continue;
    started = true;
    yield some.slice(index).map((line) => ({ ...line, text: line.text.replace(/^\uFEFF/, '') }));
  }
}

async function* resumed(first: Line[], rest: AsyncIterable<Line[]>): AsyncGenerator<Line[]> {
  yield first;
  yield* rest;
}

function syntaxOf({ format, filename = '', contentType = '' }: RowFileOptions, lines: Line[]): 'csv' | 'jsonl' {
  if (format) return format;
  if (/\.(jsonl|ndjson)$/i.test(filename)) return 'jsonl';
  if (/\.csv$/i.test(filename)) return 'csv';
  if (/jsonl|ndjson/i.test(contentType)) return 'jsonl';
  if (/\bcsv\b/i.test(contentType)) return 'csv';
  return lines[0]?.text.trimStart().startsWith('{') ? 'jsonl' : 'csv';
}

/** The row's value, or what is wrong with it. */
export function validated<T>({ line, raw: text, input, problem }: FileRecord, format: RowFormat<T>): Row<T> {
  const { schema, rename = (object) => object, redact = (whole) => whole } = format;
  const keptText = () => detached(redact(text), MAX_RAW);
  const refused = (issues: RowIssue[]): Row<T> => ({ line, raw: keptText(), issues });
  if (problem !== undefined) return refused([{ path: '', message: problem, code: 'input.invalid' }]);
  // The decoder writes U+FFFD for invalid bytes. Accepting it would register a damaged name.
  if (text.includes('\uFFFD')) {
    const message = '该行含有无法识别的字符（�），文件编码混杂或已损坏，请更正后重新提交该行';
    return refused([{ path: '', message, code: 'input.unsupported-encoding' }]);
  }
  const result = schema.safeParse(rename(input));
  if (result.success) return accepted(line, result.data, text.length > MAX_RAW ? keptText() : keptText);
  return refused(
    result.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
      code: codeOf(issue.code === 'custom' ? issue.params?.['code'] : undefined),
    })),
  );
}

/** Most valid rows are accepted, and nobody asks for their text: it is made when somebody does, unless it is long. */
function accepted<T>(line: number, value: T, text: string | (() => string)): Row<T> {
  return {
    line,
    value,
    get raw() {
      return typeof text === 'string' ? text : text();
    },
  };
}

const codeOf = (code: unknown): ErrorCode => (isErrorCode(code) ? code : 'input.invalid');

const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
