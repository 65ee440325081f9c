/** A day's file of registrations (第七条第一款), CSV or JSONL: read as a stream, one answer a row, no row can stop the others. */
import path from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Refusal, type ErrorCode } from '../domain/errors.ts';
import { registrationInputSchema, type RegistrationInput } from '../domain/registration.ts';
import { countLineEnds, csvScan, RecordCutter, scanLine, shorten, type FileRecord, type Scan } from './file-records.ts';
import { readText } from './file-text.ts';
import { fieldsOfCells, fieldsOfObject, layoutOf, type Layout } from './registration-columns.ts';

const MAX_ROWS = 200_000;

export interface RowIssue {
  /** The field, or empty where it is the row. */
  path: string;
  /** In Chinese, cause and remedy. */
  message: string;
  code: ErrorCode;
}

export interface RegistrationRow {
  /** 1-based physical line on which the row begins. */
  line: number;
  /** As it stands in the file, at most 20,000 characters of it. */
  raw: string;
  /** Either this */
  value?: RegistrationInput;
  /** or these. */
  issues?: RowIssue[];
}

export interface FileOptions {
  /** Undefined: JSONL where the text begins with `{` or name or type say so, else CSV. */
  format?: 'csv' | 'jsonl';
  filename?: string;
  contentType?: string;
  /** Undefined: what `contentType` says, and where that is nothing or UTF-8, what the bytes say. */
  encoding?: string;
  /** Rows, 200,000 unless told. */
  maxRows?: number;
}

/**
 * The file's rows in their order; blank lines are left out. Memory is bounded: the consumer sets the pace.
 * @throws Refusal `input.empty-file`, `input.unsupported-media-type` or `input.unsupported-encoding` before the first row,
 *   `input.invalid` for a header without a required column, `input.too-large` after `maxRows` rows.
 */
export async function* parseRegistrationFile(
  stream: Readable,
  options: FileOptions = {},
): AsyncGenerator<RegistrationRow, void, undefined> {
  const maxRows = options.maxRows ?? MAX_ROWS;
  let count = 0;
  for await (const row of readRows(stream, options)) {
    count += 1;
    if (count > maxRows) {
      const message = `文件超过${maxRows}行，第${row.line}行起未读取`;
      throw new Refusal('input.too-large', message, { remedy: '请拆分后提交；重复提交已受理的行不产生新的推送' });
    }
    yield row;
  }
}

async function* readRows(stream: Readable, options: FileOptions): AsyncGenerator<RegistrationRow> {
  const encoding = options.encoding ?? /charset="?([^";\s]+)/i.exec(options.contentType ?? '')?.[1];
  let reader: RowReader | undefined;
  let line = 1;
  for await (const piece of readText(stream, encoding)) {
    if (reader) {
      yield* reader.read(piece, false);
      continue;
    }
    // Blank lines before the first record are counted and dropped, however many they are.
    const text = piece.search(/\S/);
    const begin = text < 0 ? piece.length : piece.lastIndexOf('\n', text) + 1;
    line += countLineEnds(piece, 0, begin);
    if (text < 0) continue;
    const isJsonl = (options.format ?? formatOf(piece.charAt(text), options)) === 'jsonl';
    reader = isJsonl
      ? new RowReader(scanLine, line, jsonFields)
      : new RowReader(csvScan(delimiterOf(piece, begin)), line);
    yield* reader.read(piece.slice(begin), false);
  }
  if (!reader) throw new Refusal('input.empty-file', '文件没有内容', { remedy: '请检查导出是否成功后重新提交' });
  yield* reader.read('', true);
}

/** A CSV's first character is that of a column's name: never a brace. */
function formatOf(first: string, { filename = '', contentType = '' }: FileOptions): 'csv' | 'jsonl' {
  if (first === '{') return 'jsonl';
  const isNamed = ['.jsonl', '.ndjson'].includes(path.extname(filename).toLowerCase());
  return isNamed || /ndjson|jsonl/i.test(contentType) ? 'jsonl' : 'csv';
}

