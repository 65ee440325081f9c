/** A row that cannot be delivered holds back no other, is tried ever more rarely, and is named where operators look. */
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadClock } from '../../db/reference/clock-setting.ts';
import type { OutboxKind } from '../../db/queries/outbox.ts';
import { notices, outbox, PRIORITY, type Priority } from '../../db/schema.ts';
import { storeEarlierNotices } from '../../outbox/earlier-notices.ts';
import { startDispatcher, type Deliver } from '../../outbox/dispatcher.ts';
import { NOWHERE } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const KINDS: OutboxKind[] = ['start-case', 'tell-case', 'notice', 'calendar-rollout'];
const none: Deliver = async () => new Map();
const NONE = { 'start-case': none, 'tell-case': none, notice: none, 'calendar-rollout': none };

const notice = (extra: Record<string, unknown> = {}) => ({
  caseId: 'push~X',
  topic: 'push.received',
  departmentCode: '430103-agriculture',
  role: null,
  regionCode: '430103',
  at: '2026-03-02T00:00:00Z',
  urgency: 'info',
  article: '第七条第二款',
  title: '题',
  body: '文',
  ...extra,
});

const done = async (keys: string[]) =>
  (
    await product.handle.db
      .select({ key: outbox.key })
      .from(outbox)
      .where(and(inArray(outbox.key, keys), isNotNull(outbox.doneAt)))
  ).length;

/** Runs a dispatcher until the other rows have gone out. @returns the lines that it logged. */
async function dispatch(
  deliver: Partial<Record<OutboxKind, Deliver>>,
  others: string[],
  until?: () => Promise<boolean>,
) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const dispatcher = startDispatcher({
    handle: product.handle,
    log,
    deliver: { ...NONE, ...deliver },
    sweepEvery: 100,
  });
  try {
    await eventually(
      async () => [await done(others), until ? await until() : true],
      ([seen, ended]) => seen === others.length && ended === true,
    );
  } finally {
    await dispatcher.stop();
  }
  return lines;
}

it('notices that cannot be stored, among 200', async () => {
  const { db } = product.handle;
  const faults = [{ title: null }, { at: 'never' }, { caseId: null }, { urgency: { no: 'text' }, regionCode: null }];
  const rows = Array.from({ length: 200 }, (_, n) => ({
    kind: 'notice' as const,
    key: `among:${n}`,
    payload: notice(n % 50 === 7 ? faults[(n - 7) / 50] : {}),
  }));
  const stored = await db.insert(outbox).values(rows).returning({ id: outbox.id, key: outbox.key });
  const isFaulty = ({ key }: { key: string }) => Number(key.split(':')[1]) % 50 === 7;
  const others = rows.filter((row) => !isFaulty(row)).map(({ key }) => key);
  const lines = await dispatch({ notice: storeEarlierNotices(db, await loadClock(db)) }, others);
  expect(await db.select().from(notices).where(inArray(notices.key, others))).toHaveLength(196);
  const faulty = stored.filter(isFaulty).map(({ id }) => id);
  const left = await db.select().from(outbox).where(inArray(outbox.id, faulty));
  for (const { doneAt, lastError } of left) expect([doneAt, typeof lastError]).toEqual([null, 'string']);
  // By id, without what the notice says.
  const named = new Set(lines.filter(({ level }) => level === 50).map(({ id }) => Number(id)));
  const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);
  expect(inOrder([...named])).toEqual(inOrder(faulty));
  expect(JSON.stringify([lines, left.map(({ lastError }) => lastError)])).not.toContain('文');
  await db.delete(outbox).where(inArray(outbox.id, faulty));
});

it.each(KINDS)('%s rows go out beside one at which the delivery breaks', async (kind) => {
  const { db } = product.handle;
  const keys = Array.from({ length: 20 }, (_, n) => `${kind}:beside:${n}`);
  await db.insert(outbox).values(keys.map((key) => ({ kind, key, payload: {} })));
  const bad = keys[11]!;
  const breaks: Deliver = async (rows) => {
    if (rows.some(({ key }) => key === bad)) throw new Error('no \0 such thing');
    return new Map();
  };
  const others = keys.filter((key) => key !== bad);
  const of = async () => (await db.select().from(outbox).where(eq(outbox.key, bad)))[0]!;
  await dispatch({ [kind]: breaks }, others, async () => (await of()).lastError !== null);
  expect(await of()).toMatchObject({ doneAt: null, lastError: 'no  such thing' });
  await db.delete(outbox).where(eq(outbox.key, bad));
});

