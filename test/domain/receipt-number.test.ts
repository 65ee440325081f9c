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

test.each(['', 'x', '20261123', '20261123ABCDEFGHJKMNPQ', "20261123' or 1=1 --"])('%j is no receipt', (typed) => {
  expect(normaliseReceipt(typed)).toBeUndefined();
});
