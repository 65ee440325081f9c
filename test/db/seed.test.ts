import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { verifyPassword } from '../../db/accounts/passwords.ts';
import { findUser } from '../../db/queries/accounts.ts';
import { hasAccounts, seedAdministrator } from '../../db/seed.ts';
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
