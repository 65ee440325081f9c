/** Calls of Temporal that end: each by its deadline, and all of them before their connection is closed. */
import type { Client } from '@temporalio/client';

const underWay = new WeakMap<Client, Set<Promise<unknown>>>();

/** Gives a call up after `ms`. */
export async function within<T>(client: Client, ms: number, call: () => Promise<T>): Promise<T> {
  const calls = underWay.get(client) ?? new Set();
  underWay.set(client, calls);
  const answer = client.withDeadline(Date.now() + ms, call);
  calls.add(answer);
  try {
    return await answer;
  } finally {
    calls.delete(answer);
  }
}

/**
 * Closes the connection once every call has its answer: the SDK retries on a timer, and on a closed channel it would
 * throw where nothing can catch it.
 */
export async function closeClient(client: Client): Promise<void> {
  const calls = underWay.get(client);
  if (calls) await Promise.allSettled(calls);
  await client.connection.close();
}
