import { Client as PgClient } from 'pg';
import { Connection } from '@temporalio/client';
import { expect, inject, test } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../domain/case/search-attributes.ts';
import { ensureSearchAttributes } from '../../scripts/lib/search-attributes.ts';
import { createTestDatabase } from '../support/servers.ts';

test('every test file has a database of its own, and two do not see each other', async () => {
  const [a, b] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(a).not.toBe(b);
  const client = new PgClient({ connectionString: a });
  await client.connect();
  const { rows } = await client.query('select current_database() as name, version()');
  expect(rows[0]).toMatchObject({
    name: new URL(a).pathname.slice(1),
    version: expect.stringContaining('PostgreSQL 18'),
  });
  await client.end();
});

test('registering the search attributes again changes nothing', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await ensureSearchAttributes(connection, 'default');
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  await connection.close();
});
