/** 公民身份号码: found in whatever way it is written, and nowhere else (第十九条; 个人信息保护法第二十八、二十九条). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { hasCitizenId, isCitizenId, maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import { checkUscc, normaliseUscc, withCheckDigit } from '../../domain/uscc.ts';

describe('a citizen’s number', () => {
  /** Invented, with right check characters. */
  const RIGHT = ['110101199003070054', '11010119900307002X'];
  const digits17 = '11010119900307';
  const withCheck = (first17: string) =>
    `${first17}${'10X98765432'[[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, i) => sum + weight * Number(first17[i]), 0) % 11]}`;
  const all = Array.from({ length: 40 }, (_, i) => withCheck(`${digits17}${String(i).padStart(3, '0')}`));

  test.each(all)('%s is found; with another check character it is not, but masked all the same', (id) => {
    expect(hasCitizenId(`证号${id}号`)).toBe(true);
    expect(hasCitizenId(id.toLowerCase())).toBe(true);
    const wrong = `${id.slice(0, 17)}${id.endsWith('1') ? '2' : '1'}`;
    expect(hasCitizenId(wrong)).toBe(false);
    expect(maskCitizenIds(wrong)).toBe('110101************');
  });

  test.each([
    ['a longer number', `1${RIGHT[0]}`],
    ['a number that goes on', `${RIGHT[0]}1`],
    ['a code that goes on', `${RIGHT[0]}A`],
    ['the thirteenth month', withCheck('11010119901307005')],
    ['month zero', withCheck('11010119900007005')],
    ['the day zero', withCheck('11010119900300005')],
    ['the thirty-second', withCheck('11010119900332005')],
    ['a year long past', withCheck('11010117900307005')],
  ])('%s is none', (_, text) => {
    expect(hasCitizenId(text)).toBe(false);
    expect(maskCitizenIds(text)).toBe(text);
  });

  test.each(['11010120000115005', '11010119901231005', '11010119901020005', '11010119900901005'])(
    '%s… may be one',
    (first17) => {
      expect(hasCitizenId(withCheck(first17))).toBe(true);
    },
  );

  test.each([
    ['full-width digits', RIGHT[0]!.replaceAll(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!)],
    ['its parts set off', '110101 19900307 0054'],
    ['groups of four', '1101 0119 9003 0700 54'],
    ['dashes', '110101-19900307-0054'],
    ['a dash of full width', '110101－19900307－0054'],
    ['spaces that do not break', '110101\u00A019900307\u00A00054'],
    ['zero-width marks between all digits', RIGHT[0]!.split('').join('\u200B')],
    ['soft hyphens', RIGHT[0]!.split('').join('\u00AD')],
    ['marks of direction', `\u202A${RIGHT[0]!.split('').join('\u2060')}\u202C`],
    ['a name before it', `李某${RIGHT[0]}`],
    ['the fifteen digits of before', '430103800101123'],
    ['the fifteen digits in their parts', '430103 800101 123'],
  ])('is found with %s', (_, text) => {
    expect(hasCitizenId(`证号：${text}。`)).toBe(true);
    expect(maskCitizenIds(`甲（${text}）乙`)).toMatch(/^甲（(?:李某|\u202A)?\d{6}\*+\u202C?）乙$/);
    expect(text.includes('李') || isCitizenId(text.replaceAll(/[\u202A\u202C]/g, ''))).toBe(true);
  });

  test.each([
    ['the fifteen digits of a registration', '430103800101121'],
    ['a number that names a day of the measures’ years', withCheck('43010320261130046')],
    ['a place that does not exist', withCheck('99010119900307005')],
    ['amounts and telephones', '注册资本 1000000.00 元，电话 0731-85551234、13812345678，邮编 410000'],
    ['a document number', '湘市监许〔2026〕430103202611300001号'],
  ])('is not found in %s', (_, text) => {
    expect(hasCitizenId(text)).toBe(false);
    expect(maskCitizenIds(text)).toBe(text);
  });

  test('is found wherever it stands in a long text, and only it is masked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        fc.pre(
          !/[0-9A-Za-z\p{N}]$/u.test(before.normalize('NFKC')) && !/^[0-9A-Za-z\p{N}]/u.test(after.normalize('NFKC')),
        );
        fc.pre(!hasCitizenId(before) && !hasCitizenId(after) && !/\d/.test(before + after));
        const text = `${before}|${RIGHT[0]}|${after}`;
        expect(hasCitizenId(text)).toBe(true);
        expect(maskCitizenIds(text)).toBe(`${before}|110101************|${after}`);
      }),
    );
  });

  test('is no credit code, though it has the check digit of one', () => {
    for (const code of ['430103190001010468', '43010319000101046８', '430103 19000101 0468']) {
      const check = checkUscc(normaliseUscc(code));
      expect(check).toMatchObject({ ok: false, reason: 'person', message: expect.stringContaining('公民身份号码') });
    }
    expect(withCheckDigit('43010319000101046')).toBe('430103190001010468');
  });

  test('is refused in every text of a registration, a list and a record, in whatever field', () => {
    const id = '430103190102030054';
    const registration = {
      registrationNo: '登1',
      uscc: '91350100M000100Y43',
      name: '某公司',
      regionCode: '430103',
      scope: '住宿',
    };
    for (const field of ['name', 'scope'] as const) {
      const { error } = registrationInputSchema.safeParse({ ...registration, [field]: `${registration[field]}${id}` });
      expect(error?.issues.map(({ message }) => message).join(), field).toContain('含有公民身份号码');
    }
    const entry = {
      list: 'court-debtor',
      documentNo: '（2026）湘0103执2号',
      uscc: '91350100M000100Y43',
      name: '某公司',
      authority: '某法院',
      grounds: '违反财产报告制度',
      listedOn: '2026-01-05',
    };
    expect(listingEntrySchema.safeParse(entry).success).toBe(true);
    for (const field of ['name', 'authority', 'grounds', 'duty', 'performance', 'responsiblePerson']) {
      const { error } = listingEntrySchema.safeParse({ ...entry, [field]: `李某 ${id.slice(0, 6)} ${id.slice(6)}` });
      expect(error?.issues.map(({ message }) => message).join(), field).toContain('含有公民身份号码');
    }
    expect(listingEntrySchema.safeParse({ ...entry, uscc: id }).error!.issues[0]).toMatchObject({
      params: { code: 'listing.natural-person' },
    });
  });
});
