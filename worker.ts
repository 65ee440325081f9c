/** Composition root of the worker: case workflows, their activities, and the outbox dispatcher. */
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import {
  bundleWorkflowCode,
  NativeConnection,
  Runtime,
  Worker,
  type BundleOptions,
  type WorkerOptions,
  type WorkflowBundle,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from './activities/index.ts';
import { loadConfig, loadTemporal, type Config } from './config.ts';
import { connectDatabase, type DatabaseHandle } from './db/postgres/client.ts';
import { loadClock } from './db/reference/clock-setting.ts';
import { createLog } from './runtime/logging.ts';
import { keepsUp } from './outbox/backlog.ts';
import { deliverNotices, inbox, logChannel } from './outbox/channels.ts';
import { startDeliveries } from './outbox/deliver.ts';
import { startDispatcher } from './outbox/dispatcher.ts';
import { startFolding } from './outbox/fold-rollups.ts';
import { startForgetting } from './outbox/forget-done.ts';
import { startAccountLists } from './outbox/account-lists.ts';
import { createSenders, type Senders } from './outbox/senders.ts';
import { startCases } from './outbox/start-cases.ts';
import { serverTime } from './outbox/server-time.ts';
import { startRollouts } from './outbox/start-rollouts.ts';
import { tellCases } from './outbox/tell-cases.ts';
import { startClockWatch } from './runtime/clock-watch.ts';
import { runEntry } from './runtime/entry.ts';
import { exitWithParent } from './runtime/parent-watch.ts';
import { closeClient, within } from './temporal/calls.ts';
import { dataConverterWith } from './temporal/data-converter.ts';
import { codecsOf } from './temporal/payload-codec.ts';

export interface WorkerParts {
  config: Pick<Config, 'TASK_QUEUE'>;
  handle: DatabaseHandle;
  /**
   * For the dispatcher, whose commits need not wait for the disk: what a crash undoes, it does again from the outbox.
   * Absent: `handle`.
   */
  outboxHandle?: DatabaseHandle;
  connection: NativeConnection;
  /** A client of the same namespace. */
  client: Client;
  log: Logger;
  /** Absent: what goes to Temporal is not encrypted. */
  payloadCodecs?: PayloadCodec[];
  /** Absent: notices go to the inbox and the log, and messages to subscribers wait. */
  senders?: Senders;
  /** Days that the outbox keeps rows which are done. Absent: they are kept. */
  keepDays?: number;
  options?: Partial<WorkerOptions>;
}

export interface RunningWorker {
  /** Settles after a shutdown, by `stop` or by a signal, when all work in hand is done. */
  finished: Promise<void>;
  stop: () => Promise<void>;
}

/** In ms. Less than an activity may take (workflows/lib/record.ts), so that a retry never meets the previous try. */
const PATIENCE = { connection: 20_000, statement: 20_000 };
/** What a case at hand takes, in kB: `npm run -s bench -- workflows`. */
const CASE_KB = 100;
/** Work still in hand after this time is retried by another worker. Less than containers grant. */
const LONGEST_SHUTDOWN = '25s';

/** Temporal may be away when the worker ends. */
const LONGEST_MEASURING_MS = 10_000;

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Bundles the workflows into one script, which takes seconds. */
export function bundleWorkflows(options: Partial<BundleOptions> = {}): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: pathOf('./workflows/index.ts'),
    preloadModules: [pathOf('./workflows/preloaded.ts')],
    logger: Runtime.instance().logger,
    ...options,
  });
}

/** Starts the worker, the dispatcher and, with senders, the deliveries. */
export async function startWorker({
  config,
  handle,
  outboxHandle = handle,
  connection,
  client,
  log,
  payloadCodecs = [],
  senders,
  keepDays,
  options,
}: WorkerParts): Promise<RunningWorker> {
  const clock = await loadClock(handle.db);
  const dataConverter = dataConverterWith(payloadCodecs);
  const { failureConverterPath } = dataConverter;
  const worker = await Worker.create({
    connection,
    namespace: client.options.namespace,
    taskQueue: config.TASK_QUEUE,
    dataConverter,
    workflowBundle: options?.workflowBundle ?? (await bundleWorkflows({ failureConverterPath })),
    shutdownForceTime: LONGEST_SHUTDOWN,
    activities: createActivities({ db: handle.db, clock, client, taskQueue: config.TASK_QUEUE }),
    ...options,
  });
  const { db } = outboxHandle;
  const dispatcher = startDispatcher({
    handle: outboxHandle,
    log,
    deliver: {
      'start-case': startCases({ client, db, clock, taskQueue: config.TASK_QUEUE }),
      'tell-case': tellCases(client, db),
      'calendar-rollout': startRollouts(client, config.TASK_QUEUE),
      notice: deliverNotices([inbox(db, clock), logChannel(log)]),
    },
    keepsUp: { 'start-case': () => keepsUp(client, config.TASK_QUEUE) },
  });
  const deliveries = senders ? startDeliveries({ handle, log, clock, senders }) : null;
  const forgetting = keepDays === undefined ? null : startForgetting({ db: handle.db, log, keepDays });
  const beside = [startFolding({ db: handle.db, log }), startAccountLists({ db: handle.db, clock }, log)];
  const work = async () => {
    try {
      await worker.run();
    } finally {
      await Promise.all([dispatcher, deliveries, forgetting, ...beside].map((loop) => loop?.stop()));
    }
  };
  const finished = work();
  return {
    finished,
    stop: () => {
      worker.shutdown();
      return finished;
    },
  };
}

async function main(): Promise<void> {
  const config = loadConfig();
  if (config.XIETONG_SUPERVISED) exitWithParent();
  const log = createLog({ name: 'worker', level: config.LOG_LEVEL });
  const handle = connectDatabase(config.DATABASE_URL, 10, PATIENCE);
  const outboxHandle = connectDatabase(config.DATABASE_URL, 5, { ...PATIENCE, isDurable: false });
  const { connectionOptions, namespace } = loadTemporal();
  const connection = await NativeConnection.connect(connectionOptions);
  const payloadCodecs = codecsOf(config.PAYLOAD_KEYS);
  const client = new Client({
    connection: Connection.lazy(connectionOptions),
    namespace,
    dataConverter: dataConverterWith(payloadCodecs),
  });
  const { finished } = await startWorker({
    config,
    handle,
    outboxHandle,
    connection,
    client,
    log,
    payloadCodecs,
    senders: createSenders(config),
    keepDays: config.OUTBOX_KEEP_DAYS,
    options: {
      maxCachedWorkflows: Math.max(1, Math.floor((config.WORKER_CACHE_MB * 1000) / CASE_KB)),
      maxConcurrentWorkflowTaskExecutions: config.WORKER_TASKS,
      maxConcurrentActivityTaskExecutions: config.WORKER_STEPS,
    },
  });
  const temporalTime = () => within(client, LONGEST_MEASURING_MS, () => serverTime(client, config.TASK_QUEUE));
  const unwatch = startClockWatch({ db: handle.db, log, process: 'worker', temporalTime });
  await finished;
  await unwatch();
  await closeClient(client);
  await connection.close();
  await Promise.all([handle.close(), outboxHandle.close()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runEntry(main);
