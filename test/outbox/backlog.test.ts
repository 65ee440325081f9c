/** Whether workers keep up is asked of Temporal itself. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { keepsUp } from '../../outbox/backlog.ts';
import { eventually } from '../support/product.ts';

let client: Client;
beforeAll(async () => {
  client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
});
afterAll(() => client.connection.close());

it('a queue in which nothing waits is kept up with; one in which many starts wait for a worker is not', async () => {
  const taskQueue = `backlog-${randomUUID()}`;
  expect(await keepsUp(client, taskQueue)).toBe(true);
  const workflowIds = Array.from({ length: 40 }, () => randomUUID());
  await Promise.all(
    workflowIds.map((workflowId) => client.workflow.start('registrationPush', { workflowId, taskQueue, args: [] })),
  );
  await eventually(
    () => keepsUp(client, taskQueue),
    (isReady) => !isReady,
  );
  await Promise.all(workflowIds.map((workflowId) => client.workflow.getHandle(workflowId).terminate()));
});
