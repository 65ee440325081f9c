import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from './cache.ts';

/** The database of a product that runs: DATABASE_URL, else that of `npm start` on this data directory; null where there is none. */
export function standingDatabaseUrl(dataDir: string, env: Env): string | null {
  if (env['DATABASE_URL']) return env['DATABASE_URL'];
  const file = path.join(dataDir, 'postgres.password');
  if (!existsSync(file)) return null;
  const port = env['XIETONG_PG_PORT'] || '54329';
  return `postgres://xietong:${readFileSync(file, 'utf8').trim()}@127.0.0.1:${port}/xietong`;
}
