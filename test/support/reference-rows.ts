/** Reads files of reference data as the API does, without a database. */
import { Readable } from 'node:stream';
import { parseRowFile } from '../../api/import/row-file.ts';
import { REFERENCE_FILES } from '../../api/reference-data/files.ts';
import { applied, type Fault, type Judged, type Read } from '../../domain/reference-data/content.ts';
import type { Noun } from '../../domain/reference-data/nouns.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import { files } from './reference.ts';

export const AT = new Date('2026-06-15T02:00:00Z');
export const EDITION = { version: '2030.1' };

async function* bytes(stream: AsyncIterable<string | Buffer> | Iterable<string | Buffer>) {
  for await (const chunk of stream) yield Buffer.from(chunk as string);
}

export async function judged(noun: Noun, stream: Parameters<typeof bytes>[0], data: ReferenceData = files) {
  const { format, judge } = REFERENCE_FILES[noun];
  const rows: Read<unknown>[] = [];
  const faults: Fault[] = [];
  for await (const { line, value, issues = [] } of parseRowFile(Readable.from(bytes(stream)), format)) {
    if (value !== undefined) rows.push({ line, value });
    for (const { path, message } of issues) faults.push({ line, path, message });
  }
  const found = judge(rows, data, EDITION);
  return { ...found, faults: [...faults, ...found.faults], rows };
}

export const csv = (noun: Noun, text: string, data?: ReferenceData) => judged(noun, csvOf(text), data);
const csvOf = (text: string) =>
  (async function* () {
    yield Buffer.from(text);
  })();
export const said = ({ faults }: Pick<Judged, 'faults'>) => faults.map(({ line, message }) => `${line} ${message}`);
export const after = ({ content }: Judged) => applied(files, content, AT);
