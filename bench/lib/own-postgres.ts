/** A PostgreSQL of a bench's own, with empty databases, gone when the bench is. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/lib/ports.ts';
import { ensureDatabase, startPostgres } from '../../scripts/lib/postgres.ts';

export async function withPostgres<T>(
  databases: readonly string[],
  work: (databaseUrl: (name: string) => string) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-bench-'));
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(dataDir, 0o711);
  // Memory as on a small server; the data need not outlive the run.
  const flags = ['fsync=off', 'shared_buffers=1GB', 'max_wal_size=4GB'].flatMap((flag) => ['-c', flag]);
  const postgres = await startPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    port: await freePort(),
    logFile: path.join(dataDir, 'postgres.log'),
    flags,
  });
  try {
    for (const name of databases) await ensureDatabase(postgres.databaseUrl('postgres'), name);
    return await work(postgres.databaseUrl);
  } finally {
    await postgres.stop();
    await rm(postgres.dataDir, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}
