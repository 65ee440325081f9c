/** After a backup of PostgreSQL or of Temporal was put back: what differs is found, named and mended; nothing waits for ever. */
import proto from '@temporalio/proto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { auditLog, notices } from '../../db/schema.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import type { RecordedStep } from '../../domain/case/recorded-step.ts';
import { restoreCases, TERMINATED_BECAUSE } from '../../outbox/restore-cases.ts';
import { strayWorkflows } from '../../outbox/stray-workflows.ts';
import { accept, begunCase, casePath, expectProblem } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';
import { backUp, putBack } from '../support/servers.ts';

const { ResetReapplyExcludeType, EventType } = proto.temporal.api.enums.v1;

interface Found {
  caseId: string;
  result: string;
  lost?: RecordedStep[];
}

async function collect(found: AsyncGenerator<Found>): Promise<[caseId: string, result: string, lost?: string[]][]> {
  const all: [string, string, string[]?][] = [];
  for await (const { caseId, result, lost } of found) {
    all.push(lost ? [caseId, result, lost.map(({ action, actor }) => `${action} ${actor}`)] : [caseId, result]);
  }
  return all;
}

let product: Product;

async function deps() {
  const { db } = product.handle;
  return { db, client: product.temporal, clock: await loadClock(db), taskQueue: product.taskQueue, settleMs: 0 };
}
const listed = async () => collect(restoreCases(await deps(), { dryRun: true }));
const restored = async () => collect(restoreCases(await deps()));
const strays = async (dryRun: boolean) => collect(strayWorkflows(await deps(), { dryRun }));

async function pushed(): Promise<string> {
  const { caseIds } = await accept(product);
  await begunCase(product, 'nongye', 'pushes', caseIds[0]!);
  return caseIds[0]!;
}

async function claimed(): Promise<string> {
  const push = await pushed();
  await done(push, 'claim');
  return push;
}

const act = (push: string, verb: string, body: unknown = {}, as = 'nongye') =>
  product.post<CommandResult>(as, casePath('pushes', push, verb), body);

async function done(...[push, verb, body, as]: Parameters<typeof act>): Promise<CommandResult> {
  const { status, body: answer } = await act(push, verb, body, as);
  expect(answer, verb).toMatchObject({ caseId: push });
  expect(status).toBe(200);
  return answer;
}

const detail = async (push: string) => (await product.get<CaseDetail>('nongye', casePath('pushes', push))).body;
const steps = async (push: string) => {
  const rows = await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, push)).orderBy(auditLog.step);
  return rows.map(({ step, action }) => `${step} ${action}`);
};
const interrupted = async () => (await product.get<{ interrupted: number }>(null, '/health/ready')).body.interrupted;
const workflow = (caseId: string) => product.temporal.workflow.getHandle(caseId);

/** Backs PostgreSQL up, does the work, and puts the backup in its place. */
async function losing(work: () => Promise<unknown>): Promise<void> {
  const backup = await backUp(product.databaseUrl);
  await work();
  await putBack(product.databaseUrl, backup);
}

/** Puts the workflow back to where it was after its opening, as a backup of Temporal does: commands since are lost. */
async function resetToOpening(caseId: string): Promise<void> {
  const { events } = await workflow(caseId).fetchHistory();
  const first = events!.find(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)!;
  await product.temporal.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: caseId },
    reason: 'backup',
    workflowTaskFinishEventId: first.eventId,
    resetReapplyExcludeTypes: [ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE],
    requestId: `reset-${caseId}`,
  });
  await eventually(
    async () => (await workflow(caseId).describe()).raw.pendingWorkflowTask,
    (pending) => !pending,
  );
}

const OPINION = { opinion: '同意' };

