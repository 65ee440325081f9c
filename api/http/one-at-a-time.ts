/**
 * Runs work on the same key one after another within this process. Fifty officials who claim one entry at once would
 * otherwise send fifty updates to one workflow; in turn, all but the first find the case closed and never leave the API.
 * Other processes may still act on the same key: the workflow decides who wins, not this queue.
 */
export function oneAtATime(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    const forget = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
