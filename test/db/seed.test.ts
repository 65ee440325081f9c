import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { verifyPassword } from '../../db/accounts/passwords.ts';
import { findUser } from '../../db/queries/accounts.ts';
import { hasAccounts, seedAdministrator, seedDemo, seededProvince, seedReference } from '../../db/seed.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { createTestDatabase } from '../support/servers.ts';

let databaseUrl: string;
let handle: DatabaseHandle;
beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  handle = connectDatabase(databaseUrl, 2);
});
afterAll(() => handle.close());

it('the first administrator is opened once, and a later password does not replace the first', async () => {
  expect(await hasAccounts(databaseUrl)).toBe(false);
  await seedAdministrator(databaseUrl, 'admin', 'first password');
  await seedAdministrator(databaseUrl, 'admin', 'second password');
  expect(await hasAccounts(databaseUrl)).toBe(true);
  const account = await findUser(handle.db, 'admin');
  expect(account).toMatchObject({ role: 'platform-administrator', regionCode: '430000', departmentCode: null });
  expect(await verifyPassword('first password', account!.passwordHash)).toBe(true);
  expect(await verifyPassword('second password', account!.passwordHash)).toBe(false);
});

it('another province is seeded with its own regions, departments and accounts, and with no samples of Hunan', async () => {
  const url = await createTestDatabase();
  expect(await seededProvince(url)).toBeUndefined();
  await seedReference(url, '330000');
  await seedDemo(url, { province: '330000' });
  expect(await seededProvince(url)).toBe('330000');
  const own = connectDatabase(url, 2);
  try {
    expect(await findUser(own.db, 'admin')).toMatchObject({ regionCode: '330000' });
    expect(await findUser(own.db, 'nongye')).toMatchObject({
      displayName: '上城区农业农村经办人',
      departmentCode: '330102-agriculture',
    });
    const { rows } = await own.pool.query('select count(*)::int as cases from cases');
    expect(rows).toEqual([{ cases: 0 }]);
    const reference = await loadReference(own.db);
    expect(reference.province.name).toBe('浙江省');
    expect([...reference.departments.keys()].filter((code) => !code.startsWith('33'))).toEqual([]);
  } finally {
    await own.close();
  }
});
