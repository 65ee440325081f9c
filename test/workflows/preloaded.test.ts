/** Preloaded modules are shared and frozen: schemas of every kind must still work in a worker's first case and the next. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleWorkflows } from '../../worker.ts';
import { startTimeSkipping } from '../support/case-world.ts';

const JUDGED: [schema: string, body: unknown, accepted: boolean][] = [
  ['accept', {}, true],
  ['accept', [], false],
  ['handle', { outcome: 'ordered', reply: '已责令改正' }, true],
  ['handle', { outcome: 'ordered', reply: ' ' }, false],
  ['rule', { decision: 'pool', reason: '不涉及审批' }, true],
  ['rule', { decision: 'other', reason: '未填部门' }, false],
  ['uuid', randomUUID(), true],
  ['uuid', 'no', false],
  ['day', '2026-02-28', true],
  ['day', '2026-02-30', false],
  ['email', 'lead@example.org', true],
  ['email', 'lead', false],
  ['optional', {}, true],
  ['optional', { c: 1 }, false],
];

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTimeSkipping();
});
afterAll(() => env.teardown());

it('every schema judges as it does outside, twice in a row', async () => {
  const workflowBundle = await bundleWorkflows({
    workflowsPath: fileURLToPath(new URL('../support/schema-workflow.ts', import.meta.url)),
  });
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: 'schemas', workflowBundle });
  const judge = () =>
    env.client.workflow.execute('judgeBodies', {
      taskQueue: 'schemas',
      workflowId: randomUUID(),
      args: [JUDGED.map(([schema, body]) => [schema, body])],
      workflowTaskTimeout: '5 seconds',
      workflowExecutionTimeout: '20 seconds',
    });
  const judged = await worker.runUntil(async () => [await judge(), await judge()]);
  const expected = JUDGED.map(([, , accepted]) => accepted);
  expect(judged).toEqual([expected, expected]);
});
