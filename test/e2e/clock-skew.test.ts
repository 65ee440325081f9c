/** The clocks of the real servers: an API whose host is ahead says so, and Temporal's is measured without a trace. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { currentReadings } from '../../db/queries/clock-readings.ts';
import { serverTime } from '../../outbox/server-time.ts';
import { startClockWatch } from '../../runtime/clock-watch.ts';
import { faketimeEnvironment, findFaketime } from '../../scripts/lib/days/faketime.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { ROOT } from '../support/launched.ts';
import { eventually, Product } from '../support/product.ts';

interface Health {
  clocks: { largestSkewMs: number; readings: { process: string; offsetMs: number; errorMs: number }[] } | null;
}

const AHEAD = 5;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false });
});
afterAll(() => product.close());

it("measures Temporal's clock and leaves no run behind", async () => {
  const { db } = product.handle;
  const { temporal, taskQueue } = product;
  const now = () => Date.now() + 3000;
  const temporalTime = () => serverTime(temporal, taskQueue);
  const unwatch = startClockWatch({ db, log: pino({ level: 'silent' }), process: 'worker', temporalTime, now });
  const [reading] = await eventually(
    () => currentReadings(db),
    (seen) => seen.length > 0,
  );
  await unwatch();
  expect(Math.abs(reading!.offsetMs - 3000)).toBeLessThanOrEqual(reading!.errorMs);
  // Servers and tests run on one machine: only this process pretends to be ahead.
  expect(Math.abs(reading!.temporal!.offsetMs)).toBeLessThanOrEqual(reading!.temporal!.errorMs);
  const run = temporal.workflow.getHandle(`clock-probe~${taskQueue}`);
  const isGone = async () => {
    try {
      return (await run.describe()).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone';
      throw error;
    }
  };
  await eventually(isGone, (status) => status === 'gone');
});

/** Only on Linux, with faketime installed (CONTRIBUTING, test:days). */
function faketime(): string | undefined {
  try {
    return findFaketime();
  } catch {
    return undefined;
  }
}

// Without faketime no process can have a clock of its own.
describe.skipIf(!faketime())('an API whose host is ahead', () => {
  let api: ChildProcess;
  let said = '';
  afterAll(async () => {
    if (api.exitCode !== null) return;
    api.kill('SIGTERM');
    await once(api, 'exit');
  });

  it('shows it in its health and warns', async () => {
    const port = await freePort();
    // The tests may run on a shifted day themselves.
    const day = Number(/^\+(\d+)s$/.exec(process.env['FAKETIME'] ?? '')?.[1] ?? 0);
    api = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        ...faketimeEnvironment(faketime()!, `+${day + AHEAD}s`),
        DATABASE_URL: product.databaseUrl,
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        PORT: String(port),
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    api.stdout!.on('data', (chunk: Buffer) => (said += String(chunk)));
    const health = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      return (await answer?.json()) as Health | undefined;
    };
    const ofApi = (seen: Health | undefined) => seen?.clocks?.readings.find((one) => one.process === 'api');
    const seen = await eventually(health, (answer) => ofApi(answer) !== undefined, 90_000);
    const { offsetMs, errorMs } = ofApi(seen)!;
    expect(Math.abs(offsetMs - AHEAD * 1000)).toBeLessThanOrEqual(errorMs);
    expect(seen!.clocks!.largestSkewMs).toBeGreaterThan(1000);
    await eventually(
      async () => said,
      (lines) => lines.includes('clocks are more than a second apart'),
    );
  });
});
