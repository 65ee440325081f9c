/** How `assess`, `restore`, `demo` and the benches find the running system, whatever its ports and data directory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../db/postgres/migrate.ts';
import { lockDataDir, type DataDirLock } from '../../scripts/lib/data-dir-lock.ts';
import { describeFailure } from '../../runtime/describe-failure.ts';
import { dataDirsToSearch, forgetInstance, noteInstance, runningInstance } from '../../scripts/lib/instance.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { DATABASE, ensureDatabase, startPostgres, type RunningPostgres } from '../../scripts/lib/postgres.ts';
import { databaseName, findStanding, temporalEnvironment } from '../../scripts/lib/standing-database.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INSTANCE = {
  url: 'http://localhost:1',
  temporalAddress: '127.0.0.1:2',
  namespace: 'hunan',
  taskQueue: 'county',
  database: null,
};
/** Nobody listens there. */
const OTHER = 'postgres://xietong:secret@127.0.0.1:1/other';

let home: string;
let standing: string;
let postgres: RunningPostgres;
const databaseUrl = () => postgres.databaseUrl(DATABASE);

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'xietong-standing-'));
  standing = path.join(home, 'standing');
  await mkdir(standing);
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  for (const directory of [home, standing]) await chmod(directory, 0o711);
  const dataDir = path.join(standing, 'postgres');
  postgres = await startPostgres({ dataDir, port: await freePort(), logFile: path.join(standing, 'postgres.log') });
  await ensureDatabase(postgres.databaseUrl('postgres'), DATABASE);
  await migrate(databaseUrl());
});
afterAll(async () => {
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
});

/** Runs `use` while the directory is locked, as by `npm start`. */
async function launched<T>(dataDir: string, use: (lock: DataDirLock) => T | Promise<T>): Promise<T> {
  const lock = await lockDataDir(dataDir);
  try {
    return await use(lock);
  } finally {
    forgetInstance(dataDir);
    lock.release();
  }
}

const failureOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return describeFailure(error);
  }
};

