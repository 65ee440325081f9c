/** Registration files for tests of the parser, with helpers to read and cut them. */
import { Readable } from 'node:stream';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { parseRowFile, type Row, type RowFileOptions } from '../../api/import/row-file.ts';
import type { RegistrationInput } from '../../domain/registration/registration.ts';
import { Refusal } from '../../domain/errors.ts';

export const USCC = '91350100M000100Y43';
export const HEADER = 'registrationNo,uscc,name,regionCode,scope';
export const CHINESE_HEADER = '登记编号,统一社会信用代码,名称,行政区划代码,经营范围';
export const csvRow = (no: string, name = '甲', scope = '餐饮服务') => `${no},${USCC},${name},430103,${scope}`;
export const jsonRow = (no: string, more: object = {}) =>
  JSON.stringify({ registrationNo: no, uscc: USCC, name: '甲', regionCode: '430103', scope: '', ...more });

type Input = string | Buffer | Iterable<Buffer>;

export const streamOf = (input: Input) =>
  Readable.from(typeof input === 'string' || Buffer.isBuffer(input) ? [Buffer.from(input)] : input);

export async function read(input: Input, options?: RowFileOptions): Promise<Row<RegistrationInput>[]> {
  const rows: Row<RegistrationInput>[] = [];
  for await (const row of parseRowFile(streamOf(input), REGISTRATION_FILE, options)) rows.push(row);
  return rows;
}

export const lines = (...text: string[]) => text.join('\n');

/** Line, number and name of each row; for a refused row, line and message. */
export const brief = async (input: Input, options?: RowFileOptions) =>
  (await read(input, options)).map(({ line, value, issues }) =>
    value ? `${line} ${value.registrationNo} ${value.name}` : `${line} ${issues?.map((i) => i.message).join()}`,
  );

export async function refusalOf(input: Input, options?: RowFileOptions): Promise<Refusal> {
  const error: unknown = await read(input, options).catch((reason: unknown) => reason);
  if (error instanceof Refusal) return error;
  throw new Error('the file was not refused', { cause: error });
}

export function* cutAt(bytes: Buffer, sizes: Iterable<number>): Generator<Buffer> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

export function* cutEvery(bytes: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
