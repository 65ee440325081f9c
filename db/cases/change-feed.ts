/** What commits tell of cases and notices (db/migrations, channel `changes`), for whoever in this process listens. */
import { changeSchema, type Change } from '../../domain/worklist/changes.ts';
import type { Channel } from '../postgres/listening.ts';

export interface ChangeFeed extends Channel {
  /** @returns how to leave. */
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

/** What a newer version of this program tells of is something that may concern anybody. */
function read(payload: string): Change {
  try {
    return changeSchema.parse(JSON.parse(payload));
  } catch {
    return { of: 'everything' };
  }
}
