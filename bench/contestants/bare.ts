/** Temporal alone, on the same server and PostgreSQL, without HTTP. */
import { Client, Connection } from '@temporalio/client';
import { Client as PgClient } from 'pg';
import { ensureDatabase } from '../../scripts/lib/postgres.ts';
import type { Part, System } from '../../scripts/lib/system.ts';
import { BARE_QUEUE } from '../bare/worker.ts';
import { bareCase, claim, feedBack } from '../bare/workflow.ts';
import type { Contestant } from './contestant.ts';

export const BARE_DATABASE = 'bare';

/** The address of another database of the same server, which is made if it is not there. */
export async function databaseBeside(databaseUrl: string, name: string): Promise<string> {
  await ensureDatabase(databaseUrl, name);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The table into which a lifecycle writes a row a step. */
export async function makeTable(client: PgClient): Promise<void> {
  await client.query(
    'create table steps (id text, step text, at timestamptz not null default now(), primary key (id, step))',
  );
}

export class Bare implements Contestant {
  readonly name = '裸 Temporal';
  readonly worker: Part;
  private readonly client: Client;
  private last = '';

  private constructor(worker: Part, client: Client) {
    this.worker = worker;
    this.client = client;
  }

  static async open(system: System): Promise<Bare> {
    const databaseUrl = await databaseBeside(system.databaseUrl, BARE_DATABASE);
    const pg = new PgClient({ connectionString: databaseUrl });
    await pg.connect();
    await makeTable(pg);
    await pg.end();
    const env = { BARE_DATABASE_URL: databaseUrl };
    const worker = system.processPart({ name: 'bare worker', script: 'bench/bare/worker.ts', env });
    await worker.start();
    const connection = await Connection.connect({ address: system.temporalAddress });
    return new Bare(worker, new Client({ connection }));
  }

  lifecycle = async (n: number): Promise<void> => {
    const workflowId = `bare-${n}`;
    const options = { workflowId, taskQueue: BARE_QUEUE, args: [] as [] };
    const handle = await this.client.workflow.start(bareCase, options);
    await handle.executeUpdate(claim);
    await handle.executeUpdate(feedBack);
    this.last = workflowId;
  };

  /** How many events the history of a finished lifecycle holds. */
  async events(): Promise<number> {
    const handle = this.client.workflow.getHandle(this.last);
    await handle.result();
    return (await handle.describe()).historyLength;
  }

  async close(): Promise<void> {
    await this.client.connection.close();
  }
}
