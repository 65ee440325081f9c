/** The API's description, made without a database or Temporal: both are connected on first use only. */
import { buildApp } from '../../api/app.ts';
import { createCaseCommands, lazyClient } from '../../api/temporal.ts';
import { readReferenceFiles } from '../../data/reference-files.ts';
import { createChangeFeed } from '../../db/cases/change-feed.ts';
import { connectDatabase } from '../../db/postgres/client.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { diskStore } from '../../storage/disk.ts';
import { createSenders } from '../../outbox/senders.ts';
import { createReference } from '../../domain/reference.ts';

export async function openapiDocument(): Promise<string> {
  const { db, close } = connectDatabase('postgres://127.0.0.1/never-connected');
  const temporal = lazyClient({}, 'default', []);
  const app = await buildApp({
    api: {
      db,
      temporal,
      reference: createReference(readReferenceFiles()),
      clock: realClock,
      commands: createCaseCommands({ client: temporal, db, clock: realClock, taskQueue: 'cases' }),
      files: diskStore(''),
      senders: createSenders({
        CONSOLE_URL: '',
        SMTP_URL: '',
        SMTP_FROM: '',
        WEBHOOK_ALLOW_HTTP: false,
        WEBHOOK_PORTS: [],
        WEBHOOK_ALLOWED_HOSTS: [],
        WEBHOOK_ALLOWED_CIDRS: [],
      }),
      changes: createChangeFeed(),
      temporalUiUrl: '',
      temporalNamespace: 'default',
    },
    logger: false,
    cookieSecure: false,
    rateLimit: 1,
  });
  await app.ready();
  const document = `${JSON.stringify(app.swagger(), sortedKeys, 2)}\n`;
  await app.close();
  await temporal.connection.close();
  await close();
  return document;
}

/** Sorts keys, so that the file does not change when routes are registered in another order. */
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
