/** Numbers of documents: one spelling, whatever they are typed with, and none where there is none. */
import { describe, expect, test } from 'vitest';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { documentNoField, documentNumber, spellingsOf } from '../../domain/publicity/document-no.ts';

const BRACKETS = ['〔〕', '[]', '()', '（）', '【】', '﹝﹞', '［］', '〖〗', '{}'];

describe('a document’s number', () => {
  test.each(BRACKETS)('with the year in %s is the one of GB/T 9704', ([open, close]) => {
    for (const typed of [
      `湘农许${open}2026${close}1号`,
      ` 湘农许 ${open} 2026 ${close}\u200B１号 `,
      `湘农许${open}2026年${close}1号`,
    ]) {
      expect(documentNumber(typed)).toBe('湘农许〔2026〕1号');
      expect(documentNoField().parse(typed)).toBe('湘农许〔2026〕1号');
    }
  });

  test.each(BRACKETS)('of a court, with the year before it in %s, has round ones', ([open, close]) => {
    expect(documentNumber(`${open}2026${close}湘0103执1号`)).toBe('(2026)湘0103执1号');
  });

  test('keeps what is no year', () => {
    expect(documentNumber('湘（食）许[26]第3号')).toBe('湘(食)许[26]第3号');
    expect(documentNumber('JY14301030012345')).toBe('JY14301030012345');
    expect(documentNumber('许〔2026〕附[2025]3')).toBe('许〔2026〕附〔2025〕3');
  });

  test('is found under every spelling that earlier commits kept', () => {
    const spelled = spellingsOf('湘(食)许〔2026〕1号');
    for (const kept of ['湘(食)许〔2026〕1号', '湘（食）许[2026]1号', '湘（食）许（2026）1号', '湘(食)许【2026】1号'])
      expect(spelled).toContain(kept);
    expect(new Set(spelled.map(documentNumber))).toEqual(new Set(['湘(食)许〔2026〕1号']));
    expect(spellingsOf('JY1')).toEqual(['JY1']);
  });

  test.each(['无', '/', '-', '——', '暂无', '没有', '无文号', 'N/A', 'null', '／', '…', '＊'])('%s is none', (typed) => {
    expect(documentNoField().safeParse(typed).error?.issues[0]?.message).toContain('请填写决定文书上的文号');
    const fault = listingEntrySchema.shape.documentNo.safeParse(typed);
    expect(fault.success).toBe(false);
  });

  test.each(['无锡市许〔2026〕1号', '1', '许-1', '没有-1'])('%s is one', (typed) => {
    expect(documentNoField().parse(typed)).toBe(typed);
  });
});
