/** 信用修复: its table. */
import { expect, test } from 'vitest';
import { creditRepairTable } from '../../domain/case-types/credit-repair/table.ts';
import { FILES, text } from '../support/repository.ts';

test('the table names its stages, deeds and articles', () => {
  expect(JSON.stringify(creditRepairTable)).not.toContain('待填');
});

test('nothing of the skeleton is left to fill in', () => {
  const own = FILES.filter((file) => file.includes('/credit-repair') && !file.startsWith('test/domain/'));
  expect(own.filter((file) => text(file).includes('待填'))).toEqual([]);
});
