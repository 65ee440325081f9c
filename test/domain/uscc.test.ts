import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkUscc, NO_USCC, normaliseUscc, withCheckDigit } from '../../domain/uscc.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const characters = (allowed: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...allowed.split('')), minLength: length, maxLength: length });
/** GB 32100-2015, table 1 as amended. */
const BODIES =
  '11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 59 61 62 69 71 72 79 81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1'.split(
    ' ',
  );
const first17 = fc
  .tuple(fc.constantFrom(...BODIES), characters('0123456789', 6), characters(ALPHABET, 9))
  .map((parts) => parts.join(''));

describe('the credit code of GB 32100-2015', () => {
  test('a code with its check digit is valid', () => {
    fc.assert(
      fc.property(first17, (start) => {
        expect(checkUscc(withCheckDigit(start))).toEqual({ ok: true });
      }),
    );
  });

  test('the check digit makes the sum weighted by powers of 3 a multiple of 31', () => {
    fc.assert(
      fc.property(first17, (start) => {
        const sum = start.split('').reduce((total, c, i) => total + ALPHABET.indexOf(c) * 3 ** i, 0);
        expect((sum + ALPHABET.indexOf(withCheckDigit(start).charAt(17))) % 31).toBe(0);
      }),
    );
  });

  test('any one character read wrong is found, and the message names the digit that was expected', () => {
    const weightless = fc.tuple(first17, fc.nat(16), fc.constantFrom(...ALPHABET.split('')));
    fc.assert(
      fc.property(weightless, ([start, position, other]) => {
        const code = withCheckDigit(start);
        fc.pre(code.charAt(position) !== other);
        const wrong = code.slice(0, position) + other + code.slice(position + 1);
        const check = checkUscc(wrong);
        expect(check.ok).toBe(false);
        if (check.ok || check.reason !== 'check-digit') return;
        expect(check.message).toContain(`末位应为${withCheckDigit(wrong.slice(0, 17)).slice(-1)}`);
      }),
    );
  });

  test('every one of the 18 characters, replaced by any other, is found', () => {
    const accepted = ['91350100M000100Y43', '91110108551385082Q'].flatMap((code) =>
      code
        .split('')
        .flatMap((right, at) =>
          ALPHABET.split('')
            .filter((other) => other !== right)
            .map((other) => code.slice(0, at) + other + code.slice(at + 1)),
        )
        .filter((wrong) => checkUscc(wrong).ok),
    );
    expect(accepted).toEqual([]);
  });

  test('two neighbours exchanged are found, unless they are the same', () => {
    fc.assert(
      fc.property(first17, fc.nat(15), (start, position) => {
        const code = withCheckDigit(start);
        const [a, b] = [code.charAt(position), code.charAt(position + 1)];
        fc.pre(a !== b);
        expect(checkUscc(code.slice(0, position) + b + a + code.slice(position + 2)).ok).toBe(false);
      }),
    );
  });

  test('a sum of 0 modulo 31 gives the check digit 0, where npm stdnum 1.12.0 refuses the code', () => {
    const codes = fc.sample(first17, { numRuns: 500, seed: 32100 }).map(withCheckDigit);
    const ofZero = codes.filter((code) => code.endsWith('0'));
    expect(ofZero).not.toEqual([]);
    for (const code of ofZero) expect(checkUscc(code)).toEqual({ ok: true });
  });

  test.each([
    ['91350100M000100Y4', 'length', '现为17位'],
    ['91350100M000100Y433', 'length', '现为19位'],
    ['', 'length', '现为0位'],
    ['9135O100M000100Y43', 'character', '第5位“O”'],
    ['91350100M000100Y4I', 'character', '第18位“I”'],
    ['91350100m000100Y43', 'character', '第9位“m”'],
    ['I1350100M000100Y43', 'character', '第1位“I”'],
    ['9135-100M000100Y43', 'character', '第5位“-”'],
    ['91350100M000100Y4A', 'check-digit', '末位应为3，现为A'],
  ])('%s is refused for its %s', (code, reason, message) => {
    expect(checkUscc(code)).toMatchObject({ ok: false, reason, message: expect.stringContaining(message) });
  });

  test('a region is digits alone, though a letter in it has its check digit; before and behind it letters may stand', () => {
    const lettered = Array.from({ length: 17 }, (_, at) => withCheckDigit(`${'1'.repeat(at)}A${'1'.repeat(16 - at)}`));
    const refused = lettered.flatMap((code, at) => (checkUscc(code).ok ? [] : [at + 1]));
    // A1 are bodies of the army; 1A is nothing.
    expect(refused).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test('no other two characters begin a code than table 1 has, whatever the check digit', () => {
    const all = ALPHABET.split('').flatMap((first) => ALPHABET.split('').map((second) => first + second));
    const accepted = all.filter((body) => checkUscc(withCheckDigit(`${body}430103MA4L1ABC2`)).ok);
    expect(accepted).toEqual([...BODIES].sort((a, b) => all.indexOf(a) - all.indexOf(b)));
    expect(checkUscc(withCheckDigit('90430103MA4L1ABC2'))).toMatchObject({ ok: false, reason: 'prefix' });
    expect(checkUscc('0'.repeat(18))).toMatchObject({
      ok: false,
      reason: 'prefix',
      message: expect.stringContaining('“00”'),
    });
  });

  test('what the 双公示 standard writes for no code is no code, and the message says whose it may be', () => {
    expect(checkUscc(NO_USCC)).toMatchObject({
      ok: false,
      reason: 'none',
      message: expect.stringContaining('工商注册号'),
    });
  });

  test('width, case and spaces are brought to the standard’s form', () => {
    expect(normaliseUscc(' ９１350100 ｍ0001　00y43\n')).toBe('91350100M000100Y43');
    expect(normaliseUscc('\u202A913501\u200B00M0\u00AD00100\u00A0Y4\u20603\uFEFF')).toBe('91350100M000100Y43');
  });

  test('a check digit is computed only for 17 characters of the alphabet', () => {
    expect(() => withCheckDigit('91350100M000100Y')).toThrow(RangeError);
    expect(() => withCheckDigit('')).toThrow('not 17 characters');
    expect(() => withCheckDigit('91350100I000100Y4')).toThrow('91350100I000100Y4');
    expect(() => withCheckDigit('91350100M000100Y43')).toThrow(RangeError);
    expect(() => withCheckDigit('91350100I000100Y4')).toThrow(RangeError);
  });
});

describe('codes whose check digit was reckoned otherwise', () => {
  const codes = z.object({ valid: z.array(z.string()).min(1), invalid: z.array(z.string()).min(1) });
  const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
  const reference = new URL('../../../shared/data/uscc.json', import.meta.url);
  const vectors = {
    'test/vectors': codes.parse(read(new URL('../vectors/credit-codes.json', import.meta.url))),
    // If more vectors lie beside the checkout, they are tested, too.
    ...(existsSync(reference) ? { reference: z.object({ vectors: codes }).parse(read(reference)).vectors } : {}),
  };

  test.each(Object.entries(vectors))('valid ones pass, invalid ones do not (%s)', (_, { valid, invalid }) => {
    expect(valid.filter((code) => !checkUscc(code).ok)).toEqual([]);
    expect(invalid.filter((code) => checkUscc(code).ok)).toEqual([]);
  });
});
