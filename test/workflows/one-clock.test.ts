/** Rules compare times of different processes, so a shifted clock means something only where all of them are shifted alike. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { connectDatabase } from '../../db/client.ts';
import { startTimeSkipping } from '../support/case-world.ts';
import { createTestDatabase } from '../support/servers.ts';

/** What a server answers lies between the moments before and after asking. @param slackMs what the answer is rounded to. */
async function expectOurTime(ask: () => Promise<number>, slackMs: number): Promise<void> {
  const before = Date.now();
  const answered = await ask();
  expect(answered).toBeGreaterThanOrEqual(before - slackMs);
  expect(answered).toBeLessThanOrEqual(Date.now() + slackMs);
}

describe('one clock', () => {
  it('PostgreSQL has the time of the tests', async () => {
    const { db, close } = connectDatabase(await createTestDatabase(), 1);
    try {
      await expectOurTime(async () => {
        const { rows } = await db.execute<{ ms: number }>(
          sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
        );
        return rows[0]!.ms;
      }, 5);
    } finally {
      await close();
    }
  });

  it('the Temporal server has it', async () => {
    const connection = await Connection.connect({ address: inject('temporalAddress') });
    try {
      const { workflow } = new Client({ connection });
      await expectOurTime(async () => {
        // Nobody works on the queue: the case only begins.
        const options = { workflowId: randomUUID(), taskQueue: 'nobody', args: [] };
        const handle = await workflow.start('none', options);
        const { startTime } = await handle.describe();
        await handle.terminate();
        return startTime.getTime();
      }, 5);
    } finally {
      await connection.close();
    }
  });

  it.skipIf(!inject('testServerPath'))('the time-skipping server has it', async () => {
    const env = await startTimeSkipping();
    try {
      await expectOurTime(() => env.currentTimeMs(), 5);
    } finally {
      await env.teardown();
    }
  });
});
