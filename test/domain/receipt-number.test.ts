import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseReceipt, receiptNumber } from '../../domain/receipts/receipt-number.ts';

const random = fc.uint8Array({ minLength: 12, maxLength: 12 });

test('a receipt is read as it was given, however it is typed', () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const receipt = receiptNumber(bytes, '2026-11-23');
      expect(normaliseReceipt(receipt)).toBe(receipt);
      expect(normaliseReceipt(` ${receipt.slice(0, 8)}-${receipt.slice(8).toLowerCase()} `)).toBe(receipt);
      expect(normaliseReceipt(receipt.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(receipt);
    }),
  );
});

test('a mistyped letter is noticed', () => {
  const other = fc.constantFrom(...Array.from('23456789ABCDEFGHJKMNPQRSTVWXYZ'));
  fc.assert(
    fc.property(random, fc.integer({ min: 8, max: 19 }), other, (bytes, at, sign) => {
      const receipt = receiptNumber(bytes, '2026-11-23');
      fc.pre(receipt[at] !== sign);
      expect(normaliseReceipt(receipt.slice(0, at) + sign + receipt.slice(at + 1))).toBeUndefined();
    }),
  );
});

test('a receipt has twelve random characters, however many bytes it is given', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => 10 + index);
  expect(receiptNumber(bytes, '2026-11-23')).toMatch(/^20261123ABCDEFGHJKMN.$/);
  expect(receiptNumber(bytes, '2026-11-23')).toBe(receiptNumber(bytes.slice(0, 12), '2026-11-23'));
});

test('a receipt that was given out stays valid', () => {
  expect(normaliseReceipt('20261123ABCDEFGHJKMN7')).toBe('20261123ABCDEFGHJKMN7');
});

test.each(['020261123ABCDEFGHJKMN', '20261123ABCDEFGHJKMN0', '20261123ABCDEFGHJKM', '2026112ABCDEFGHJKMN0'])(
  '%s is no receipt, whatever its check character',
  (body) => {
    for (const check of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') expect(normaliseReceipt(body + check)).toBeUndefined();
  },
);

test('two neighbours that changed places are noticed', () => {
  const receipt = receiptNumber(
    Uint8Array.from({ length: 12 }, (_, index) => index),
    '2026-11-23',
  );
  for (const at of Array.from({ length: 11 }, (_, index) => 8 + index)) {
    const [one, other] = [receipt[at]!, receipt[at + 1]!];
    expect(normaliseReceipt(`${receipt.slice(0, at)}${other}${one}${receipt.slice(at + 2)}`)).toBeUndefined();
  }
});

test.each(['', 'x', '20261123', '20261123ABCDEFGHJKMNPQ', "20261123' or 1=1 --"])('%j is no receipt', (typed) => {
  expect(normaliseReceipt(typed)).toBeUndefined();
});
