/** Keeps a process's reference data current: whoever changes it, every process hears of it. */
import type { Database } from './client.ts';
import type { Channel } from './listening.ts';
import { loadReference, type Reference } from './reference.ts';

/** For the channel `reference`. */
export function referenceChannel(db: Database, use: (reference: Reference) => void): Channel {
  const reload = () =>
    void loadReference(db)
      .then(use)
      .catch(() => undefined);
  return { heard: reload, resumed: reload };
}
