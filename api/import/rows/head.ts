/** The first bytes of a file, by which its type is told. */

/** Bytes that are enough to tell text from workbooks and other binary files. */
const HEAD = 4096;

interface Said {
  filename?: string | undefined;
  contentType?: string | undefined;
}

/** @returns the first bytes (fewer only if the file is shorter), and the whole file, whose first piece they are. */
export async function withHead(stream: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const pieces = stream[Symbol.asyncIterator]();
  const waiting: Buffer[] = [];
  let size = 0;
  // The type must not depend on how the network cut the file.
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    waiting.push(next.value);
    size += next.value.length;
    if (size >= HEAD) break;
  }
  const head = Buffer.concat(waiting);
  return { head, all: resumed(head, pieces) };
}

async function* resumed(head: Buffer, pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}

const startsWith = (head: Buffer, magic: readonly number[]) =>
  head.subarray(0, magic.length).equals(Buffer.from(magic));

const ZIP = [0x50, 0x4b, 3, 4];
/** The container of old workbooks, and of new ones that a password locks. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** PK, and so every workbook of today. */
export const isZip = (head: Buffer): boolean => startsWith(head, ZIP);

export const isCompound = (head: Buffer): boolean => startsWith(head, COMPOUND);

/** Told by its content; else by what is said of it, so that its reader can say that it is damaged. */
export const isWorkbook = (head: Buffer, { filename = '', contentType = '' }: Said): boolean =>
  isZip(head) ||
  (head.length > 0 && !isCompound(head) && (/\.xls[xm]$/i.test(filename) || contentType.includes('spreadsheetml')));
