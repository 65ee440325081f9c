/** The yardstick's worker: a process with the SDK's usual settings and the product's number of connections. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Pool } from 'pg';
import { runEntry } from '../../runtime/entry.ts';
import { exitWithParent } from '../../runtime/parent-watch.ts';

export const BARE_QUEUE = 'bare';
const CONNECTIONS = 10;

const writing = (pool: Pool) => ({
  async write(id: string, step: string): Promise<void> {
    await pool.query('insert into steps (id, step) values ($1, $2) on conflict do nothing', [id, step]);
  },
});

export type BareActivities = ReturnType<typeof writing>;

async function main(): Promise<void> {
  exitWithParent();
  const { BARE_DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: address } = process.env;
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: BARE_QUEUE,
    workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
    activities: writing(pool),
  });
  await worker.run();
  await connection.close();
  await pool.end();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runEntry(main);
