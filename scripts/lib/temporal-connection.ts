import { Connection } from '@temporalio/client';
import { loadTemporal } from '../../config.ts';
import type { Env } from './cache.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** Calls `use` with a connection to where every part finds Temporal (config.ts). @throws SetupError if nobody answers. */
export async function withTemporal<T>(
  env: Env,
  use: (connection: Connection, namespace: string) => Promise<T>,
): Promise<T> {
  const { connectionOptions, namespace } = loadTemporal(env);
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: '15s' }).catch(
    (error: unknown) => {
      throw new SetupError(
        `连接不上 Temporal：${connectionOptions.address}`,
        [
          '检查 TEMPORAL_ADDRESS，以及 TEMPORAL_TLS_* 与 TEMPORAL_API_KEY',
          '或取消 TEMPORAL_ADDRESS，由启动器启动开发服务器',
        ],
        error,
      );
    },
  );
  try {
    return await use(connection, namespace);
  } finally {
    await connection.close();
  }
}
