/** How much is still to be opened, asked of the record and of Temporal. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { Client as PgClient } from 'pg';
import type { System } from '../../scripts/lib/system.ts';

const TASK_QUEUE = 'cases';
const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

export interface Backlog {
  /** Accepted cases that were not given to Temporal yet. */
  notStarted: number;
  /** Tasks that no worker has taken up, after Temporal's own estimate. */
  queued: number;
}

export class Queue {
  readonly client: Client;
  private readonly pg: PgClient;

  private constructor(client: Client, pg: PgClient) {
    this.client = client;
    this.pg = pg;
  }

  static async open({ temporalAddress, databaseUrl }: System): Promise<Queue> {
    const pg = new PgClient({ connectionString: databaseUrl });
    // After Ctrl-C the server ends before its readers do.
    pg.on('error', () => undefined);
    await pg.connect();
    return new Queue(new Client({ connection: await Connection.connect({ address: temporalAddress }) }), pg);
  }

  async ask<Row>(query: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pg.query<Row & object>(query, values);
    return rows;
  }

  async backlog(): Promise<Backlog> {
    const [row] = await this.ask<{ left: number }>(
      `select count(*)::int as left from outbox where kind = 'start-case' and done_at is null`,
    );
    const { stats } = await this.client.workflowService.describeTaskQueue({
      namespace: 'default',
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
      reportStats: true,
    });
    return { notStarted: row!.left, queued: Number(stats?.approximateBacklogCount ?? 0) };
  }

  /** Waits until nothing is left to open. @returns whether that was in time. */
  async drained(timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    for (let quiet = 0; performance.now() < end; await sleep(500)) {
      const { notStarted, queued } = await this.backlog();
      quiet = notStarted + queued === 0 ? quiet + 1 : 0;
      // The estimate may lag behind: believed only twice in a row.
      if (quiet === 2) return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.client.connection.close();
    await this.pg.end();
  }
}
