import { spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { ACCOUNT_FILE } from '../../api/import/account-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/make-accounts.ts', ...args], { encoding: 'utf8' });

test('make-accounts makes the same file every time, which the import reads without a fault', async () => {
  const { stdout, status } = run('--rows', '3000');
  expect(status).toBe(0);
  expect(run('--rows', '3000').stdout).toBe(stdout);
  const names = new Set<string>();
  for await (const { value, issues } of parseRowFile(Readable.from([Buffer.from(stdout)]), ACCOUNT_FILE)) {
    expect(issues).toBeUndefined();
    names.add(value!.username);
  }
  expect(names.size).toBe(3000);
});

test('make-accounts refuses what it does not know', () => {
  expect(run('--rows', 'x')).toMatchObject({ status: 2, stdout: '' });
  expect(run('--province', '430103').status).toBe(2);
});
