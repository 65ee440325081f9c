/**
 * Two libraries that keep work in PostgreSQL, each doing the same lifecycle as far as it can. They run inside the
 * process that uses them, which here is the bench's; both write the same rows on the same server.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import PgBoss from 'pg-boss';
import { Client, Pool } from 'pg';
import type { System } from '../../scripts/lib/system.ts';
import { databaseBeside, makeTable } from './bare.ts';
import type { Contestant } from './contestant.ts';

const CONNECTIONS = 10;
const THIRTY_DAYS_S = 30 * 86_400;
const STEPS = ['open', 'claim', 'feedBack'] as const;
type Step = (typeof STEPS)[number];

async function rowsIn(databaseUrl: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await makeTable(client);
  await client.end();
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  pool.on('error', () => undefined);
  const write = (id: string, step: Step) =>
    pool.query('insert into steps (id, step) values ($1, $2) on conflict do nothing', [id, step]);
  return { write, close: () => pool.end() };
}

/** A queue for each step, a delayed job as timer, cancelled at the end. */
export async function openPgBoss(system: System): Promise<Contestant> {
  const databaseUrl = await databaseBeside(system.databaseUrl, 'pgboss');
  const rows = await rowsIn(databaseUrl);
  const boss = new PgBoss({ connectionString: databaseUrl, max: CONNECTIONS });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('due');
  const waiting = new Map<string, () => void>();
  const workers = new Map<Step, string>();
  for (const step of STEPS) {
    await boss.createQueue(step);
    const options = { batchSize: 40, pollingIntervalSeconds: 0.5 };
    const id = await boss.work<{ id: string }>(step, options, async (jobs) => {
      await Promise.all(jobs.map(({ data }) => rows.write(data.id, step)));
      for (const { data } of jobs) waiting.get(`${step} ${data.id}`)?.();
    });
    workers.set(step, id);
  }
  const take = async (step: Step, id: string) => {
    const answered = new Promise<void>((resolve) => waiting.set(`${step} ${id}`, resolve));
    await boss.send(step, { id });
    // Without it, each step would wait for the next poll, half a second.
    boss.notifyWorker(workers.get(step)!);
    await answered;
    waiting.delete(`${step} ${id}`);
  };
  return {
    name: 'pg-boss',
    lacks:
      '带答复的 Update（答复由同一进程内的回调给出，进程一停就丢失）；一个事项的状态（没有流程，只有各自独立的任务）',
    async lifecycle(n) {
      const id = `boss-${n}`;
      const due = await boss.sendAfter('due', { id }, {}, THIRTY_DAYS_S);
      for (const step of STEPS) await take(step, id);
      await boss.cancel('due', due!);
    },
    async close() {
      await boss.stop({ graceful: false, wait: true });
      await rows.close();
    },
  };
}

/** A workflow that receives messages; the deadline of receiving is the timer, an event the answer. */
export async function openDbos(system: System): Promise<Contestant> {
  const databaseUrl = await databaseBeside(system.databaseUrl, 'dbos');
  const rows = await rowsIn(databaseUrl);
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: CONNECTIONS,
    logLevel: 'error',
  });
  const peerCase = DBOS.registerWorkflow(
    async (id: string) => {
      await DBOS.runStep(() => rows.write(id, 'open').then(() => undefined), { name: 'open' });
      for (const step of ['claim', 'feedBack'] as const) {
        await DBOS.recv(step, THIRTY_DAYS_S);
        await DBOS.runStep(() => rows.write(id, step).then(() => undefined), { name: step });
        await DBOS.setEvent(step, 'done');
      }
    },
    { name: 'peerCase' },
  );
  await DBOS.launch();
  return {
    name: 'DBOS',
    lacks:
      '带答复、先经校验的 Update（以 send/recv 和 setEvent/getEvent 代替）；独立的三十天计时器（以 recv 的时限代替）',
    async lifecycle(n) {
      const id = `dbos-${n}`;
      await DBOS.startWorkflow(peerCase, { workflowID: id })(id);
      for (const step of ['claim', 'feedBack']) {
        await DBOS.send(id, 'now', step);
        if ((await DBOS.getEvent(id, step, 60)) === null) throw new Error(`${id}：${step} 没有答复`);
      }
    },
    async close() {
      await DBOS.shutdown();
      await rows.close();
    },
  };
}
