/** How known phrases are looked up: by their first characters, and character by character. */
import { describe, expect, test } from 'vitest';
import { Beginnings } from '../../domain/scope/beginnings.ts';
import { NOWHERE, ROOT, Trie } from '../../domain/scope/trie.ts';

/** The value of the phrase that a text is; −1 where it is none. */
function valueOf(trie: Trie, text: string): number {
  let node = ROOT;
  for (let index = 0; index < text.length && node !== NOWHERE; index++) node = trie.step(node, text.charCodeAt(index));
  return node === NOWHERE ? -1 : trie.value(node);
}

/** Phrases that begin with that many different characters. */
const beginningWith = (count: number) =>
  Array.from({ length: count }, (_, index) => `${String.fromCharCode(0x4e00 + index)}业`);

describe('a trie', () => {
  test('knows its phrases by their places, and nothing else', () => {
    const trie = new Trie(['农药', '农药零售', '种子', '']);
    const asked = ['农药', '农药零售', '种子', '农', '农药零', '农子', '种药', '农药零售业', '药', ''];
    expect(asked.map((text) => valueOf(trie, text))).toEqual([0, 1, 2, -1, -1, -1, -1, -1, -1, -1]);
  });

  test('knows a phrase in any width, and of equal ones the first', () => {
    expect(valueOf(new Trie(['（ＫＴＶ）', '(ktv)']), '(ktv)')).toBe(0);
  });

  test.each([1, 32, 33, 16_383])('knows phrases with %i different first characters', (count) => {
    const phrases = beginningWith(count);
    const trie = new Trie(phrases);
    expect(phrases.filter((phrase, place) => valueOf(trie, phrase) !== place)).toEqual([]);
    expect(trie.step(ROOT, '龥'.charCodeAt(0))).toBe(NOWHERE);
  });

  test('says where its phrases have too many different first characters', () => {
    expect(() => new Trie(beginningWith(16_384))).toThrow(
      new RangeError('16384 first characters are more than the table can hold'),
    );
  });
});

describe('the beginnings of the phrases', () => {
  const beginnings = new Beginnings(['餐饮服务', '兽药店', '农药', '茶']);

  test.each([
    ['a phrase of four characters', '餐饮服务；', true],
    ['a text that begins with the same three', '餐饮服装；', true],
    ['a phrase of three characters', '兽药店；', true],
    ['a phrase of two characters, whatever follows', '农药零售；', true],
    ['a phrase of one character, whatever follows', '茶叶零售；', true],
    ['a phrase at the end of the scope', '农药', true],
    ['a text of which only the first two characters fit', '餐饮设备；', false],
    ['a text of which only the first character fits', '餐具清洗；', false],
    ['a text of which only the second and third fit', '种药店员；', false],
    ['a text that is like none', '仓储服务；', false],
    ['a separator', '；餐饮', false],
    ['an invisible character, behind which one may begin', '\u200b餐饮服务', true],
    ['a phrase with an invisible character behind its first', '餐\u200b饮服务', true],
    ['a phrase with an invisible character behind its second', '餐饮\u200b服务', true],
    ['the end of the scope', '', false],
  ])('%s', (_what, scope, possible) => expect(beginnings.possible(scope, 0)).toBe(possible));

  test('are looked for at any offset', () => {
    const scope = '仓储服务、餐饮服务';
    expect(Array.from(scope, (_, at) => beginnings.possible(scope, at)).lastIndexOf(true)).toBe(8);
    expect([0, 4, 5].map((at) => beginnings.possible(scope, at))).toEqual([false, false, true]);
  });
});
