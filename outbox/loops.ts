/** Runs work when the commit that causes it wakes it (LISTEN); a timer serves only what is due later. */
import type { Logger } from 'pino';
import type { DatabaseHandle } from '../db/postgres/client.ts';
import { listen } from '../db/postgres/listening.ts';

/** @returns whether there may be more to do at once. */
type Work = () => Promise<boolean>;

interface LoopsOptions {
  handle: DatabaseHandle;
  log: Logger;
  /** By the name under which a commit announces what there is to do. */
  works: Record<string, Work>;
  /** Interval in ms of the search for what has become due. */
  sweepEvery: number;
}

export interface OutboxLoops {
  stop: () => Promise<void>;
}

export function startLoops({ handle, log, works, sweepEvery }: LoopsOptions): OutboxLoops {
  const loops = new Map(Object.entries(works).map(([name, work]) => [name, new Loop(work, log)]));
  const wake = () => loops.forEach((loop) => loop.wake());
  const timer = setInterval(wake, sweepEvery);
  // A lost connection loses wake-ups, not rows: the timer finds them until listening is restored.
  const unlisten = listen(
    handle,
    { outbox: { heard: (name) => loops.get(name)?.wake(), resumed: wake } },
    {
      againAfter: sweepEvery,
      failed: (error) => log.warn({ err: error }, 'cannot listen for outbox rows, sweeping only'),
    },
  );
  wake();
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
      unlisten();
    },
  };
}

/** Runs work at once and from time to time. @param every interval in ms. */
export function repeat(work: Work, log: Logger, every: number): OutboxLoops {
  const loop = new Loop(work, log);
  const timer = setInterval(() => loop.wake(), every);
  loop.wake();
  return {
    async stop() {
      clearInterval(timer);
      await loop.stop();
    },
  };
}

/** Runs one piece of work at a time; a wake-up during a run causes one more run. */
class Loop {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private readonly work: Work;
  private readonly log: Logger;

  constructor(work: Work, log: Logger) {
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
