/** 全量名单 (第九条第一款): what a comparison finds, and when an entry is asked about. */
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FULL_LIST_FILE } from '../../api/import/listing-file.ts';
import { sumOf } from '../../db/intake/full-lists.ts';
import { compareLists, lineOf, mostMissing, type FullListKey } from '../../domain/case-types/listing/full-list.ts';
import { isAnsweredBy, isToAsk, type ListingQuestion } from '../../domain/case-types/listing/question.ts';
import { addDays } from '../../domain/clock/calendar.ts';

const keys = fc.record({
  documentNo: fc.constantFrom('甲〔2026〕1号', '甲〔2026〕2号', '乙𠮷〔2026〕3号', 'é〔2026〕4号'),
  uscc: fc.constantFrom('91430103MA5990001A', '91430103MA5990002B', '91430103MA5990003C'),
});
const lists = fc.uniqueArray(keys, { selector: lineOf });
const lines = (entries: readonly FullListKey[]) => new Set(entries.map(lineOf));

describe('two lists', () => {
  it('are divided into what only one has, and what both have', () => {
    fc.assert(
      fc.property(lists, fc.array(keys), (ours, theirs) => {
        const { missing, unknown, common } = compareLists(ours, theirs);
        expect(lines(missing)).toEqual(lines(ours.filter((one) => !lines(theirs).has(lineOf(one)))));
        expect(lines(unknown)).toEqual(lines(theirs.filter((one) => !lines(ours).has(lineOf(one)))));
        expect(lines(common)).toEqual(lines(ours.filter((one) => lines(theirs).has(lineOf(one)))));
        expect(missing.length + common.length).toBe(ours.length);
      }),
    );
  });

  it('have the same sum exactly if they have the same entries, in whatever order and however often', () => {
    fc.assert(
      fc.property(lists, fc.array(keys), (ours, theirs) => {
        const { missing, unknown } = compareLists(ours, theirs);
        const isSame = missing.length === 0 && unknown.length === 0;
        const [a, b] = [sumOf(ours), sumOf(theirs)];
        expect(a.hash === b.hash && a.count === b.count).toBe(isSame);
        expect(sumOf([...ours, ...ours].toReversed())).toEqual(a);
      }),
    );
  });

  it('are summed as the interface describes it, so that a sender can do the same', () => {
    // printf '甲1号,B\n甲1号,A\n' | LC_ALL=C sort | sha256sum
    expect(
      sumOf([
        { documentNo: '甲1号', uscc: 'B' },
        { documentNo: '甲1号', uscc: 'A' },
      ]),
    ).toEqual({
      count: 2,
      hash: '5d25ead1ec5d6851a74f2fac8d3285b231dcd744cf452cba7894f02118f9e935',
    });
    expect(sumOf([])).toEqual({
      count: 0,
      hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  test.each([
    [0, 100],
    [999, 100],
    [1001, 101],
    [50_000, 5000],
  ])('of %i entries are doubted where more than %i are missing', (count, most) => {
    expect(mostMissing(count)).toBe(most);
  });
});

describe('a question', () => {
  const day = '2026-11-30';
  const asked = (state: ListingQuestion['state'], ground: ListingQuestion['ground'] = 'missing'): ListingQuestion => {
    return { state, ground, day };
  };

  test.each([
    [undefined, day, true],
    // Not again while it is pending, nor against the organ's answer.
    [asked('pending'), addDays(day, 1), false],
    [asked('answered'), addDays(day, 1), false],
    // The entry was in a list again, and then no more.
    [asked('confirmed'), addDays(day, 1), true],
    // The list in which it stood, sent again.
    [asked('confirmed'), day, false],
  ])('after %j about a list of %s is put: %s', (last, on, isPut) => {
    expect(isToAsk(last, 'missing', on)).toBe(isPut);
  });

  test('about the term of a court’s entry is put whatever was answered before, but for one that is pending', () => {
    for (const state of ['answered', 'confirmed'] as const) {
      expect(isToAsk(asked(state), 'term-over', addDays(day, -30))).toBe(true);
    }
    expect(isToAsk(asked('pending'), 'term-over', day)).toBe(false);
  });

  test('is answered by a list of its day or a later one in which the entry stands', () => {
    expect(isAnsweredBy(undefined, day)).toBe(false);
    expect(isAnsweredBy(asked('confirmed'), day)).toBe(false);
    for (const state of ['pending', 'answered'] as const) {
      expect(isAnsweredBy(asked(state), addDays(day, -1))).toBe(false);
      expect(isAnsweredBy(asked(state), day)).toBe(true);
    }
  });
});

test('a file of entries will do: other columns need not be there, and persons are refused', () => {
  const header = FULL_LIST_FILE.readHeader(['案号', '统一社会信用代码', '被执行人名称']);
  expect(header.positions.map(([field]) => field)).toEqual(['documentNo', 'uscc', 'name']);
  expect(() => FULL_LIST_FILE.readHeader(['案号'])).toThrow('统一社会信用代码');
  const person = FULL_LIST_FILE.schema.safeParse({ documentNo: '甲1号', uscc: '430103198001011234' });
  expect(person.error?.issues[0]?.message).toContain('自然人');
});
