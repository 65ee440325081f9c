/** As many calls at once as Temporal takes without putting officials' commands off. */
const AT_ONCE = 16;

/** Does the work for each item, some at a time. Rejects with the first failure. */
export async function sideBySide<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const pending = [...items];
  const worker = async () => {
    for (let item = pending.shift(); item !== undefined; item = pending.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, pending.length) }, worker));
}
