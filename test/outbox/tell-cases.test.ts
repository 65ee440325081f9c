/** 终止 as a message to cases: the outbox tells each moot one, whatever is down in between, and each ends once. */
import { asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLog, cases, outbox } from '../../db/schema.ts';
import { accept, casePath } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false });
});
afterAll(() => product.close());

const PESTICIDE = '许可项目：农药零售。';
const rows = (caseIds: string[]) => product.handle.db.select().from(cases).where(inArray(cases.caseId, caseIds));
const stages = async (caseIds: string[]) =>
  Object.fromEntries((await rows(caseIds)).map(({ caseId, stage }) => [caseId, stage]));
const all = (caseIds: string[], stage: string) => Object.fromEntries(caseIds.map((caseId) => [caseId, stage]));
const actions = async (caseId: string) =>
  (await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(asc(auditLog.step))).map(
    ({ action }) => action,
  );
const waiting = () => product.handle.db.select().from(outbox).where(eq(outbox.kind, 'tell-case'));

it('cases that nobody had started yet are started, ended and on record, each once', async () => {
  const pushed = await accept(product, { scope: PESTICIDE });
  const { uscc } = pushed.input;
  const pool = await accept(product, { uscc, scope: '' });
  const cancelled = await accept(product, { uscc, scope: '', event: 'cancel' });
  const moot = [...pushed.caseIds, ...pool.caseIds];
  expect((await waiting()).filter(({ doneAt }) => !doneAt)).toHaveLength(2);
  await product.resumeWorker();
  await eventually(
    () => stages(moot),
    (seen) => Object.values(seen).every((stage) => stage === 'lapsed'),
  );
  for (const caseId of moot) expect(await actions(caseId)).toEqual(['open', 'lapse']);
  expect(await stages(cancelled.caseIds)).toEqual(all(cancelled.caseIds, 'pushed'));
  await eventually(waiting, (seen) => seen.every(({ doneAt }) => doneAt));
});

it('told again after a crash, a case that has ended stays as it is', async () => {
  const pushed = await accept(product, { scope: PESTICIDE });
  await accept(product, { uscc: pushed.input.uscc, scope: '', event: 'cancel' });
  await eventually(
    () => stages(pushed.caseIds),
    (seen) => Object.values(seen).every((stage) => stage === 'lapsed'),
  );
  await product.handle.db
    .update(outbox)
    .set({ doneAt: null, nextAttemptAt: new Date() })
    .where(eq(outbox.kind, 'tell-case'));
  await eventually(waiting, (seen) => seen.every(({ doneAt }) => doneAt));
  expect(await actions(pushed.caseIds[0]!)).toEqual(['open', 'lapse']);
});

it('a round that opens while its enterprise is being cancelled ends too', async () => {
  const { input, caseIds } = await accept(product, { scope: PESTICIDE });
  const begun = () =>
    eventually(
      () => rows(caseIds),
      (seen) => seen.every(({ step }) => step >= 1),
    );
  await begun();
  const returning = product.post('nongye', casePath('pushes', caseIds[0]!, 'return'), {
    reasonCode: 'wrong-department',
    reason: '不属于本部门职责',
  });
  const cancelling = accept(product, { uscc: input.uscc, scope: '', event: 'cancel' });
  await Promise.all([returning, cancelling]);
  const open = async () =>
    (await product.handle.db.select().from(cases).where(eq(cases.caseNo, input.registrationNo))).filter(
      ({ status }) => status === 'open',
    );
  expect(await eventually(open, (seen) => seen.length === 0)).toEqual([]);
});

it('a case that was opened for an enterprise already cancelled ends', async () => {
  const { input, caseIds } = await accept(product, { scope: PESTICIDE, registeredOn: '2026-01-05' });
  await accept(product, { uscc: input.uscc, scope: '', event: 'cancel', registeredOn: '2026-01-07' });
  const late = await accept(product, {
    uscc: input.uscc,
    scope: PESTICIDE,
    event: 'change',
    registeredOn: '2026-01-06',
  });
  const moot = [...caseIds, ...late.caseIds];
  const ended = await eventually(
    () => stages(moot),
    (seen) => moot.every((caseId) => seen[caseId] === 'lapsed'),
  );
  expect(ended).toEqual(all(moot, 'lapsed'));
});
