/** Spellings that are one: of names when they are searched, of codes, and of the names of columns. */
import { describe, expect, test } from 'vitest';
import { foldedCode, foldedColumn, foldedName, isBlank } from '../../domain/folding.ts';
import { nameField, requiredText } from '../../domain/fields.ts';
import { isSearchable } from '../../domain/worklist/search-text.ts';

describe('a name', () => {
  test.each([
    ['湖南Xyz(长沙)贸易有限公司', '湖南ＸＹＺ（长沙）贸易有限公司'],
    ['湖南360科技', '湖南３６０科技'],
    ['一汽-大众', '一汽—大众'],
    ['一汽-大众', '一汽－大众'],
    ['一汽-大众', '一汽——大众'],
    ['一汽-大众', '一汽 – 大众'],
    ['阿里·木食品', '阿里・木食品'],
    ['阿里·木食品', '阿里•木食品'],
    ['好运来食品', '“好运来”食品'],
    ['好运来食品', '「好运来」食品'],
    ["Tom's Cafe", 'TOM’S CAFÉ'.replace('É', 'E')],
    ['湖南某某公司', '湖\u200B南\u00AD某\u2060某\u00A0公\u202C司'],
    ['湖南某某公司', '\uFEFF湖南 某某\u3000公司\u200E'],
  ])('%s is %s', (one, other) => {
    expect(foldedName(one)).toBe(foldedName(other));
  });

  test('of other characters stays another one', () => {
    const names = ['长沙甲乙', '长沙乙甲', '长沙甲-乙', '长沙甲·乙', '长沙一乙', '长沙ー乙', '长沙(甲)乙'];
    expect(new Set(names.map(foldedName)).size).toBe(names.length);
  });

  test.each(['\u200B\u200B', '\u00AD', '\u2060 \u202A', '“”', '　', '\u3164'])('%j says nothing', (text) => {
    expect(foldedName(text)).toBe('');
    expect(isSearchable(text)).toBe(false);
    expect(nameField().safeParse(text).success).toBe(false);
  });

  test('is shown as it was written', () => {
    expect(nameField().parse('湖南ＸＹＺ（长沙）“好运来”贸易—有限公司')).toBe(
      '湖南ＸＹＺ（长沙）“好运来”贸易—有限公司',
    );
  });
});

test('a text of what nobody sees is missing', () => {
  expect(isBlank(' \u200B\u202C ')).toBe(true);
  expect(isBlank(' 。 ')).toBe(false);
  expect(requiredText('理由', 100).safeParse('\u200B\u2060').error?.issues[0]?.message).toBe('请填写理由');
});

test('a code has neither width nor spaces, and keeps its dashes', () => {
  expect(foldedCode(' ＡＢ－１\u200B２ (3)')).toBe('AB-12(3)');
});

test.each(['*许可内容', '许可内容（必填）', '※ 许可 内容', '许可内容【选填项】', '\uFEFF许可内容(非必填)'])(
  'the column %s is 许可内容',
  (name) => {
    expect(foldedColumn(name)).toBe('许可内容');
  },
);
