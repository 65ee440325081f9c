/** A host that vanishes closes no connection: waiting queries must notice it themselves, and the next must be served. */
import net from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isUnavailable } from '../../db/postgres/availability.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { createTestDatabase } from '../support/servers.ts';

/** A connection to PostgreSQL that can be cut without either side being told. */
class Wire {
  private readonly sockets: net.Socket[] = [];
  private isCut = false;
  private readonly server: net.Server;

  constructor(to: { host: string; port: number }) {
    this.server = net.createServer((near) => {
      this.sockets.push(near.on('error', () => undefined));
      if (this.isCut) return;
      const far = net.connect(to).on('error', () => undefined);
      this.sockets.push(far);
      near.pipe(far).pipe(near);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as net.AddressInfo).port;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** New connections get through again. */
  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let wire: Wire;
let handle: DatabaseHandle;
beforeAll(async () => {
  const url = new URL(await createTestDatabase());
  wire = new Wire({ host: url.hostname, port: Number(url.port) });
  url.hostname = '127.0.0.1';
  url.port = String(await wire.listen());
  // A single connection: if it were lost, no query would ever be served again.
  handle = connectDatabase(url.href, 1, { connection: 2000, statement: 1000 });
});
afterAll(async () => {
  await handle.close();
  await wire.close();
});
beforeEach(async () => {
  wire.mend();
  await handle.db.execute(sql`select 1`);
});

it.each([
  ['a query', () => handle.db.execute(sql`select 1`)],
  ['a transaction', () => handle.db.transaction((tx) => tx.execute(sql`select 1`))],
])('%s on a connection that went silent ends as an outage, and the next is served', async (_, ask) => {
  wire.cut();
  expect(isUnavailable(await ask().catch((error: unknown) => error))).toBe(true);
  wire.mend();
  expect((await handle.db.execute<{ n: number }>(sql`select 1 as n`)).rows).toEqual([{ n: 1 }]);
});

it('so does a transaction that is cut off between two statements', async () => {
  const cutOff = handle.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    wire.cut();
    await tx.execute(sql`select 2`);
  });
  expect(isUnavailable(await cutOff.catch((error: unknown) => error))).toBe(true);
  wire.mend();
  expect((await handle.db.execute<{ n: number }>(sql`select 1 as n`)).rows).toEqual([{ n: 1 }]);
});

it('a connection that cannot be made is given up', async () => {
  await handle.pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
  wire.cut();
  expect(isUnavailable(await handle.db.execute(sql`select 1`).catch((error: unknown) => error))).toBe(true);
});

it('a statement that takes too long is ended by PostgreSQL, and is no outage', async () => {
  const slow = await handle.db.execute(sql`select pg_sleep(60)`).catch((error: unknown) => error);
  expect(slow).toMatchObject({ cause: { code: '57014' } });
  expect(isUnavailable(slow)).toBe(false);
});
