/** A file as it is sent, in a form or as the body itself, passed on as a stream. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import type { App } from '../context.ts';
import { XLSX_TYPE } from '../http/table-file.ts';
import { fileOfForm, takeForms } from '../http/upload.ts';
import { FILE_LIMIT } from './row-file.ts';

/** Content types under which a file comes as it is. */
export const FILE_TYPES = [
  'text/csv',
  'text/plain',
  'application/x-ndjson',
  'application/jsonl',
  XLSX_TYPE,
  // What browsers on Windows make of CSV; old workbooks are refused by their content.
  'application/vnd.ms-excel',
  'application/octet-stream',
];

/** What a query says of a file. */
export const fileQuery = z.object({
  filename: z.string().max(255).optional(),
  sheet: z.string().min(1).max(100).optional().describe('工作簿中要读取的工作表；缺省为第一个可见的'),
});

export type FileQuery = z.output<typeof fileQuery>;

/** Lets the routes of a scope take files. */
export async function takeFiles(scope: App): Promise<void> {
  // One byte more than is read: at its own limit the form parser would end a file as if it were complete.
  await takeForms(scope, FILE_LIMIT + 1);
  // Pass the file on as a stream; it is never held in memory whole.
  scope.addContentTypeParser(FILE_TYPES, (_, payload, done) => done(null, payload));
}

/** @throws Refusal where there is none. */
export async function fileOf(request: FastifyRequest, { filename, sheet }: FileQuery = {}) {
  if (!request.isMultipart()) {
    const stream = request.body instanceof Readable ? request.body : undefined;
    if (!stream) {
      throw new Refusal('input.unsupported-media-type', '没有收到文件', {
        remedy: '请以 multipart/form-data 上传，或以 text/csv、application/x-ndjson 等类型直接提交文件内容',
      });
    }
    return { stream, filename, sheet, contentType: request.headers['content-type'] };
  }
  const part = await fileOfForm(request);
  if (!part) throw new Refusal('input.empty-file', '没有收到文件', { remedy: '请在表单中选择文件' });
  return { stream: part.file, filename: filename ?? part.filename, sheet, contentType: part.mimetype };
}
