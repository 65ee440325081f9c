/** One connection that receives notifications (NOTIFY) on any number of channels. */
import type { PoolClient } from 'pg';
import type { DatabaseHandle } from './client.ts';

export interface Channel {
  heard: (payload: string) => void;
  /** Called when listening begins, also after a lost connection: earlier notifications were missed. */
  resumed: () => void;
}

interface ListeningOptions {
  /** How long to wait before a lost connection is opened again, in ms. */
  againAfter?: number;
  failed?: (error: unknown) => void;
}

/** @param channels by their name in the database. @returns a function that stops listening. */
export function listen(
  { pool }: Pick<DatabaseHandle, 'pool'>,
  channels: Record<string, Channel>,
  { againAfter = 2000, failed = () => undefined }: ListeningOptions = {},
): () => void {
  let stopped = false;
  let listening: PoolClient | undefined;

  function giveUp(client: PoolClient | undefined, error: unknown): void {
    if (client && client === listening) {
      listening = undefined;
      client.release(true);
    }
    if (stopped) return;
    failed(error);
    setTimeout(() => void begin(), againAfter).unref();
  }

  async function begin(): Promise<void> {
    if (stopped) return;
    let client: PoolClient | undefined;
    try {
      client = await pool.connect();
      listening = client;
      const mine = client;
      client.on('error', (error) => mine === listening && giveUp(mine, error));
      client.on('notification', ({ channel, payload = '' }) => channels[channel]?.heard(payload));
      for (const name of Object.keys(channels)) await client.query(`LISTEN ${client.escapeIdentifier(name)}`);
      for (const { resumed } of Object.values(channels)) resumed();
    } catch (error) {
      if (!client || client === listening) giveUp(client, error);
    }
    if (stopped) stop();
  }

  function stop(): void {
    stopped = true;
    const client = listening;
    listening = undefined;
    client?.release(true);
  }

  void begin();
  return stop;
}
