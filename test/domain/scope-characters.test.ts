/** What single characters mean, as old and new registrations write them. */
import { describe, expect, test } from 'vitest';
import { KIND, UnitSet, characterTable, foldText, foldUnit, isPlain } from '../../domain/scope/characters.ts';

const kindOf = (character: string) => characterTable().kind[character.charCodeAt(0)]!;
const isStructural = (character: string) => characterTable().structural.has(character.charCodeAt(0));

describe('the kind of a character', () => {
  test.each([
    ['joins or separates the members of a list', KIND.list, '、/. \t·•・+~…—–', '．／＋～　\u00a0\u2003､･'],
    ['separates like a comma', KIND.comma, ',|‖', '，｜﹐︐'],
    ['separates like a semicolon', KIND.semicolon, ';\n\r\u2028\u2029', '；﹔'],
    ['numbers the entries of a list', KIND.semicolon, '①⑨⑩⑳⑴⒇⒈⒛', ''],
    ['ends a sentence', KIND.stop, '。:!?*#★☆■□◆◇●▲※〓', '：！？＊＃﹕｡'],
    ['opens a bracket', KIND.open, '([{【〔〖<‹〈', '（［｛＜'],
    ['closes a bracket', KIND.close, ')]}】〕〗>›〉', '）］｝＞'],
    ['begins a negation or joins trades', KIND.lead, '不严禁除外及和与或并兼', ''],
  ])('%s', (_what, kind, plain, otherWidths) => {
    const different = Array.from(plain + otherWidths).filter((one) => kindOf(one) !== kind || !isStructural(one));
    expect(different).toEqual([]);
  });

  test('is text for all others, the hyphen of codes (6821-6866) and quotation marks among them', () => {
    const text = Array.from('餐饮服务ＫTVａ0９-_"“”㐀龥〇\u0000\u200b\ud800');
    expect(text.filter((one) => kindOf(one) !== KIND.text || isStructural(one))).toEqual([]);
  });
});

describe('the folded form of a text', () => {
  test.each([
    ['letters are small and of half width', 'ＫTＶ＠[AZ', 'ktv@(az'],
    ['digits are of half width, raised or not', '６8２1²', '68212'],
    ['radicals and compatibility ideographs are the characters that they look like', '⼯⽤\uf9f4㊊', '工用林月'],
    ['a circled letter and a Roman numeral of one character are letters', 'ⒶⅠⅤ', 'aiv'],
    ['what has no form of one character stays as it is', 'Ⅱ㈠℃⒜㏿', 'Ⅱ㈠℃⒜㏿'],
    ['numerals of entries stay as they are', '①⑨⒈⒛', '①⑨⒈⒛'],
    ['any bracket is a round one', '【〔［（）］〕】', '(((())))'],
    ['marks of another width are the usual ones', '；，：．', ';,:.'],
    [
      'invisible characters are gone, those of writing directions and variants among them',
      '餐\u200b饮\u0000\ufeff\u00ad\u2060服\u202a\u202c\u2066\u2069\u061c务\ufe0f\u180e\u3164',
      '餐饮服务',
    ],
    ['spaces are gone, though they separate', '餐 饮\u00a0服\u3000务\u202f', '餐饮服务'],
    ['tabs and line breaks are not', '餐\t饮\n服\r务', '餐\t饮\n服\r务'],
    ['quotation marks are gone', '“一‘二’三”"\'', '一二三'],
    ['ideographs are themselves', '㐀一龥鿿', '㐀一龥鿿'],
  ])('%s', (_rule, text, folded) => expect(foldText(text)).toBe(folded));

  test('is the folded form of its characters', () => {
    expect(Array.from('Ａ（\u200b农', (one) => foldUnit(one.charCodeAt(0)))).toEqual([0x61, 0x28, 0, 0x519c]);
  });

  test('of what counts as plain is found without the table, and is the same', () => {
    const plain = [...characterTable().fold.keys()].filter(isPlain);
    expect([plain[0], plain.at(-1), plain.length]).toEqual([0x3400, 0x9fff, 0x6c00]);
    expect(plain.filter((unit) => characterTable().fold[unit] !== unit)).toEqual([]);
  });
});

test('a set of code units has those that it was given, and no others', () => {
  const given = [0, 31, 32, 0x519c, 0xffff];
  const set = new UnitSet(given);
  expect([...characterTable().fold.keys()].filter((unit) => set.has(unit))).toEqual(given);
});
