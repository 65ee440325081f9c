/**
 * Work on one key, one after another within this process. Fifty officials who claim the same entry at once would
 * otherwise press fifty updates on one workflow; in turn, all but the first meet a closed case and never leave the API.
 * Other processes may still act on the same key: the workflow, not this queue, decides who wins.
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
