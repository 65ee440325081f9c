/** Keeps a process's reference data current: a change made by any process reaches all. */
import type { Database } from '../postgres/client.ts';
import type { Channel } from '../postgres/listening.ts';
import { loadReference } from './reference.ts';
import type { Reference } from '../../domain/reference.ts';

interface Holder {
  readonly db: Database;
  reference: Reference;
}

/** For each holder: the last reading asked for, and one that has not begun yet. */
const last = new WeakMap<Holder, Promise<void>>();
const waiting = new WeakMap<Holder, Promise<void>>();

/**
 * Reads one after another, so that no reading overwrites a later one.
 * @returns once a reading that began after this call is in force.
 */
export function reloadReference(holder: Holder): Promise<void> {
  const next = waiting.get(holder);
  if (next) return next;
  const mine = readAfter(last.get(holder), holder);
  waiting.set(holder, mine);
  last.set(holder, mine);
  return mine;
}

async function readAfter(before: Promise<void> | undefined, holder: Holder): Promise<void> {
  await before?.catch(() => undefined);
  waiting.delete(holder);
  holder.reference = await loadReference(holder.db);
}

/** Listens on the channel `reference`. A failed reading is repeated, because the notification comes only once. */
export function referenceChannel(
  holder: Holder,
  failed: (error: unknown) => void = () => undefined,
  againAfter = 2000,
): Channel {
  let again: NodeJS.Timeout | undefined;
  function reload(): void {
    reloadReference(holder).catch((error: unknown) => {
      failed(error);
      clearTimeout(again);
      again = setTimeout(reload, againAfter).unref();
    });
  }
  return { heard: reload, resumed: reload };
}
