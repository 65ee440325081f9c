/**
 * Checks that all processes share one clock: rules compare their times, so a shifted clock must shift all of them alike.
 */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { connectDatabase } from '../../db/postgres/client.ts';
import { startTimeSkipping } from '../support/case-world.ts';
import { createTestDatabase } from '../support/servers.ts';

/** How far, in ms, an answer lies outside the moments before and after asking. @param slackMs what the answer is rounded to. */
async function distance(ask: () => Promise<number>, slackMs = 5): Promise<number> {
  const before = Date.now() - slackMs;
  const answered = await ask();
  return Math.max(before - answered, answered - (Date.now() + slackMs), 0);
}

describe('one clock', () => {
  it('PostgreSQL has the time of the tests', async () => {
    const { db, close } = connectDatabase(await createTestDatabase(), 1);
    try {
      const asked = distance(async () => {
        const { rows } = await db.execute<{ ms: number }>(
          sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
        );
        return rows[0]!.ms;
      });
      expect(await asked).toBe(0);
    } finally {
      await close();
    }
  });

  it('the Temporal server has it', async () => {
    const connection = await Connection.connect({ address: inject('temporalAddress') });
    try {
      const { workflow } = new Client({ connection });
      const asked = distance(async () => {
        // No worker polls the queue: the workflow only begins.
        const options = { workflowId: randomUUID(), taskQueue: 'nobody', args: [] };
        const handle = await workflow.start('none', options);
        const { startTime } = await handle.describe();
        await handle.terminate();
        return startTime.getTime();
      });
      expect(await asked).toBe(0);
    } finally {
      await connection.close();
    }
  });

  it.skipIf(!inject('testServerPath'))('the time-skipping server has it', async () => {
    const env = await startTimeSkipping();
    try {
      expect(await distance(() => env.currentTimeMs())).toBe(0);
    } finally {
      await env.teardown();
    }
  });
});
