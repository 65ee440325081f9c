/** A command on a case that the dispatcher has not started yet starts it; one that is closed never begins again. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { auditLog, cases, outbox } from '../../db/schema.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { accept, casePath, expectProblem } from '../api/support/requests.ts';
import { productBundle } from '../support/bundles.ts';
import { eventually, Product } from '../support/product.ts';

let product: Product;
let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  product = await Product.start({ worker: false });
  connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const { taskQueue, temporal: client } = product;
  const { db } = product.handle;
  // Without a dispatcher: nothing in the outbox goes out.
  worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await productBundle(),
    activities: createActivities({ db, clock: await loadClock(db), client, taskQueue }),
  });
  running = worker.run();
  await product.tokenOf('nongye');
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await product.close();
});

const act = (caseId: string, verb: string, body: object, key: string) =>
  product.post<CommandResult>('nongye', casePath('pushes', caseId, verb), body, {
    'idempotency-key': key,
  });
const actionsOf = async (caseId: string) =>
  (await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(auditLog.step)).map(
    ({ action }) => action,
  );

it('fifty claims under one key on a case that waits are one claim', async () => {
  const { caseIds } = await accept(product);
  const caseId = caseIds[0]!;
  const claims = await Promise.all(Array.from({ length: 50 }, () => act(caseId, 'claim', {}, 'k1')));
  expect(claims.map(({ status }) => status)).toEqual(claims.map(() => 200));
  expect(new Set(claims.map(({ body }) => body.step))).toEqual(new Set([2]));
  expect(await actionsOf(caseId)).toEqual(['open', 'claim']);
});

it('a case that is closed never begins, by a command or by the dispatcher, though Temporal knows nothing of it', async () => {
  const { caseIds } = await accept(product);
  const caseId = caseIds[0]!;
  const { db } = product.handle;
  // As if Temporal had forgotten the workflow that a command had started, and the start still waited.
  await db.update(cases).set({ status: 'closed', stage: 'fedBack' }).where(eq(cases.caseId, caseId));
  expectProblem(await act(caseId, 'claim', {}, 'k3'), 'case.closed');
  await product.resumeWorker();
  await eventually(
    async () =>
      (
        await db
          .select()
          .from(outbox)
          .where(eq(outbox.key, `start:${caseId}`))
      )[0],
    (row) => row !== undefined && row.doneAt !== null,
  );
  await product.stopWorker();
  await expect(product.temporal.workflow.getHandle(caseId).describe()).rejects.toThrow(WorkflowNotFoundError);
  expect(await actionsOf(caseId)).toEqual(['open']);
});
