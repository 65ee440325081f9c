/** The clocks of processes as they are measured, stored, shown and warned about, against the real PostgreSQL. */
import { PassThrough } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { currentReadings } from '../../db/queries/clock-readings.ts';
import { clockReadings } from '../../db/schema.ts';
import { startClockWatch } from '../../runtime/clock-watch.ts';
import { createLog } from '../../runtime/logging.ts';
import { NOWHERE } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

interface Line {
  msg: string;
  skewMs: number;
  remedy?: string;
}

const APART = 'clocks are more than a second apart';
const AGREE = 'clocks agree again';

let product: Product;
/** In ms, how far the local clock is set forward. */
let shift = 0;
let unwatch: () => Promise<void>;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterEach(async () => {
  await unwatch();
  await product.handle.db.delete(clockReadings);
});
afterAll(() => product.close());

/** @returns the lines of its log, as they come. */
function watch(): Line[] {
  const lines: Line[] = [];
  const to = new PassThrough().on('data', (chunk: Buffer) => {
    for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line) as Line);
  });
  const log = createLog({ level: 'info' }, to);
  const now = () => Date.now() + shift;
  unwatch = startClockWatch({ db: product.handle.db, log, process: 'api', now, every: 50 });
  return lines;
}

/** Waits until a measurement that began after now is stored. */
async function measuredAnew() {
  const { rows } = await product.handle.db.execute<{ at: string }>(sql`select clock_timestamp() as at`);
  let seen = 0;
  let last = new Date(rows[0]!.at).getTime();
  // Two, because the first may have begun before.
  await eventually(
    async () => {
      const at = (await currentReadings(product.handle.db))[0]?.measuredAt.getTime() ?? 0;
      if (at > last) [last, seen] = [at, seen + 1];
      return seen;
    },
    (count) => count > 1,
  );
}

it("is measured and shown: a process whose clock is ahead of PostgreSQL's", async () => {
  shift = 5000;
  watch();
  await measuredAnew();
  const [reading] = await currentReadings(product.handle.db);
  const { offsetMs, errorMs } = reading!;
  expect(Math.abs(offsetMs - 5000)).toBeLessThanOrEqual(errorMs);
  const { body } = await product.get<{ clocks: { largestSkewMs: number; readings: object[] } }>(null, '/health/ready');
  expect(body.clocks.readings).toEqual([
    {
      process: 'api',
      measuredAt: expect.any(String) as string,
      offsetMs: expect.any(Number) as number,
      errorMs: expect.any(Number) as number,
      temporal: null,
    },
  ]);
  expect(body.clocks.largestSkewMs).toBeGreaterThan(4000);
});

it('is warned about once each time, with a remedy', async () => {
  shift = 0;
  const lines = watch();
  for (const [next, said] of [
    [0, []],
    [5000, [APART]],
    [0, [APART, AGREE]],
    [-5000, [APART, AGREE, APART]],
  ] as const) {
    shift = next;
    await measuredAnew();
    await measuredAnew();
    expect(lines.map(({ msg }) => msg)).toEqual(said);
  }
  expect(lines[0]!.remedy).toContain('NTP');
  expect(lines[0]!.skewMs).toBeGreaterThan(4000);
});

it('is forgotten when its process has ended', async () => {
  const { db } = product.handle;
  const ended = { process: 'worker', instance: 'gone:1', offsetMs: 9000, errorMs: 1 } as const;
  await db.insert(clockReadings).values({ ...ended, recordedAt: sql`now() - interval '6 minutes'` });
  expect(await currentReadings(db)).toEqual([]);
  shift = 0;
  watch();
  await measuredAnew();
  expect(await db.select().from(clockReadings).where(eq(clockReadings.instance, 'gone:1'))).toEqual([]);
});

it('ends with the measurement that is under way, so that no call is out when connections are closed', async () => {
  let refuse: ((reason: Error) => void) | undefined;
  const temporalTime = () => new Promise<number>((_, reject) => (refuse = reject));
  const log = createLog({ level: 'silent' });
  const stop = startClockWatch({ db: product.handle.db, log, process: 'worker', temporalTime });
  await eventually(async () => refuse, Boolean);
  let isStopped = false;
  unwatch = () => stop().then(() => void (isStopped = true));
  const stopped = unwatch();
  await product.handle.db.execute(sql`select 1`);
  expect(isStopped).toBe(false);
  refuse!(new Error('Temporal is away'));
  await stopped;
  expect(isStopped).toBe(true);
});
