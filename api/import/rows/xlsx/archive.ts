/** The parts of a workbook. A zip claims much in few bytes, so every part is limited before it is unpacked. */
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { damaged, tooLarge } from './refusals.ts';

/** Parts: a workbook of many sheets has some hundred. */
const MAX_PARTS = 2000;
/** Unpacked bytes: all rows that a file may have, with long texts. */
export const MAX_PART = 1024 * 1024 * 1024;
/** Unpacked bytes of a part that is no table. */
export const MAX_SMALL_PART = 32 * 1024 * 1024;
/** Unpacked bytes for each packed one. Tables have ten to fifty, bombs about a thousand. */
const MAX_RATIO = 300;
/** Unpacked bytes below which the ratio does not matter. */
const HARMLESS = 4 * 1024 * 1024;

export interface Archive {
  has(name: string): boolean;
  /** @throws Refusal if the part is missing, too large or damaged. */
  read(name: string, most: number): AsyncGenerator<Buffer>;
}

/** Bytes that are read at once. */
const PIECE = 64 * 1024;

/** Reads where it is told, and leaves the file open: its owner closes it. */
class FileReader extends RandomAccessReader {
  readonly #file: FileHandle;
  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end));
  }
  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(Math.min(PIECE, end - at)), {
        position: at,
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}

export async function openArchive(file: FileHandle, size: number): Promise<Archive> {
  const zip = await fromRandomAccessReaderPromise(new FileReader(file), size, { lazyEntries: true, autoClose: false });
  if (zip.entryCount > MAX_PARTS) throw tooLarge(`工作簿的组成部分超过${MAX_PARTS}个`);
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    if (entries.has(name)) throw damaged(`有两个 ${entry.fileName}`);
    entries.set(name, entry);
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read: (name, most) => unpacked(zip, name, entries.get(name.toLowerCase()), most),
  };
}

async function* unpacked(zip: ZipFile, name: string, entry: Entry | undefined, most: number): AsyncGenerator<Buffer> {
  if (!entry) throw damaged(`缺少 ${name}`);
  if (!entry.canDecodeFileData()) throw damaged(`${name} 已加密或压缩方式不支持`);
  const { uncompressedSize, compressedSize } = entry;
  const isBomb = uncompressedSize > HARMLESS && uncompressedSize > compressedSize * MAX_RATIO;
  if (uncompressedSize > most || isBomb) throw tooLarge(`工作簿展开后过大（${name}）`);
  let sum = 0;
  // yauzl ends with an error where more comes out than the size that was checked above.
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw damaged(`${name} 的内容与校验值不符`);
}
