/** What a text must have to be searched for any part of names and scopes: they are found by pairs of characters. */
import { foldedName } from '../folding.ts';

/** In characters that make a difference: spaces, quotes and what nobody sees make none. */
const LEAST = 2;

export const isSearchable = (text: string): boolean => Array.from(foldedName(text)).length >= LEAST;

export const TOO_SHORT = '查找的文字太短，请至少输入两个字';
