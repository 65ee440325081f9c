/**
 * The texts that cells refer to by number. The first ones, which repeat most, stay in memory; a province's scopes would
 * not fit there, so the rest lies in a file.
 */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { MAX_PART, type Archive } from './archive.ts';
import { damaged, tooLarge } from './refusals.ts';
import { unnamedFile } from './spool.ts';
import { unescaped } from './escapes.ts';
import { readXml, type XmlHandlers } from './xml.ts';

/** Characters that stay in memory. */
const IN_MEMORY = 4 * 1024 * 1024;
/** Texts: twenty of its own for each row of the largest file. */
const MAX_STRINGS = 4_000_000;
/** Bytes that are read at once: cells mostly refer to neighbours. */
const WINDOW = 128 * 1024;

export interface SharedStrings {
  /** @throws Refusal for a number that has no text. */
  at: (index: number) => string;
  close: () => Promise<void>;
}

/** Texts in a file, one behind the other. */
class SpilledStrings {
  readonly #file: FileHandle;
  /** Where each text ends. */
  #ends = new Float64Array(1024);
  #count = 0;
  #size = 0;
  #pending: Buffer[] = [];
  #window = { from: 0, bytes: Buffer.alloc(0) };

  constructor(file: FileHandle) {
    this.#file = file;
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.#size += bytes.length;
    if (this.#count === this.#ends.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#ends[this.#count] = this.#size;
    this.#count += 1;
    this.#pending.push(bytes);
  }

  async flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length > 0) await this.#file.writev([Buffer.concat(pending)]);
  }

  at(index: number): string | undefined {
    if (!(index < this.#count)) return undefined;
    const from = index === 0 ? 0 : this.#ends[index - 1]!;
    const to = this.#ends[index]!;
    const { from: start, bytes } = this.#window;
    if (from < start || to > start + bytes.length) this.#move(from, Math.max(WINDOW, to - from));
    return this.#window.bytes.toString('utf8', from - this.#window.from, to - this.#window.from);
  }

  /** Synchronous: the bytes were written a moment ago, and a promise for each cell would cost more than the row. */
  #move(from: number, length: number): void {
    const bytes = Buffer.allocUnsafe(Math.min(length, this.#size - from));
    readSync(this.#file.fd, bytes, 0, bytes.length, from);
    this.#window = { from, bytes };
  }
}

export async function readSharedStrings(archive: Archive, part: string | undefined): Promise<SharedStrings> {
  const kept: string[] = [];
  let keptSize = 0;
  let rest: { file: FileHandle; strings: SpilledStrings } | undefined;
  if (part !== undefined) {
    for await (const found of readXml(archive.read(part, MAX_PART), stringHandlers)) {
      for (const text of found) {
        if (rest) rest.strings.add(text);
        else keptSize += kept[kept.push(text) - 1]!.length;
      }
      if (rest) await rest.strings.flush();
      else if (keptSize > IN_MEMORY) {
        const file = await unnamedFile();
        rest = { file, strings: new SpilledStrings(file) };
      }
    }
  }
  return {
    at: (index) => {
      const text = index < kept.length ? kept[index] : rest?.strings.at(index - kept.length);
      if (text === undefined) throw damaged('单元格引用的文字不存在');
      return text;
    },
    close: async () => rest?.file.close(),
  };
}

function stringHandlers(onText: (text: string) => void): XmlHandlers {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  let count = 0;
  return {
    open: (name) => {
      if (name === 'si') text = '';
      // How a word is pronounced is no part of it.
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        count += 1;
        if (count > MAX_STRINGS) throw tooLarge(`工作簿中不同的文字超过${MAX_STRINGS}条`);
        onText(unescaped(text));
      }
    },
  };
}
