/** XML as it is unpacked: elements by their local names, nothing that the file defines itself, bounded memory. */
import { SaxesParser } from 'saxes';
import { damaged, tooLarge } from './refusals.ts';

/** Characters without a tag: the parser holds them. The longest text that a cell may have is far below. */
const MAX_SILENCE = 1024 * 1024;
/** Spreadsheets nest about ten elements. */
const MAX_DEPTH = 100;

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  open: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** `x:row` is a row, too: files may name their namespace by a prefix. */
const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Yields what the handlers have gathered, after each piece that had any of it.
 * @throws Refusal for a DTD, and for what no spreadsheet holds.
 */
export async function* readXml<T>(
  bytes: AsyncIterable<Buffer>,
  handlersOf: (gather: (item: T) => void) => XmlHandlers,
): AsyncGenerator<T[]> {
  let gathered: T[] = [];
  const { parser, check } = createParser(handlersOf((item) => gathered.push(item)));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of bytes) {
    const piece = decoder.decode(chunk, { stream: true });
    parser.write(piece);
    check(piece.length);
    if (gathered.length === 0) continue;
    yield gathered;
    gathered = [];
  }
  parser.write(decoder.decode()).close();
  if (gathered.length > 0) yield gathered;
}

/** @returns `check`, to be called with the length of each piece, because the parser holds a text until its end. */
function createParser({ open, text, close }: XmlHandlers) {
  let silence = 0;
  let depth = 0;
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw damaged('含有文档类型定义');
  });
  parser.on('opentag', ({ name, attributes }) => {
    silence = 0;
    depth += 1;
    if (depth > MAX_DEPTH) throw damaged('元素嵌套过深');
    open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    silence = 0;
    depth -= 1;
    close?.(localName(name));
  });
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const check = (length: number) => {
    silence += length;
    if (silence > MAX_SILENCE + length) throw tooLarge('工作簿中有过长的文字');
  };
  return { parser, check };
}

/** Reads a part to its end. */
export async function readAll(bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const reading = readXml<never>(bytes, () => handlers);
  while (!(await reading.next()).done);
}
