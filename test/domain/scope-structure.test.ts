/** The marks of a scope: separators, brackets and the beginnings of negations. */
import { describe, expect, test } from 'vitest';
import { KIND } from '../../domain/scope/characters.ts';
import { ScopeStructure, UNCLOSED } from '../../domain/scope/structure.ts';

const NAMES = Object.fromEntries(Object.entries(KIND).map(([name, kind]) => [kind, name]));

/** One is used for all scopes, as in the matcher. */
const structure = new ScopeStructure();
const marksOf = (scope: string) => {
  structure.read(scope);
  return Array.from({ length: structure.count }, (_, mark) => mark);
};

/** Each mark as its offset and kind. */
const read = (scope: string) =>
  marksOf(scope)
    .map((mark) => `${structure.position(mark)} ${NAMES[structure.kind(mark)]}`)
    .join(', ');

/** The offsets of each bracket and its partner. */
const pairs = (scope: string) =>
  marksOf(scope)
    .filter((mark) => [KIND.open, KIND.close].some((kind) => kind === structure.kind(mark)))
    .map((mark) => {
      const partner = structure.partner(mark);
      return `${structure.position(mark)}-${partner === UNCLOSED ? 'none' : structure.position(partner)}`;
    })
    .join(', ');

describe('the marks of a scope', () => {
  test.each([
    ['', ''],
    ['餐饮服务', ''],
    ['食品、农药，种子；住宿。', '2 list, 5 comma, 8 semicolon, 11 stop'],
    ['农药（不含化肥）零售', '2 open, 3 lead, 7 close'],
    ['除尘设备；户外用品', '0 lead, 4 semicolon, 6 lead'],
  ])('%s → %s', (scope, marks) => expect(read(scope)).toBe(marks));

  test('are found in a scope of any length', () => {
    for (const count of [255, 256, 257, 5000]) {
      expect(marksOf('（'.repeat(count) + '）'.repeat(count)).length).toBe(2 * count);
      expect([structure.position(2 * count - 1), structure.partner(0)]).toEqual([2 * count - 1, 2 * count - 1]);
    }
  });
});

describe('the text of the sentences that end a section is skipped', () => {
  test.each([
    ['住宿（依法须经批准的项目，经相关部门批准后方可开展经营活动）。', '2 open, 29 close, 30 stop'],
    ['住宿（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。', '2 open, 30 close, 31 stop'],
    ['住宿（依法须经批准的项目，经有关部门批准）。', '2 open, 12 comma, 20 close, 21 stop'],
  ])('%s → %s', (scope, marks) => expect(read(scope)).toBe(marks));
});

describe('brackets', () => {
  test.each([
    ['pair', '甲（乙）丙(丁)', '1-3, 3-1, 5-7, 7-5'],
    ['pair across widths and shapes', '甲（乙]丙', '1-3, 3-1'],
    ['pair from the inside', '甲（乙（丙）丁）', '1-7, 3-5, 5-3, 7-1'],
    ['may never be closed', '甲（乙（丙）', '1-none, 3-5, 5-3'],
    ['may never have been opened', '甲）乙（丙）', '1-none, 3-5, 5-3'],
  ])('%s: %s', (_rule, scope, expected) => expect(pairs(scope)).toBe(expected));

  test('of one scope are nothing to the next', () => {
    expect(pairs('甲（乙（丙')).toBe('1-none, 3-none');
    expect(pairs('甲）乙）')).toBe('1-none, 3-none');
  });
});

describe('a bracket that is a label separates, as a semicolon does', () => {
  test.each([
    ['（一）餐饮', '0 semicolon, 2 semicolon'],
    ['(十二)餐饮', '0 semicolon, 3 semicolon'],
    ['（123）餐饮', '0 semicolon, 4 semicolon'],
    ['（9)餐饮', '0 semicolon, 2 semicolon'],
    ['餐饮（2）住宿（３）', '2 semicolon, 4 semicolon, 7 open, 9 close'],
    ['【许可项目】餐饮', '0 semicolon, 5 semicolon'],
    ['(一般经营范围]餐饮', '0 semicolon, 7 semicolon'],
    ['（前置许可经营项目）餐饮', '0 semicolon, 9 semicolon'],
  ])('%s → %s', (scope, marks) => expect(read(scope)).toBe(marks));

  test.each([
    ['a number of four digits', '（2016）', '0 open, 5 close'],
    ['a number in a square bracket', '【一】', '0 open, 2 close'],
    ['a number with more behind it', '（一类）', '0 open, 3 close'],
    ['a number at the end', '（含一）', '0 open, 3 close'],
    ['a number that is cut off', '餐饮（一', '2 open'],
    ['a heading with more behind it', '（许可项目：餐饮）', '0 open, 5 stop, 8 close'],
    ['a heading that is cut off', '（许可项目', '0 open'],
    ['a heading with text before it', '（含许可项目）', '0 open, 6 close'],
    ['nothing', '（）', '0 open, 1 close'],
  ])('and %s is none: %s', (_what, scope, marks) => expect(read(scope)).toBe(marks));
});

describe('clauses are separated', () => {
  test.each([
    ['by commas', '餐饮、住宿，农药零售', true],
    ['by semicolons', '餐饮；住宿', true],
    ['by labels', '（一）餐饮（二）住宿', true],
    ['by `、` where there is nothing else', '餐饮、住宿。', false],
    ['by `、` although a bracket has a comma', '餐饮（甲，乙）、住宿', false],
    ['by a comma behind a bracket', '餐饮（甲）、住宿，农药', true],
    ['by a comma in a bracket that is never closed', '餐饮（甲，乙', true],
  ])('%s: %s', (_rule, scope, strong) => {
    structure.read(scope);
    expect([structure.hasStrongSeparators(), structure.hasStrongSeparators()]).toEqual([strong, strong]);
  });
});

describe('what closes a bracket is found by its offset', () => {
  test.each([
    ['餐饮、农药（乙）；种子（丙）', 5, 0, 2],
    ['餐饮、农药（乙）；种子（丙）', 5, 1, 2],
    ['餐饮、农药（乙）；种子（丙）', 11, 0, 5],
    ['餐饮、农药（乙）；种子（丙）', 11, 3, 5],
    ['餐饮（一）住宿', 2, 0, UNCLOSED],
    ['餐饮（乙', 2, 0, UNCLOSED],
  ])('%s at %i from mark %i: %i', (scope, at, from, mark) => {
    structure.read(scope);
    expect(structure.closing(at, from)).toBe(mark);
  });
});