async function run(script: string, args: string[], env: Record<string, string> = {}) {
  const argv = ['--import', 'tsx', `scripts/${script}.ts`, ...args];
  const given = { PATH: process.env['PATH'] ?? '', ...env };
  const child = spawn(process.execPath, argv, { cwd: ROOT, env: given, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
}

describe('the note of a running system', () => {
  test('is there while its launcher is, and gone with it', async () => {
    await launched(standing, () => {
      expect(runningInstance(standing)).toBeNull();
      noteInstance(standing, INSTANCE);
      expect(runningInstance(standing)).toEqual({ pid: process.pid, ...INSTANCE });
    });
    expect(runningInstance(standing)).toBeNull();
  });

  test('that a killed launcher left behind counts for nothing, nor does one that cannot be read', async () => {
    noteInstance(standing, INSTANCE);
    expect(runningInstance(standing)).toBeNull();
    await launched(standing, async () => {
      const note = path.join(standing, 'instance.json');
      for (const left of [JSON.stringify({ pid: process.pid + 1, ...INSTANCE }), '{"pid":', '{}']) {
        await writeFile(note, left);
        expect(runningInstance(standing)).toBeNull();
      }
    });
  });
});

describe('the database', () => {
  test('of a data directory is found on the port that it has', () => {
    expect(findStanding(standing, {})).toEqual({ databaseUrl: databaseUrl(), instance: null, dataDir: standing });
    expect(findStanding(undefined, { XIETONG_DATA_DIR: standing }).databaseUrl).toBe(databaseUrl());
    expect(findStanding(standing, { XIETONG_DATA_DIR: home }).dataDir).toBe(standing);
  });

  test('is found also where its files had to be put elsewhere', async () => {
    const elsewhere = path.join(home, 'noted');
    await mkdir(elsewhere);
    await copyFile(path.join(standing, 'postgres.password'), path.join(elsewhere, 'postgres.password'));
    await writeFile(path.join(elsewhere, 'postgres.location'), postgres.dataDir);
    expect(findStanding(elsewhere, {}).databaseUrl).toBe(databaseUrl());
  });

  test('that DATABASE_URL names wins', () => {
    const found = findStanding(standing, { DATABASE_URL: OTHER });
    expect(found).toEqual({ databaseUrl: OTHER, instance: null, dataDir: null });
  });

  test('of a system that uses one of its own is named, without its password', async () => {
    await launched(standing, () => {
      noteInstance(standing, { ...INSTANCE, database: databaseName(OTHER) });
      const told = failureOf(() => findStanding(standing, {}));
      expect(told).toMatch(/使用自己的 PostgreSQL（127\.0\.0\.1:1\/other）。\n.*DATABASE_URL/);
      expect(findStanding(standing, { DATABASE_URL: OTHER }).instance?.pid).toBe(process.pid);
      const third = OTHER.replace('other', 'third');
      expect(findStanding(standing, { DATABASE_URL: third }).instance).toBeNull();
    });
  });

  test('is looked for in both usual places where none is named', () => {
    const places = ['.data/main', '.data/demo'].map((dir) => path.resolve(dir));
    expect(dataDirsToSearch(undefined, { XIETONG_DATA_DIR: '' })).toEqual(places);
  });
});

describe('Temporal', () => {
  const found = (env: Record<string, string>) => {
    const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = temporalEnvironment(findStanding(standing, env), env);
    return [TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE];
  };

  test('is that of the running system, unless the environment names another', async () => {
    await launched(standing, () => {
      noteInstance(standing, INSTANCE);
      expect(found({})).toEqual(['127.0.0.1:2', 'hunan']);
      expect(found({ TEMPORAL_NAMESPACE: 'test' })).toEqual(['127.0.0.1:2', 'test']);
      expect(found({ TEMPORAL_ADDRESS: '127.0.0.1:3' })).toEqual(['127.0.0.1:3', undefined]);
      expect(found({ TEMPORAL_PROFILE: 'province' })).toEqual([undefined, undefined]);
      // A Temporal that belongs to another database must not be used.
      expect(found({ DATABASE_URL: OTHER })).toEqual([undefined, undefined]);
    });
  });

  test('of a system that does not run is not guessed', () => {
    expect(failureOf(() => found({}))).toMatch(/系统没有运行，找不到它的 Temporal。\n.*npm start -- --data-dir/);
  });
});

test('assess answers beside a database on any port', async () => {
  const { stdout, stderr, code } = await run('assess', ['--month', '2026-11', '--data-dir', standing]);
  expect([stderr, code]).toEqual(['', 0]);
  expect(stdout).toMatch(/^月度考核 2026-11[^]*SHA-256：[\da-f]{64}\n$/);
});

describe('where nothing runs, what to do is told', () => {
  const absent = () => path.join(home, 'absent');
  test.each([
    ['assess', ['--month', '2026-11', '--data-dir'], absent, /absent 没有数据库。\n.*npm start -- --data-dir .*absent/],
    ['restore', ['--dry-run', '--data-dir'], absent, /absent 没有数据库。\n.*npm start -- --data-dir .*absent/],
    ['restore', ['--data-dir'], () => standing, /standing 的系统没有运行，找不到它的 Temporal。\n.*npm start/],
    ['demo', ['--data-dir'], absent, /absent 的系统没有运行。\n.*npm start -- --working-day 2 --data-dir .*absent/],
  ])('%s %j', async (script, args, dataDir, says) => {
    const { stdout, stderr, code } = await run(script, [...args, dataDir()]);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at .+:\d+|Error:/m);
    expect([stdout, code]).toEqual(['', 1]);
  });

  test('that it is still starting, and that it stopped', async () => {
    await launched(absent(), () => {
      expect(failureOf(() => findStanding(absent(), {}))).toMatch(/absent 的系统正在启动：等 npm start 列出网址后再试/);
    });
    await writeFile(path.join(absent(), 'postgres.password'), 'x');
    expect(failureOf(() => findStanding(absent(), {}))).toMatch(/absent 的数据库没有运行。\n/);
  });
});

test('the demonstration takes one system, not two', async () => {
  const { stderr, code } = await run('demo', ['--url', 'http://127.0.0.1:1', '--data-dir', standing]);
  expect([stderr, code]).toEqual([expect.stringContaining('--url 与 --data-dir 只能给出一个'), 1]);
});
