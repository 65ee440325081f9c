/** Keeps a process's reference data current: whoever changes it, every process hears of it. */
import type { DatabaseHandle } from './client.ts';
import { loadReference, type Reference } from './reference.ts';

const AGAIN_MS = 2000;

/** @returns how to stop. A lost connection is made again, and what was missed meanwhile is read then. */
export function watchReference(handle: DatabaseHandle, use: (reference: Reference) => void): () => void {
  let stopped = false;
  let release: (() => void) | undefined;
  const reload = async () => use(await loadReference(handle.db));

  async function listen(): Promise<void> {
    if (stopped) return;
    try {
      const client = await handle.pool.connect();
      const lost = () => {
        release = undefined;
        client.release(true);
        if (!stopped) setTimeout(() => void listen(), AGAIN_MS).unref();
      };
      release = () => client.release(true);
      client.once('error', lost);
      client.on('notification', () => void reload().catch(() => undefined));
      await client.query('LISTEN reference');
      await reload();
    } catch {
      if (!stopped) setTimeout(() => void listen(), AGAIN_MS).unref();
    }
  }

  void listen();
  return () => {
    stopped = true;
    release?.();
  };
}
