/**
 * Passes on to listeners of this process what commits announce about cases and notices (db/migrations, channel
 * `changes`).
 */
import { changeSchema, type Change } from '../../domain/worklist/changes.ts';
import type { Channel } from '../postgres/listening.ts';

export interface ChangeFeed extends Channel {
  /** @returns a function that unsubscribes. */
  subscribe: (listener: (change: Change) => void) => () => void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change) => listeners.forEach((listener) => listener(change));
  return {
    heard: (payload) => tell(read(payload)),
    resumed: () => tell({ of: 'everything' }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** An announcement that only a newer version of this program understands counts as a change for everybody. */
function read(payload: string): Change {
  try {
    return changeSchema.parse(JSON.parse(payload));
  } catch {
    return { of: 'everything' };
  }
}
