/**
 * PostgreSQL goes away and comes back (docs/architecture.md): meanwhile the answer is 503 with a time to retry, and the
 * process survives.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { lazyClient } from '../../api/temporal.ts';
import { closeClient } from '../../temporal/calls.ts';
import { createChangeFeed } from '../../db/cases/change-feed.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { ensureClock } from '../../db/reference/clock-setting.ts';
import { listen } from '../../db/postgres/listening.ts';
import { migrate } from '../../db/postgres/migrate.ts';
import { openSession } from '../../db/queries/accounts.ts';
import { seedDemo, seedReference } from '../../db/seed.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { startPostgres, type RunningPostgres } from '../../scripts/lib/postgres.ts';
import { eventually } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { expectProblem, IMPORT, jsonl, NDJSON, NOWHERE, registration, REGISTRATIONS } from './support/requests.ts';
import type { App } from '../../api/context.ts';

const temporal = lazyClient({ address: NOWHERE }, 'default', []);
let home: string;
let port: number;
let postgres: RunningPostgres;
let handle: DatabaseHandle;
let unlisten: () => void;
let app: App;
let token: string;

/** A server for this file alone, because the test stops it. */
const start = () =>
  startPostgres({ dataDir: path.join(home, 'postgres'), port, logFile: path.join(home, 'postgres.log') });

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'xietong-away-'));
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(home, 0o711);
  port = await freePort();
  postgres = await start();
  const url = postgres.databaseUrl('postgres');
  await migrate(url);
  await ensureClock(url, null);
  await seedReference(url);
  await seedDemo(url, { samples: false });
  handle = connectDatabase(url, 3);
  const changes = createChangeFeed();
  unlisten = listen(handle, { changes }, { againAfter: 50 });
  const { db } = handle;
  ({ token } = await openSession(db, 'shengju'));
  app = await buildApp({
    api: { ...(await bareApi(db, temporal)), changes },
    logger: false,
    cookieSecure: false,
    rateLimit: 1000,
  });
});
afterAll(async () => {
  unlisten();
  await app.close();
  await closeClient(temporal);
  await handle.close();
  await postgres.stop();
  await rm(postgres.dataDir, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object | string, more: Record<string, string> = {}) {
  const headers = { authorization: `Bearer ${token}`, ...more };
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  const names = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: answer.statusCode, headers: new Headers(names), body: answer.body };
}

describe('while PostgreSQL is away', () => {
  /** Settles with the error of a transaction whose server ends between two statements. */
  let interrupted: Promise<unknown>;

  beforeAll(async () => {
    let proceed = () => {};
    const ended = new Promise<void>((resolve) => (proceed = resolve));
    let begun = () => {};
    const open = new Promise<void>((resolve) => (begun = resolve));
    interrupted = handle.db
      .transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        begun();
        await ended;
        await tx.execute(sql`select 2`);
      })
      .catch((error: unknown) => error);
    await open;
    await postgres.stop();
    proceed();
  });

  it.each([
    ['POST', '/api/v1/session', { username: 'shengju', password: 'xietong-demo' }],
    ['GET', REGISTRATIONS, undefined],
    ['POST', REGISTRATIONS, registration()],
    ['GET', '/api/v1/pushes', undefined],
    ['GET', '/api/v1/pool-entries/download', undefined],
    ['GET', '/api/v1/audit', undefined],
  ] as ['GET' | 'POST', string, object | undefined][])(
    '%s %s is put off, not failed: 503, when to ask again, and nothing of the inside',
    async (...asked) => {
      const answer = await ask(...asked);
      const problem = expectProblem(answer, 'record.unavailable');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(problem.remedy).toContain('稍后');
      expect(problem.errors).toBeUndefined();
    },
  );

  it('a file is put off whole, not half answered', async () => {
    expectProblem(await ask('POST', IMPORT, jsonl([registration()]), NDJSON), 'record.unavailable');
  });

  it('readiness says so, liveness goes on', async () => {
    expect((await ask('GET', '/health/live')).status).toBe(200);
    const ready = await ask('GET', '/health/ready');
    expect([ready.status, JSON.parse(ready.body)]).toEqual([
      503,
      { database: false, temporal: false, outbox: null, interrupted: null, clocks: null },
    ]);
  });

  it('a transaction that was under way fails alone: the process goes on', async () => {
    expect(await interrupted).toBeInstanceOf(Error);
  });

  it('when it is back, the same process answers again', async () => {
    postgres = await start();
    const answer = await eventually(
      () => ask('POST', REGISTRATIONS, registration()),
      ({ status }) => status !== 503,
    );
    expect(answer.status).toBe(201);
  });
});
