/** A calendar's rollout is started once for each version, even if the outbox repeats it. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { outbox } from '../../db/schema.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { startRollouts } from '../../outbox/start-rollouts.ts';
import { eventually, Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

it('a rollout that is over is not begun again', async () => {
  const day = addWorkingDays(await currentCalendar(product.handle.db), legalDateOf(Date.now()), 1).due;
  const closure = { restDays: [day], title: '临时放假', reason: '湘政办函〔2026〕98号' };
  const { body } = await product.post<{ version: string }>('admin', '/api/v1/admin/calendars/closures', closure);
  const { temporal, taskQueue, handle } = product;
  await eventually(
    () => product.get<{ finishedAt: string | null }>('admin', `/api/v1/admin/calendars/${body.version}`),
    ({ body: seen }) => seen.finishedAt !== null,
  );
  const rollout = temporal.workflow.getHandle(`calendar~${taskQueue}~${body.version}`);
  await rollout.result();
  const { runId } = await rollout.describe();
  const rows = await handle.db.select().from(outbox).where(eq(outbox.kind, 'calendar-rollout'));
  expect(rows).toHaveLength(1);
  expect(await startRollouts(temporal, taskQueue)(rows)).toEqual(new Map());
  expect(await rollout.describe()).toMatchObject({ runId, status: { name: 'COMPLETED' } });
});
