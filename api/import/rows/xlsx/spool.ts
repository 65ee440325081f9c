/** Keeps a sent workbook in a file: the directory of a zip stands at its end. */
import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tooLarge } from './refusals.ts';

/** In bytes: a province's day with long scopes takes some thirty megabytes. */
const WORKBOOK_LIMIT = 100 * 1024 * 1024;

/** A file without a name, which is gone with its handle: also if the process is killed, none is left behind. */
export async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `xietong-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

/** @returns the size in bytes. @throws Refusal beyond the limit. */
export async function spool(bytes: AsyncIterable<Buffer>, file: FileHandle): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > WORKBOOK_LIMIT) throw tooLarge('工作簿超过100 MB');
    await file.writev([chunk]);
  }
  return size;
}
