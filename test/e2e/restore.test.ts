/** A case whose workflow is gone is started again from the database; no limit is lost and no notice is sent twice. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { startKey } from '../../db/cases/opened.ts';
import { outbox } from '../../db/schema.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { restoreCases, type RestoreDeps } from '../../outbox/restore-cases.ts';
import { accept, casePath, expectProblem } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

interface Detail extends CaseView {
  audit: { step: number; action: string }[];
}

async function restored(product: Product, more: Partial<RestoreDeps> = {}, options = {}) {
  const { db } = product.handle;
  const { temporal: client, taskQueue } = product;
  const deps = { db, client, clock: await loadClock(db), taskQueue, settleMs: 0, ...more };
  const found = [];
  for await (const one of restoreCases(deps, options)) found.push(one);
  return found;
}

const read = (product: Product, noun: string, caseId: string) =>
  eventually(
    () => product.get<Detail>('nongye', casePath(noun, caseId)),
    ({ status, body }) => status === 200 && body.deadlines.length > 0,
  );
const terminate = (product: Product, caseId: string) =>
  product.temporal.workflow.getHandle(caseId).terminate('by hand');

describe('a terminated case', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  });
  afterAll(() => product.close());

  it('tells those who act on it that it is interrupted, continues where it was once restored, and is restored once', async () => {
    const { caseIds } = await accept(product);
    const push = caseIds[0]!;
    await read(product, 'pushes', push);
    await product.post('nongye', casePath('pushes', push, 'claim'));
    await terminate(product, push);
    const feedBack = () =>
      product.post<CommandResult>(
        'nongye',
        casePath('pushes', push, 'feedback'),
        { outcome: 'not-applied' },
        { 'idempotency-key': 'restored-1' },
      );
    expectProblem(await feedBack(), 'case.interrupted');

    expect(await restored(product, { settleMs: 60_000 })).toEqual([{ caseId: push, result: 'too-recent' }]);
    expect(await restored(product, {}, { dryRun: true })).toEqual([{ caseId: push, result: 'lost' }]);
    expect(await restored(product)).toEqual([{ caseId: push, result: 'restored' }]);
    expect(await restored(product)).toEqual([]);

    expect((await feedBack()).body).toMatchObject({ stage: 'fedBack', late: false, step: 4 });
    const { body } = await read(product, 'pushes', push);
    expect(body.audit.map(({ step, action }) => [step, action])).toEqual([
      [1, 'open'],
      [2, 'claim'],
      [3, 'restore'],
      [4, 'feedBack'],
    ]);
    expect(await restored(product)).toEqual([]);
  });

  it('that followed from another, and one whose start Temporal has lost, are restored too', async () => {
    const first = await accept(product);
    const push = first.caseIds[0]!;
    await read(product, 'pushes', push);
    const reason = { reasonCode: 'wrong-department', reason: '不属于本部门职责' };
    const returned = await product.post<CommandResult>('nongye', casePath('pushes', push, 'return'), reason);
    const rollback = returned.body.nextCaseId!;
    await eventually(
      () => product.get<Detail>('dengji', casePath('rollbacks', rollback)),
      ({ status, body }) => status === 200 && body.deadlines.length > 0,
    );
    await terminate(product, rollback);
    await product.stopWorker();
    const unbegun = (await accept(product)).caseIds[0]!;
    expect(await restored(product)).toEqual([{ caseId: rollback, result: 'restored' }]);
    // What the outbox holds after Temporal's own loss; until then the start is the dispatcher's.
    await product.handle.db
      .update(outbox)
      .set({ doneAt: new Date() })
      .where(eq(outbox.key, startKey(unbegun)));
    expect(await restored(product)).toContainEqual({ caseId: unbegun, result: 'restored' });
    await product.resumeWorker();
    await read(product, 'pushes', unbegun);
    const ruling = { decision: 'same', reason: '依职责清单' };
    const ruled = await eventually(
      () => product.post<CommandResult>('dengji', casePath('rollbacks', rollback, 'rule'), ruling),
      ({ status }) => status !== 503,
    );
    expect(ruled.body).toMatchObject({ stage: 'ruled' });
  });
});

describe('on the accelerated clock', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start({ secondsPerWorkingDay: 1 });
  });
  afterAll(() => product.close());

  it('rungs that fell due while the case was gone fire after its restoration, each once and in order', async () => {
    const { caseIds } = await accept(product);
    const push = caseIds[0]!;
    await read(product, 'pushes', push);
    await terminate(product, push);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect((await restored(product)).map(({ result }) => result)).toContain('restored');
    const { body } = await eventually(
      () => product.get<Detail>('nongye', casePath('pushes', push)),
      ({ body: seen }) => seen.audit.filter(({ action }) => action === 'rung:due+3').length === 2,
    );
    const fired = body.audit.map(({ action }) => action).filter((action) => action.startsWith('rung:'));
    expect(fired.filter((action) => action === 'rung:due')).toHaveLength(2);
    expect(fired.indexOf('rung:due')).toBeLessThan(fired.indexOf('rung:due+3'));
  });
});
