/** A command on a case that the dispatcher has not started yet starts it; one that is closed never begins again. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { auditLog, outbox } from '../../db/schema.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { accept, casePath, expectProblem } from '../api/support/requests.ts';
import { productBundle } from '../support/bundles.ts';
import { Product } from '../support/product.ts';

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
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await product.close();
});

const act = (caseId: string, verb: string, body: object, key: string) =>
  product.post<CommandResult>('nongye', casePath('registration-pushes', caseId, verb), body, {
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

it('a case that was closed does not begin again, also where Temporal has forgotten it and its start still waits', async () => {
  const { caseIds } = await accept(product);
  const caseId = caseIds[0]!;
  expect((await act(caseId, 'claim', {}, 'k1')).status).toBe(200);
  expect((await act(caseId, 'feed-back', { outcome: 'permit-granted' }, 'k2')).status).toBe(200);
  const { db } = product.handle;
  const [start] = await db
    .select()
    .from(outbox)
    .where(eq(outbox.key, `start:${caseId}`));
  expect(start?.doneAt).toBeNull();
  const { temporal } = product;
  await temporal.workflow.getHandle(caseId).result();
  await temporal.workflowService.deleteWorkflowExecution({
    namespace: temporal.options.namespace,
    workflowExecution: { workflowId: caseId },
  });
  expectProblem(await act(caseId, 'claim', {}, 'k3'), 'case.closed');
  expect((await act(caseId, 'feed-back', { outcome: 'permit-granted' }, 'k2')).body.step).toBe(3);
  await product.resumeWorker();
  await product.stopWorker();
  await expect(temporal.workflow.getHandle(caseId).describe()).rejects.toThrow();
  expect(await actionsOf(caseId)).toEqual(['open', 'claim', 'feedBack']);
});