it('waits longer after each attempt, up to an hour, and is shown in the health of the system', async () => {
  const { db } = product.handle;
  const [row] = await db.insert(outbox).values({ kind: 'notice', key: 'lone', payload: {} }).returning();
  const id = row!.id;
  const breaks: Deliver = async () => {
    throw new Error('never');
  };
  const waits: number[] = [];
  for (const attempts of [0, 4, 9, 12, 30]) {
    // A wait is judged by the row itself: the time that is left is counted from its own update.
    await db
      .update(outbox)
      .set({ attempts, lastError: null, nextAttemptAt: sql`now()` })
      .where(eq(outbox.id, id));
    const failed = async () => (await db.select().from(outbox).where(eq(outbox.id, id)))[0]!.lastError !== null;
    const lines = await dispatch({ notice: breaks }, [], failed);
    waits.push(Number(lines[0]!['seconds']));
  }
  expect(waits).toEqual([1, 16, 512, 3600, 3600]);
  const { body } = await product.get<{ outbox: { id: number }[] }>(null, '/health/ready');
  expect(body.outbox).toEqual([{ id, kind: 'notice', attempts: 31 }]);
  await db.delete(outbox).where(eq(outbox.id, id));
});

const startRow = (key: string, priority: Priority) => ({ kind: 'start-case' as const, key, priority, payload: {} });

/** A dispatcher that only starts cases, in pace. */
const startCasesBy = (deliver: Deliver, keepsUp: () => Promise<boolean>) =>
  startDispatcher({
    handle: product.handle,
    log: pino({ level: 'silent' }),
    deliver: { ...NONE, 'start-case': deliver },
    keepsUp: { 'start-case': keepsUp },
    sweepEvery: 100,
  });

it('rows of files wait while the receiver does not keep up, behind no row of a person', async () => {
  const { db } = product.handle;
  await db.insert(outbox).values(Array.from({ length: 60 }, (_, n) => startRow(`file:${n}`, PRIORITY.file)));
  const out: string[] = [];
  let isReady = false;
  let most = 0;
  const dispatcher = startCasesBy(
    async (delivered) => {
      out.push(...delivered.map(({ key }) => key));
      most = Math.max(most, delivered.length);
      return new Map();
    },
    async () => isReady,
  );
  try {
    // The first batch goes out unasked; then the receiver is looked at.
    await eventually(
      async () => out.length,
      (count) => count > 0,
    );
    await db.insert(outbox).values(startRow('person', PRIORITY.single));
    await eventually(async () => out.includes('person'), Boolean);
    expect(out.filter((key) => key.startsWith('file:')).length).toBeLessThan(60);
    isReady = true;
    await eventually(
      async () => out.length,
      (count) => count === 61,
    );
    expect(most).toBeLessThanOrEqual(4);
    expect(new Set(out).size).toBe(61);
  } finally {
    await dispatcher.stop();
  }
});

it('after a batch of a file the lane rests for longer than the batch took, and people’s rows do not wait for it', async () => {
  const { db } = product.handle;
  const TOOK = 100;
  await db.insert(outbox).values(Array.from({ length: 12 }, (_, n) => startRow(`rest:${n}`, PRIORITY.file)));
  const batches: { keys: string[]; from: number; to: number }[] = [];
  const dispatcher = startCasesBy(
    async (delivered) => {
      const from = performance.now();
      // Handed in while a batch of the file is under way.
      if (batches.length === 0) await db.insert(outbox).values(startRow('meanwhile', PRIORITY.single));
      await new Promise((resolve) => setTimeout(resolve, TOOK));
      batches.push({ keys: delivered.map(({ key }) => key), from, to: performance.now() });
      return new Map();
    },
    async () => true,
  );
  try {
    await eventually(
      async () => batches.flatMap(({ keys }) => keys).length,
      (count) => count === 13,
    );
  } finally {
    await dispatcher.stop();
  }
  expect(batches[1]!.keys).toEqual(['meanwhile']);
  const ofFile = batches.filter(({ keys }) => keys[0] !== 'meanwhile');
  expect(ofFile).toHaveLength(3);
  for (const [n, { from }] of ofFile.slice(1).entries()) expect(from - ofFile[n]!.to).toBeGreaterThan(1.5 * TOOK);
});