describe('a backup is put back', () => {
  beforeAll(async () => {
    product = await Product.start();
    // A session that is opened later would be lost, too.
    for (const who of ['nongye-lead', 'dengji']) await product.tokenOf(who);
  });
  afterAll(() => product.close());

  it('of PostgreSQL, from before a suspension: it is named, health counts it, and it can be made again', async () => {
    const push = await claimed();
    await done(push, 'request-suspension', { reasonCode: 'applicant-supplementing' });
    const suspend = () =>
      product.post('nongye-lead', casePath('pushes', push, 'suspend'), OPINION, { 'idempotency-key': 'lost-1' });
    await losing(async () => expect((await suspend()).status).toBe(200));
    // Temporal still knows the answer of that key.
    expectProblem(await suspend(), 'case.interrupted');
    expect((await detail(push)).deadlines.map(({ suspendedAt }) => suspendedAt)).toEqual([null, null]);

    expect(await listed()).toEqual([[push, 'record-behind', ['suspend nongye-lead']]]);
    expect(await interrupted()).toBe(1);
    expect((await workflow(push).describe()).status.name).toBe('RUNNING');
    expect(await restored()).toEqual([
      [push, 'record-behind', ['suspend nongye-lead']],
      [push, 'restored'],
    ]);
    expect(await interrupted()).toBe(0);
    expect(await listed()).toEqual([]);

    expect((await suspend()).status).toBe(200);
    await done(push, 'resume');
    expect(await steps(push)).toEqual([
      '1 open',
      '2 claim',
      '3 requestSuspension',
      '4 restore',
      '5 suspend',
      '6 resume',
    ]);
    expect(await listed()).toEqual([]);
    await done(push, 'feedback', { outcome: 'not-applied' });
  });

  it('of PostgreSQL, from before an extension: the next command says so at once and changes nothing', async () => {
    const push = await claimed();
    const days = async () => (await detail(push)).deadlines.map(({ dueDate }) => dueDate);
    const before = await days();
    await losing(async () => {
      await done(push, 'request-extension', { workingDays: 5, reasonCode: 'several-items' });
      await done(push, 'approve-extension', OPINION, 'nongye-lead');
      expect(await days()).not.toEqual(before);
    });
    const { status } = await act(push, 'request-suspension', { reasonCode: 'applicant-supplementing' });
    expect(status).toBe(503);
    expectProblem(await act(push, 'request-suspension', { reasonCode: 'applicant-supplementing' }), 'case.interrupted');
    expect(await steps(push)).toEqual(['1 open', '2 claim']);
    expect(await interrupted()).toBe(1);
    const lost = ['requestExtension nongye', 'approveExtension nongye-lead'];
    expect(await listed()).toEqual([[push, 'record-behind', lost]]);
    expect((await restored()).at(-1)).toEqual([push, 'restored']);
    expect(await days()).toEqual(before);
    await done(push, 'request-extension', { workingDays: 5, reasonCode: 'several-items' });
    await done(push, 'approve-extension', OPINION, 'nongye-lead');
    expect(await days()).not.toEqual(before);
    await done(push, 'feedback', { outcome: 'not-applied' });
    expect(await restored()).toEqual([]);
  });

  it('of PostgreSQL, from before a claim: a command that starts from the lost stage does not hang', async () => {
    const push = await pushed();
    await losing(() => done(push, 'claim'));
    // The workflow has been claimed and would take it; the record is at the stage before.
    expectProblem(await act(push, 'request-suspension', { reasonCode: 'force-majeure' }), 'case.interrupted');
    expect(await restored()).toEqual([
      [push, 'record-behind', ['claim nongye']],
      [push, 'restored'],
    ]);
    await done(push, 'claim');
    await done(push, 'feedback', { outcome: 'not-applied' });
  });

  it('of PostgreSQL, from before an ending: the workflow has ended, the case is open and ends again', async () => {
    const push = await claimed();
    await losing(async () => {
      await done(push, 'feedback', { outcome: 'not-applied' });
      await workflow(push).result();
    });
    expectProblem(await act(push, 'feedback', { outcome: 'not-applied' }), 'case.interrupted');
    expect(await listed()).toEqual([[push, 'record-behind', ['feedBack nongye']]]);
    expect((await restored()).at(-1)).toEqual([push, 'restored']);
    expect(await done(push, 'feedback', { outcome: 'not-applied' })).toMatchObject({ stage: 'fedBack' });
    expect(await interrupted()).toBe(0);
  });

  it('of PostgreSQL, from before a return: the answer is not given again, and the rollback begins once more', async () => {
    const push = await pushed();
    const reason = { reasonCode: 'wrong-department', reason: '不属于本部门职责' };
    const giveBack = (key: string) =>
      product.post<CommandResult>('nongye', casePath('pushes', push, 'return'), reason, { 'idempotency-key': key });
    const ruling = { decision: 'same', reason: '依职责清单' };
    let rollback = '';
    await losing(async () => {
      rollback = (await giveBack('return-1')).body.nextCaseId!;
      await begunCase(product, 'dengji', 'rollbacks', rollback);
    });
    expectProblem(await giveBack('return-1'), 'case.interrupted');
    expect((await restored()).at(-1)).toEqual([push, 'restored']);
    await eventually(
      () => strays(true),
      (found) => found.some(([caseId, result]) => caseId === rollback && result === 'unrecorded'),
    );
    expect((await giveBack('return-1')).body).toMatchObject({ stage: 'returned', nextCaseId: rollback });
    // The step that is given back again begins the rollback as its workflow knows it.
    expect(await restored()).toEqual([]);
    const ruled = await product.post<CommandResult>('dengji', casePath('rollbacks', rollback, 'rule'), ruling);
    expect(ruled.body).toMatchObject({ stage: 'ruled' });
    await done(ruled.body.nextCaseId!, 'claim');
    await done(ruled.body.nextCaseId!, 'feedback', { outcome: 'not-applied' });
  });

  it('of PostgreSQL, from before an intake: the workflow is named and left alone, and mended once it is sent again', async () => {
    let push = '';
    let sent = {};
    await losing(async () => {
      const { caseIds, input } = await accept(product);
      push = caseIds[0]!;
      sent = input;
      await begunCase(product, 'nongye', 'pushes', push);
      await done(push, 'claim');
    });
    await eventually(
      () => strays(false),
      (found) => found.length > 0,
    );
    expect(await strays(false)).toEqual([[push, 'unrecorded']]);
    expect((await workflow(push).describe()).status.name).toBe('RUNNING');
    await accept(product, sent);
    expect(await restored()).toEqual([
      [push, 'record-behind', ['claim nongye']],
      [push, 'restored'],
    ]);
    await begunCase(product, 'nongye', 'pushes', push);
    await done(push, 'claim');
    expect(await steps(push)).toEqual(['1 open', '2 restore', '3 claim']);
    expect(await strays(true)).toEqual([]);
    await done(push, 'feedback', { outcome: 'not-applied' });
  });

  it('of Temporal, from before a claim: the workflow takes over what the record holds', async () => {
    const push = await claimed();
    await resetToOpening(push);
    expect(await listed()).toEqual([[push, 'workflow-behind']]);
    expect(await restored()).toEqual([
      [push, 'workflow-behind'],
      [push, 'restored'],
    ]);
    const runs = product.temporal.workflow.list({ query: `WorkflowId='${push}' AND ExecutionStatus='Terminated'` });
    const reasons = await eventually(
      async () => {
        const seen = [];
        for await (const { workflowId, runId } of runs) {
          const { events } = await product.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
          seen.push(events!.at(-1)!.workflowExecutionTerminatedEventAttributes?.reason);
        }
        return seen;
      },
      (seen) => seen.length > 0,
    );
    expect(reasons).toContain(TERMINATED_BECAUSE);
    await done(push, 'feedback', { outcome: 'not-applied' });
  });

  it('of Temporal, from before an ending: the workflow is ended', async () => {
    const push = await claimed();
    await done(push, 'feedback', { outcome: 'not-applied' });
    await workflow(push).result();
    await resetToOpening(push);
    expect(await listed()).toEqual([]);
    await eventually(
      () => strays(true),
      (found) => found.length > 0,
    );
    expect(await strays(false)).toEqual([[push, 'outlived']]);
    expect((await workflow(push).describe()).status.name).toBe('TERMINATED');
  });

  it('of neither: where Temporal has lost a case, a command says so instead of asking to try again', async () => {
    const push = await claimed();
    await product.temporal.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: push },
    });
    await eventually(
      async () =>
        workflow(push)
          .describe()
          .catch((error: Error) => error.name),
      (seen) => seen === 'WorkflowNotFoundError',
    );
    expectProblem(await act(push, 'feedback', { outcome: 'not-applied' }), 'case.interrupted');
    expect(await interrupted()).toBe(1);
    expect(await restored()).toEqual([[push, 'restored']]);
    await done(push, 'feedback', { outcome: 'not-applied' });
    expect(await interrupted()).toBe(0);
  });
});

describe('on the accelerated clock', () => {
  beforeAll(async () => {
    product = await Product.start({ secondsPerWorkingDay: 3 });
  });
  afterAll(() => product.close());

  it('a reminder that the backup holds is not sent again, and what follows fires once', async () => {
    const push = await pushed();
    const fired = async (action: string) => (await steps(push)).filter((step) => step.endsWith(` ${action}`)).length;
    await eventually(
      () => fired('rung:due-1'),
      (count) => count > 0,
    );
    await losing(() => done(push, 'claim'));
    expect((await restored()).filter(([caseId]) => caseId === push)).toEqual([
      [push, 'record-behind', expect.arrayContaining(['claim nongye'])],
      [push, 'restored'],
    ]);
    await eventually(
      () => fired('rung:due'),
      (count) => count === 2,
    );
    const reminders = await product.handle.db.select().from(notices).where(eq(notices.caseId, push));
    const keys = reminders.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await fired('restore')).toBe(1);
    expect((await listed()).filter(([caseId]) => caseId === push)).toEqual([]);
  });
});
