/** Tells a file's type by its content: name and Content-Type are only what the sender says. */
import path from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { Refusal } from '../domain/errors.ts';

export const FILE_LIMIT = 10 * 1024 * 1024;

/** Accepted types, with the file name endings that each may have. */
const KINDS: Record<string, string[]> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'text/plain': ['.txt'],
};

const ENDINGS = Object.values(KINDS).flat();
const REMEDY = `请上传${ENDINGS.map((ending) => ending.slice(1)).join('、')}文件，每个不超过10MB`;
const LONGEST_NAME = 200;

const refuse = (message: string): never => {
  throw new Refusal('attachment.refused', message, { remedy: REMEDY });
};

/** @returns the media type. @throws Refusal attachment.refused */
export async function sniff(filename: string, content: Buffer): Promise<string> {
  if (content.length === 0) refuse('文件没有内容');
  if (content.length > FILE_LIMIT) refuse('文件超过10MB');
  const ending = path.extname(filename).toLowerCase();
  if (!ENDINGS.includes(ending)) refuse(`不接受“${ending || filename}”类型的文件`);
  const found = (await fileTypeFromBuffer(content))?.mime ?? (isPlainText(content) ? 'text/plain' : undefined);
  if (!found || !KINDS[found]?.includes(ending)) refuse(`文件内容与名称“${filename}”不符`);
  return found!;
}

// oxlint-disable-next-line no-control-regex -- matching them is the point
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;
const MARKUP = /<\s*(script|html|svg|!doctype)/i;

/** UTF-8 without control characters and without markup that a browser might run. */
function isPlainText(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return !CONTROL.test(text) && !MARKUP.test(text);
  } catch {
    return false;
  }
}

/** The name for storage and download: its last part, without characters that trouble file systems or headers. */
export function safeName(filename: string): string {
  const last = filename.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replaceAll(/[\p{Control}\p{Surrogate}\u202A-\u202E\u2066-\u2069"<>|:*?]/gu, '_').trim();
  const ending = path.extname(clean);
  const stem = clean.slice(0, clean.length - ending.length).replace(/^\.+/, '');
  return `${stem.slice(0, LONGEST_NAME - ending.length) || '附件'}${ending}`;
}
