/** Forms with one file and nothing else: a form is refused before its content is read into memory. */
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyError, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/errors.ts';
import { safeName } from '../../storage/sniff.ts';
import type { App } from '../context.ts';

/**
 * Reject form fields beside the file: they are buffered in memory, up to a thousand of a megabyte each, also from
 * anonymous senders.
 */
export async function takeForms(app: App, fileSize: number): Promise<void> {
  await app.register(multipart, { limits: { fileSize, files: 1, fields: 0, parts: 1 } });
}

export type FormFile = Pick<MultipartFile, 'file' | 'filename' | 'mimetype'>;

/** @returns undefined for a form without a file. @throws Refusal */
export async function fileOfForm(request: FastifyRequest): Promise<FormFile | undefined> {
  const part = await request.file().catch(refuseForm);
  // A part may be a file by its content type alone, without a name.
  const name = part?.filename;
  return part && { file: part.file, filename: safeName(name ?? ''), mimetype: part.mimetype };
}

const REMEDY = '请以 multipart/form-data 上传一个文件，不带其他内容';

/** Turns the form parser's plain errors into refusals: the sender caused them. */
function refuseForm(error: unknown): never {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT') {
    throw new Refusal('input.too-large', '表单中有文件以外的内容', { remedy: REMEDY });
  }
  if (typeof statusCode === 'number') throw error;
  throw new Refusal('input.invalid', '表单内容无法读取', { remedy: REMEDY });
}
