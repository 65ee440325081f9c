/** Composition root of the API. */
import { fileURLToPath } from 'node:url';
import { buildApp } from './api/app.ts';
import { createCaseCommands, lazyClient } from './api/temporal.ts';
import { closeClient } from './temporal/calls.ts';
import { loadConfig, loadTemporal } from './config.ts';
import { sweepUploads } from './db/cases/attachments.ts';
import { createChangeFeed } from './db/cases/change-feed.ts';
import { connectDatabase } from './db/postgres/client.ts';
import { loadClock } from './db/reference/clock-setting.ts';
import { loadReference } from './db/reference/reference.ts';
import { listen } from './db/postgres/listening.ts';
import { referenceChannel } from './db/reference/watch.ts';
import { createLog } from './runtime/logging.ts';
import { createSenders } from './outbox/senders.ts';
import { openStore } from './storage/open.ts';
import { startClockWatch } from './runtime/clock-watch.ts';
import { runEntry } from './runtime/entry.ts';
import { exitWithParent } from './runtime/parent-watch.ts';
import { codecsOf } from './temporal/payload-codec.ts';

/** How often uploads are deleted that no case took up within a day. */
const SWEEP_EVERY_MS = 6 * 3_600_000;
/**
 * In ms: how long a request waits for a connection to PostgreSQL before it is put off, and for a statement before it
 * fails.
 */
const PATIENCE = { connection: 10_000, statement: 30_000 };

async function main(): Promise<void> {
  const config = loadConfig();
  if (config.XIETONG_SUPERVISED) exitWithParent();
  const log = createLog({ name: 'api', level: config.LOG_LEVEL });
  const handle = connectDatabase(config.DATABASE_URL, 20, PATIENCE);
  const { db } = handle;
  const { connectionOptions, namespace } = loadTemporal();
  const payloadCodecs = codecsOf(config.PAYLOAD_KEYS);
  const temporal = lazyClient(connectionOptions, namespace, payloadCodecs);
  const files = openStore(config);
  const clock = await loadClock(db);
  const api = {
    db,
    temporal,
    reference: await loadReference(db),
    clock,
    commands: createCaseCommands({ client: temporal, db, clock, taskQueue: config.TASK_QUEUE }),
    senders: createSenders(config),
    changes: createChangeFeed(),
    files,
    payloadCodecs,
    temporalUiUrl: config.TEMPORAL_UI_URL,
    temporalNamespace: namespace,
  };
  const app = await buildApp({
    api,
    logger: log,
    cookieSecure: config.COOKIE_SECURE,
    rateLimit: config.RATE_LIMIT,
    signInLimit: config.SIGN_IN_LIMIT,
    publicUploads: config.PUBLIC_UPLOADS_MB * 2 ** 20,
    trustProxy: config.TRUST_PROXY,
    oneTimePasswordDays: config.ONE_TIME_PASSWORD_DAYS,
    demo: config.XIETONG_DEMO,
  });
  const sweep = () =>
    sweepUploads(db, (key) => files.remove(key)).catch((err: unknown) => log.warn({ err }, 'uploads not swept'));
  const sweeper = setInterval(() => void sweep(), SWEEP_EVERY_MS);
  const reference = referenceChannel(api, (err) => log.warn({ err }, 'reference data not read, trying again'));
  const failed = (err: unknown) => log.warn({ err }, 'cannot listen for changes, trying again');
  const unlisten = listen(handle, { reference, changes: api.changes }, { failed });
  const unwatch = startClockWatch({ db, log, process: 'api' });
  const stop = async () => {
    unlisten();
    clearInterval(sweeper);
    await unwatch();
    await app.close();
    await closeClient(temporal);
    await handle.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  await app.listen({ host: config.HOST, port: config.PORT });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runEntry(main);
