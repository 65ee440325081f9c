/** A round that opens after its enterprise was cancelled ends, too: the cancellation could not know of it (第七条第一款). */
import { like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseRecords } from '../../activities/case-records.ts';
import { lapseIfMoot } from '../../db/intake/lapse.ts';
import { cases, outbox } from '../../db/schema.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { accept, NOWHERE } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { openedRollback } from '../../domain/case-types/rollback/opening.ts';
import { SYSTEM } from '../../domain/organs/actor.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

async function accepted() {
  const { input, caseIds } = await accept(product, { scope: '许可项目：农药零售。' });
  const caseId = caseIds[0]!;
  const departmentCode = '430103-agriculture';
  const chain = { registrationNo: input.registrationNo, uscc: input.uscc, chain: departmentCode, round: 1 };
  const push = {
    ...chain,
    departmentCode,
    regionCode: '430103',
    itemIds: [],
    pushedAt: Date.now(),
    claimedFromPool: false,
    returnedBy: [],
    finalRuling: false,
    parentCaseId: null,
  };
  return {
    ...input,
    caseId,
    rollback: openedRollback({ push, pushCaseId: caseId, returnedAt: Date.now(), arbitration: false }),
  };
}

const cancel = (uscc: string) => accept(product, { uscc, scope: '', event: 'cancel' });
const told = async (caseId: string) =>
  product.handle.db
    .select()
    .from(outbox)
    .where(like(outbox.key, `tell:${caseId}:%`));

it('by a step that is recorded after the cancellation', async () => {
  const { uscc, caseId, rollback } = await accepted();
  const { registrationNo } = await cancel(uscc);
  const { db } = product.handle;
  await createCaseRecords({ db, clock: realClock }).recordStep({
    caseId,
    token: 'cmd:return',
    at: Date.now(),
    action: 'return',
    actor: SYSTEM,
    article: '第七条第二款',
    stage: { before: 'pushed', after: 'returned' },
    limits: [],
    notify: [],
    effects: [],
    facts: {},
    followUps: [{ workflow: 'rollback', opened: rollback, input: { arbitration: false } }],
  });
  expect((await told(rollback.caseId)).map(({ payload }) => payload)).toEqual([
    { caseId: rollback.caseId, signal: 'enterpriseCancelled', args: [registrationNo] },
  ]);
});

it('by a step and a cancellation at one time: whichever is second waits for the other', async () => {
  const { uscc, rollback } = await accepted();
  const { db } = product.handle;
  let cancelling: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    const { openedAt, ...fields } = rollback;
    await tx.insert(cases).values({ ...fields, status: 'open', openedAt: new Date(openedAt) });
    await lapseIfMoot(tx, [rollback]);
    cancelling = cancel(uscc);
    // Wait until the cancellation is blocked by this transaction.
    for (;;) {
      const { rows } = await product.handle.pool.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if (rows.length > 0) break;
    }
  });
  await cancelling;
  expect(await told(rollback.caseId)).toHaveLength(1);
});
