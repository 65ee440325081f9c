/** What is compared with the time of another clock is dated by that clock: a host that is off changes no outcome. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { accountOfSession, openSession } from '../../db/queries/accounts.ts';
import { forgetPage, markDone } from '../../db/queries/outbox.ts';
import { publishedSupport } from '../../db/queries/support-measures.ts';
import { auditLog, cases, outbox } from '../../db/schema.ts';
import { accept } from '../api/support/requests.ts';
import { eventually } from '../support/product.ts';
import { DeliveryWorld } from './support/delivery-world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.start();
});
afterEach(() => vi.useRealTimers());
afterAll(() => world.close());

/** Sets this process's clock; PostgreSQL keeps its own. */
function setForward(ms: number) {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms, shouldAdvanceTime: true });
}

it.each([
  ['opened on a host that is behind', -13 * HOUR, 0],
  ['asked for on a host that is ahead', 0, 13 * HOUR],
])('a session lives twelve hours: %s', async (_, opening, asking) => {
  const { db } = world.product.handle;
  setForward(opening);
  const { token, expiresAt } = await openSession(db, 'nongye');
  setForward(asking);
  expect(await accountOfSession(db, token)).toMatchObject({ username: 'nongye' });
  vi.useRealTimers();
  expect(Math.abs(expiresAt.getTime() - (Date.now() + 12 * HOUR))).toBeLessThan(HOUR);
});

it('a row of the outbox is kept for its term, although a worker that is behind delivered it', async () => {
  const { db } = world.product.handle;
  const payload = { caseId: 'none' };
  const [row] = await db
    .insert(outbox)
    .values({ kind: 'notice', key: 'kept', payload, nextAttemptAt: sql`now() + interval '1 hour'` })
    .returning();
  setForward(-40 * DAY);
  await markDone(db, [row!.id]);
  vi.useRealTimers();
  await forgetPage(db, 0, 30);
  expect(await db.select().from(outbox).where(eq(outbox.id, row!.id))).toHaveLength(1);
});

it('a delivery is tried again in a minute and for three days, although the worker is four days ahead', async () => {
  await world.subscribe('nongye', { channel: 'webhook', target: world.http.url() });
  world.http.answer = () => ({ status: 500 });
  setForward(4 * DAY);
  const key = await world.tell();
  const ofNotice = async () => (await world.deliveries()).find((one) => one.key.startsWith(`${key}:`));
  const failed = await eventually(ofNotice, (seen) => typeof seen?.error === 'string');
  expect(failed).toMatchObject({ attempts: 1, dead: false });
  const { rows } = await world.product.handle.pool.query<{ seconds: number }>(
    `select extract(epoch from next_attempt_at - first_attempt_at)::float8 as seconds from deliveries where key like $1`,
    [`${key}:%`],
  );
  expect(rows[0]!.seconds).toBeGreaterThanOrEqual(60);
  // A minute, what is added by chance, and what the attempt took.
  expect(rows[0]!.seconds).toBeLessThan(HOUR / 1000);
});

it("support is public from its approval, although Temporal is ahead of the API's clock", async () => {
  const { db } = world.product.handle;
  const { input } = await accept(world.product);
  const caseId = 'support~ahead';
  const ahead = new Date(Date.now() + HOUR);
  const measure = { validUntil: '2999-01-01' };
  await db.insert(cases).values({
    caseId,
    caseType: 'supportMeasure',
    stage: 'published',
    status: 'open',
    caseNo: 'A-1',
    uscc: input.uscc,
    round: 1,
    regionCode: '430103',
    openedAt: ahead,
    facts: { measure },
  });
  const approved = { caseId, step: 1, at: ahead, actor: 'x', actorRole: 'department-lead', article: '第十条' } as const;
  await db.insert(auditLog).values({ ...approved, action: 'approve' });
  expect(await publishedSupport(db, input.uscc, { now: new Date() })).toMatchObject([{ caseId }]);
});
