/** How cases are told: side by side, each in order, and nothing twice that was said once. */
import type { Client } from '@temporalio/client';
import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellAgain, tellLater } from '../../db/cases/told.ts';
import { claimRows, markDone } from '../../db/queries/outbox.ts';
import { outbox } from '../../db/schema.ts';
import { tellCases } from '../../outbox/tell-cases.ts';
import { accept, NOWHERE } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const toldTo = (caseId: string) =>
  product.handle.db
    .select()
    .from(outbox)
    .where(like(outbox.key, `tell:${caseId}:%`));

/** Temporal as far as it is told something: `refuses` names the cases that do not run. */
function recorder(refuses: string[] = []) {
  const said: string[] = [];
  let now = 0;
  let most = 0;
  const signal = (caseId: string) => async (name: string, arg: string) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now -= 1;
    if (refuses.includes(caseId)) throw new Error('not found');
    said.push(`${caseId} ${name} ${arg}`);
  };
  const client = { workflow: { getHandle: (caseId: string) => ({ signal: signal(caseId) }) } } as unknown as Client;
  return { client, said, most: () => most };
}

let serial = 0;
const row = (caseId: string, signal: string, arg: string) => {
  serial += 1;
  return { id: serial, key: `k${serial}`, attempts: 1, priority: 0 as const, payload: { caseId, signal, args: [arg] } };
};

it('a cancellation that is repeated tells no case again, whether it was told or is about to be', async () => {
  const { input, caseIds } = await accept(product, { scope: '许可项目：农药零售。', registeredOn: '2026-01-05' });
  const push = caseIds[0]!;
  const { uscc } = input;
  const first = await accept(product, { uscc, scope: '', event: 'cancel', registeredOn: '2026-01-06' });
  const messages = async () => (await toldTo(push)).map(({ payload }) => (payload as { args: string[] }).args);
  expect(await messages()).toEqual([[first.input.registrationNo]]);
  await accept(product, { uscc, scope: '', event: 'cancel', registeredOn: '2026-01-07' });
  expect(await messages()).toEqual([[first.input.registrationNo]]);
  await product.handle.db
    .update(outbox)
    .set({ doneAt: new Date() })
    .where(like(outbox.key, `tell:${push}:%`));
  await accept(product, { uscc, scope: '', event: 'cancel', registeredOn: '2026-01-08' });
  const told = await toldTo(push);
  expect(told).toHaveLength(1);
  expect(told[0]!.doneAt).not.toBeNull();
  // Restoring still repeats it.
  await tellAgain(product.handle.db, push);
  expect((await toldTo(push)).map(({ doneAt }) => doneAt)).toEqual([null]);
});

it('what departments confirm is told one by one', async () => {
  const message = (code: string) => ({ caseId: 'listing~L', signal: 'liftingConfirmed', args: [code] });
  await tellLater(product.handle.db, [message('a'), message('b'), message('a')]);
  await tellLater(product.handle.db, [message('c')]);
  expect(await toldTo('listing~L')).toHaveLength(3);
});

it('cases are told side by side, but not all at once; one case in order', async () => {
  const { client, said, most } = recorder();
  const names = Array.from({ length: 100 }, (_, n) => `case-${n}`);
  const rows = ['a', 'b'].flatMap((arg) => names.map((caseId) => row(caseId, 'liftingConfirmed', arg)));
  expect(await tellCases(client, product.handle.db)(rows)).toEqual(new Map());
  expect(said).toHaveLength(200);
  for (const name of names) {
    expect(said.filter((one) => one.startsWith(`${name} `))).toEqual(
      ['a', 'b'].map((arg) => `${name} liftingConfirmed ${arg}`),
    );
  }
  expect(most()).toBeGreaterThan(1);
  expect(most()).toBeLessThanOrEqual(16);
});

it('several messages that end a case are one signal', async () => {
  const { client, said } = recorder();
  const rows = ['1', '2', '3'].map((no) => row('push~A', 'enterpriseCancelled', no));
  expect(await tellCases(client, product.handle.db)(rows)).toEqual(new Map());
  expect(said).toEqual(['push~A enterpriseCancelled 1']);
});

it('a case that does not run keeps all its messages and holds back no other case', async () => {
  const { client, said } = recorder(['gone']);
  const rows = [row('gone', 'liftingConfirmed', 'a'), row('gone', 'liftingConfirmed', 'b'), row('here', 'x', 'c')];
  const failures = await tellCases(client, product.handle.db)(rows);
  expect([...failures.keys()]).toEqual([rows[0]!.id, rows[1]!.id]);
  expect(said).toEqual(['here x c']);
});

it('what came later does not overtake what was put off', async () => {
  const { db } = product.handle;
  await db.update(outbox).set({ doneAt: new Date() }).where(eq(outbox.kind, 'tell-case'));
  const message = (code: string) => ({ caseId: 'listing~O', signal: 'liftingConfirmed', args: [code] });
  await tellLater(db, [message('a')]);
  await db
    .update(outbox)
    .set({ nextAttemptAt: sql`now() + interval '1 minute'` })
    .where(like(outbox.key, 'tell:listing~O:%'));
  await tellLater(db, [message('b'), { ...message('x'), caseId: 'listing~P' }]);
  const claimed = await claimRows(db, 'tell-case', 200);
  expect(claimed.map(({ key }) => key)).toEqual(['tell:listing~P:liftingConfirmed:x']);
  const [first] = await toldTo('listing~O');
  await markDone(db, [first!.id]);
  expect((await claimRows(db, 'tell-case', 200)).map(({ key }) => key)).toEqual(['tell:listing~O:liftingConfirmed:b']);
});