/** Spreadsheets save “Unicode text” with tabs. */
function delimiterOf(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  const header = text.slice(from, end < 0 ? undefined : end);
  return header.includes('\t') && !header.includes(',') ? '\t' : ',';
}

type Fields = { values: Record<string, unknown> } | { issue: RowIssue };

class RowReader {
  readonly #cutter: RecordCutter;
  /** Undefined until a CSV's header was read. */
  #fields: ((record: FileRecord) => Fields) | undefined;

  constructor(scan: Scan, line: number, fields?: (record: FileRecord) => Fields) {
    this.#cutter = new RecordCutter(scan, line);
    this.#fields = fields;
  }

  *read(piece: string, ended: boolean): Generator<RegistrationRow> {
    for (const record of this.#cutter.cut(piece, ended)) {
      if (isBlank(record)) continue;
      if (this.#fields) {
        yield { line: record.line, raw: shorten(record.raw), ...judge(record, this.#fields) };
        continue;
      }
      const layout = headerLayout(record);
      this.#fields = (row) => csvFields(row, layout);
    }
  }
}

const isBlank = ({ raw, cells, problem }: FileRecord) =>
  !problem && (cells ? cells.every((cell) => cell.trim() === '') : raw.trim() === '');

function headerLayout(record: FileRecord): Layout {
  const problem = damage(record);
  if (problem) throw new Refusal(problem.code, `文件表头无法读取：${problem.message}`);
  return layoutOf(record.cells ?? []);
}

function judge(
  record: FileRecord,
  fieldsOf: (record: FileRecord) => Fields,
): Pick<RegistrationRow, 'value' | 'issues'> {
  const damaged = damage(record);
  if (damaged) return { issues: [damaged] };
  const fields = fieldsOf(record);
  if ('issue' in fields) return { issues: [fields.issue] };
  const parsed = registrationInputSchema.safeParse(fields.values);
  return parsed.success ? { value: parsed.data } : { issues: parsed.error.issues.map(rowIssue) };
}

const invalid = (message: string): RowIssue => ({ path: '', message, code: 'input.invalid' });

/** What makes a record unreadable, whatever its format. */
function damage({ raw, problem }: FileRecord): RowIssue | undefined {
  if (problem === 'too-long') return invalid('本行超过1MB，请检查是否缺少换行');
  if (problem === 'bad-quote') return invalid('引号不成对：单元格内的引号应写成两个，请更正本行');
  if (raw.includes('\0')) return invalid('本行含有空字符（NUL），文件可能已损坏，请重新导出');
  if (!raw.includes('\uFFFD')) return undefined;
  const message = '本行有无法识别的字符，请将文件统一另存为 UTF-8 编码后重新提交';
  return { path: '', message, code: 'input.unsupported-encoding' };
}

function csvFields({ cells = [] }: FileRecord, layout: Layout): Fields {
  const extra = cells.slice(layout.width).some((cell) => cell.trim() !== '');
  if (cells.length < layout.width || extra) {
    return { issue: invalid(`本行有${cells.length}列，表头有${layout.width}列，请检查逗号和引号`) };
  }
  return { values: fieldsOfCells(cells, layout) };
}

const jsonObject = z.record(z.string(), z.unknown());

function jsonFields({ raw }: FileRecord): Fields {
  try {
    const object = jsonObject.safeParse(JSON.parse(raw));
    if (object.success) return { values: fieldsOfObject(object.data) };
    return { issue: invalid('本行不是 JSON 对象，应为一行一个对象 {…}') };
  } catch {
    return { issue: invalid('本行不是合法的 JSON，请检查引号、逗号和括号；一个对象应在同一行内') };
  }
}

function rowIssue(issue: z.core.$ZodIssue): RowIssue {
  const isUscc = issue.code === 'custom' && issue.params?.['code'] === 'uscc.invalid';
  return { path: issue.path.join('.'), message: issue.message, code: isUscc ? 'uscc.invalid' : 'input.invalid' };
}
