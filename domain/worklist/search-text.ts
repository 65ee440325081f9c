/** What a text must have to be searched for any part of names and scopes: they are found by pairs of characters. */

/** In characters, spaces aside. */
const LEAST = 2;

export const isSearchable = (text: string): boolean =>
  Array.from(text.normalize('NFKC').replaceAll(' ', '')).length >= LEAST;

export const TOO_SHORT = '查找的文字太短，请至少输入两个字';
