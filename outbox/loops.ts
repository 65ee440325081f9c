/** Work that is woken by the commit that causes it (LISTEN), and by a timer only for what is due later. */
import type pg from 'pg';
import type { Logger } from 'pino';
import type { DatabaseHandle } from '../db/client.ts';

/** @returns whether there may be more to do at once. */
type Work = () => Promise<boolean>;

interface LoopsOptions {
  handle: DatabaseHandle;
  log: Logger;
  works: Work[];
  /** How often what has become due is looked for, in ms. */
  sweepEvery: number;
}

export interface OutboxLoops {
  stop: () => Promise<void>;
}

export function startLoops({ handle, log, works, sweepEvery }: LoopsOptions): OutboxLoops {
  let stopped = false;
  const loops = works.map((work) => new Loop(work, log));
  const wake = () => loops.forEach((loop) => loop.wake());
  const timer = setInterval(wake, sweepEvery);
  let listener: pg.PoolClient | undefined;

  async function listen(): Promise<void> {
    if (stopped) return;
    try {
      const client = await handle.pool.connect();
      listener = client;
      client.on('notification', wake);
      // A lost connection loses wake-ups, not rows: the sweep finds them until listening is restored.
      client.on('error', () => {
        client.release(true);
        listener = undefined;
        setTimeout(() => void listen(), sweepEvery).unref();
      });
      await client.query('LISTEN outbox');
    } catch (error) {
      log.warn({ err: error }, 'cannot listen for outbox rows, sweeping only');
      setTimeout(() => void listen(), sweepEvery).unref();
    }
  }

  void listen();
  wake();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all(loops.map((loop) => loop.stop()));
      listener?.release(true);
    },
  };
}

/** Runs work one at a time; a wake-up during a run causes one more run. */
class Loop {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private readonly work: () => Promise<boolean>;
  private readonly log: Logger;

  constructor(work: () => Promise<boolean>, log: Logger) {
    this.work = work;
    this.log = log;
  }

  wake(): void {
    this.again = true;
    if (this.running || this.stopped) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        if (await this.work()) this.again = true;
      } catch (error) {
        this.log.warn({ err: error }, 'outbox cannot be read, trying again');
        return;
      }
    }
  }
}
