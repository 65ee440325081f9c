/** The whole product on the servers of the test run: PostgreSQL, a real Temporal server, a worker and the API over HTTP. */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { NativeConnection, type WorkflowBundle } from '@temporalio/worker';
import { pino } from 'pino';
import { inject } from 'vitest';
import { buildApp } from '../../api/app.ts';
import type { ApiContext, App, AppOptions } from '../../api/context.ts';
import { createCaseCommands, lazyClient } from '../../api/temporal.ts';
import { createChangeFeed } from '../../db/cases/change-feed.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { ensureClock, loadClock } from '../../db/reference/clock-setting.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { listen } from '../../db/postgres/listening.ts';
import { referenceChannel } from '../../db/reference/watch.ts';
import { DEMO_PASSWORD, seedDemo, seedReference } from '../../db/seed.ts';
import type { Senders } from '../../outbox/senders.ts';
import { closeClient } from '../../temporal/calls.ts';
import { dataConverterWith } from '../../temporal/data-converter.ts';
import { startWorker, type RunningWorker } from '../../worker.ts';
import { productBundle } from './bundles.ts';
import { testFiles } from './files.ts';
import { testSenders } from './senders.ts';
import { createTestDatabase } from './servers.ts';

const NAMESPACE = 'default';

export interface ProductOptions {
  /** Null for the real clock. */
  secondsPerWorkingDay?: number | null;
  /** An address where no server listens simulates that Temporal is down. */
  temporalAddress?: string;
  /** False: no worker runs until `resumeWorker`. */
  worker?: boolean;
  samples?: boolean;
  /** E-mail and webhooks. Absent: no mail server, and public addresses only. */
  senders?: Senders;
  /** Settings of the API other than usual. */
  app?: Partial<Omit<AppOptions, 'api'>>;
  /** The first encrypts what travels to Temporal. */
  payloadCodecs?: PayloadCodec[];
  /** Absent: the product's. */
  workflows?: Promise<WorkflowBundle>;
}

export class Product {
  readonly databaseUrl: string;
  readonly handle: DatabaseHandle;
  readonly temporal: Client;
  readonly app: App;
  readonly url: string;
  readonly senders: Senders;
  readonly taskQueue: string;
  private readonly payloadCodecs: PayloadCodec[];
  private readonly workflows: Promise<WorkflowBundle> | undefined;
  private worker: RunningWorker | undefined;
  private connection: NativeConnection | undefined;
  private readonly tokens = new Map<string, string>();

  private constructor(
    parts: Pick<Product, 'databaseUrl' | 'handle' | 'temporal' | 'app' | 'url' | 'senders'>,
    taskQueue: string,
    { payloadCodecs = [], workflows }: ProductOptions,
  ) {
    this.databaseUrl = parts.databaseUrl;
    this.handle = parts.handle;
    this.temporal = parts.temporal;
    this.app = parts.app;
    this.url = parts.url;
    this.senders = parts.senders;
    this.taskQueue = taskQueue;
    this.payloadCodecs = payloadCodecs;
    this.workflows = workflows;
  }

  static async start(options: ProductOptions = {}): Promise<Product> {
    const databaseUrl = await createTestDatabase();
    await ensureClock(databaseUrl, options.secondsPerWorkingDay ?? null);
    await seedReference(databaseUrl);
    await seedDemo(databaseUrl, { samples: options.samples ?? false });
    const handle = connectDatabase(databaseUrl, 20);
    const { db } = handle;
    const address = options.temporalAddress ?? inject('temporalAddress');
    const { payloadCodecs = [] } = options;
    const temporal = lazyClient({ address }, NAMESPACE, payloadCodecs);
    // Tests share one Temporal server: each product has its own queue and its own registration numbers.
    const taskQueue = `cases-${randomUUID()}`;
    const senders = options.senders ?? testSenders();
    const clock = await loadClock(db);
    const api: ApiContext = {
      db,
      temporal,
      reference: await loadReference(db),
      clock,
      commands: createCaseCommands({ client: temporal, db, clock, taskQueue, patience: 5000 }),
      senders,
      files: testFiles(),
      changes: createChangeFeed(),
      payloadCodecs,
      temporalUiUrl: 'http://127.0.0.1:8233',
      temporalNamespace: NAMESPACE,
    };
    const app = await buildApp({
      api,
      logger: false,
      cookieSecure: false,
      rateLimit: 1_000_000,
      ...options.app,
    });
    const unlisten = listen(handle, { reference: referenceChannel(api), changes: api.changes });
    app.addHook('onClose', async () => unlisten());
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const product = new Product({ databaseUrl, handle, temporal, app, url, senders }, taskQueue, options);
    if (options.worker !== false) await product.resumeWorker();
    return product;
  }

  async resumeWorker(): Promise<void> {
    if (this.worker) return;
    this.connection ??= await NativeConnection.connect({ address: inject('temporalAddress') });
    this.worker = await startWorker({
      config: { TASK_QUEUE: this.taskQueue },
      handle: this.handle,
      connection: this.connection,
      client: this.temporal,
      log: pino({ level: 'silent' }),
      senders: this.senders,
      payloadCodecs: this.payloadCodecs,
      options: {
        workflowBundle: await (this.workflows ??
          productBundle(dataConverterWith(this.payloadCodecs).failureConverterPath)),
      },
    });
  }

  async stopWorker(): Promise<void> {
    await this.worker?.stop();
    this.worker = undefined;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.stopWorker();
    await this.connection?.close();
    await closeClient(this.temporal);
    await this.handle.close();
  }

  async tokenOf(username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known) return known;
    const password = DEMO_PASSWORD;
    const response = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const { token } = (await response.json()) as { token: string };
    this.tokens.set(username, token);
    return token;
  }

  /** Sends a request as a signed-in account; null for nobody. */
  async request<T>(
    as: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${await this.tokenOf(as)}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && !path.includes('/import');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
  }

  get<T>(as: string | null, path: string) {
    return this.request<T>(as, 'GET', path);
  }

  post<T>(as: string | null, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    return this.request<T>(as, 'POST', path, body, headers);
  }
}

/** Repeats `look` until its result meets the condition. Fails with the last result. */
export async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, timeout = 30_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`did not come about in ${timeout} ms; last seen: ${JSON.stringify(seen)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
