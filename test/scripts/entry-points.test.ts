/** What people read when a start fails: cause and remedy in Chinese, without a stack for what they can put right. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, loadTemporal } from '../../config.ts';
import { connectDatabase } from '../../db/postgres/client.ts';
import { migrate } from '../../db/postgres/migrate.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { seedReference } from '../../db/seed.ts';
import { describeFailure } from '../../runtime/describe-failure.ts';
import { parseOptions } from '../../scripts/lib/options.ts';
import { ensureDatabase, reachable, startPostgres, type RunningPostgres } from '../../scripts/lib/postgres.ts';
import { freePort } from '../../scripts/lib/ports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';
const NO_DATABASE = `postgres://xietong:secret@${NOWHERE}/xietong`;

let home: string;
let postgres: RunningPostgres;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'xietong-entry-'));
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(home, 0o711);
  await writeFile(path.join(home, 'file'), '');
  await writeFile(path.join(home, 'temporal.toml'), PROFILES);
  const dataDir = path.join(home, 'postgres');
  postgres = await startPostgres({ dataDir, port: await freePort(), logFile: path.join(home, 'postgres.log') });
  for (const name of ['empty', 'migrated', 'prepared']) await ensureDatabase(postgres.databaseUrl('postgres'), name);
  await migrate(postgres.databaseUrl('migrated'));
  await migrate(postgres.databaseUrl('prepared'));
  await seedReference(postgres.databaseUrl('prepared'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(postgres.dataDir, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

interface Start {
  script: string;
  env?: () => Record<string, string>;
  args?: () => string[];
  says: RegExp;
  remedy: RegExp;
}

/** Runs an entry point to its end, with only the given environment variables. */
async function start({ script, env, args }: Pick<Start, 'script' | 'env' | 'args'>) {
  const given = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...env?.() };
  const argv = ['--import', 'tsx', script, ...(args?.() ?? [])];
  const child = spawn(process.execPath, argv, { cwd: ROOT, env: given, stdio: ['ignore', 'ignore', 'pipe'] });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number]>]);
  return { stderr, code };
}

/** Settings that name a database of the test's own server. */
const at = (name: string) => ({ DATABASE_URL: postgres.databaseUrl(name), TEMPORAL_ADDRESS: NOWHERE });

/** Settings that name a profile in a configuration file of Temporal's. */
const PROFILE = () => ({ TEMPORAL_CONFIG_FILE: path.join(home, 'temporal.toml'), TEMPORAL_PROFILE: 'province' });
const PROFILES = '[profile.province]\naddress = "127.0.0.1:2"\nnamespace = "hunan"\n';

const STARTS: [string, Start][] = [
  ['the API without DATABASE_URL', { script: 'server.ts', says: /缺少 PostgreSQL 连接地址/, remedy: /npm start/ }],
  ['the worker without DATABASE_URL', { script: 'worker.ts', says: /缺少 PostgreSQL 连接地址/, remedy: /npm start/ }],
  [
    'the API without PostgreSQL',
    {
      script: 'server.ts',
      env: () => ({ DATABASE_URL: NO_DATABASE }),
      says: /连接不上 PostgreSQL（127\.0\.0\.1:1，ECONNREFUSED）/,
      remedy: /检查 DATABASE_URL/,
    },
  ],
  [
    'the API on a database that was not migrated',
    { script: 'server.ts', env: () => at('empty'), says: /数据库还没有准备好/, remedy: /--setup-only/ },
  ],
  [
    'the worker without Temporal',
    {
      script: 'worker.ts',
      env: () => at('prepared'),
      says: /连接不上 Temporal（127\.0\.0\.1:1）/,
      remedy: /TEMPORAL_ADDRESS/,
    },
  ],
  [
    'the worker without the Temporal that its profile names',
    {
      script: 'worker.ts',
      env: () => ({ DATABASE_URL: postgres.databaseUrl('prepared'), ...PROFILE() }),
      says: /连接不上 Temporal（127\.0\.0\.1:2）/,
      remedy: /TEMPORAL_ADDRESS/,
    },
  ],
  [
    'restoring without the Temporal that the same profile names',
    {
      script: 'scripts/restore.ts',
      env: () => ({ DATABASE_URL: postgres.databaseUrl('prepared'), ...PROFILE() }),
      says: /连接不上 Temporal：127\.0\.0\.1:2/,
      remedy: /TEMPORAL_ADDRESS/,
    },
  ],
  [
    'the API with a profile that does not exist',
    {
      script: 'server.ts',
      env: () => ({ ...at('prepared'), ...PROFILE(), TEMPORAL_PROFILE: 'none' }),
      says: /Temporal 的连接配置读不了.*none/,
      remedy: /TEMPORAL_PROFILE/,
    },
  ],
  [
    'npm start with a DATABASE_URL that nobody answers at',
    {
      script: 'scripts/start.ts',
      env: () => ({ DATABASE_URL: NO_DATABASE, TEMPORAL_ADDRESS: NOWHERE }),
      args: () => ['--data-dir', path.join(home, 'data'), '--setup-only'],
      says: /连接不上 PostgreSQL（127\.0\.0\.1:1，ECONNREFUSED）/,
      remedy: /检查 DATABASE_URL/,
    },
  ],
  [
    'npm start with a data directory that is a file',
    {
      script: 'scripts/start.ts',
      args: () => ['--data-dir', path.join(home, 'file')],
      says: /它是一个文件/,
      remedy: /--data-dir/,
    },
  ],
];

/** What is wrong with the output: something forbidden is shown, or something required is missing. */
function unfit({ stderr, code }: { stderr: string; code: number }, { says, remedy }: Pick<Start, 'says' | 'remedy'>) {
  const inside = /^\s+at .+:\d+|node_modules|Error:|secret/m;
  const isFit = says.test(stderr) && remedy.test(stderr) && !inside.test(stderr) && code === 1;
  return isFit ? '' : `${code}: ${stderr}`;
}

test.each(STARTS)('%s ends with 1, cause and remedy', async (_, asked) => {
  expect(unfit(await start(asked), asked)).toBe('');
});

test('the API on a port that is taken names the port and how to choose another', async () => {
  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  const env = () => ({ ...at('prepared'), PORT: String(port) });
  const answer = await start({ script: 'server.ts', env });
  const asked = { says: new RegExp(`端口 ${port} 已被其他程序占用`), remedy: /PORT=/ };
  expect(unfit(answer, asked)).toBe('');
  holder.close();
});

describe('a failure is told', () => {
  const met = (work: Promise<unknown>) => work.then(() => 'none', describeFailure);

  test('as PostgreSQL means it: password, database, what is in it', async () => {
    const url = postgres.databaseUrl('migrated');
    expect(await met(reachable(url.replace(/:[^:@]+@/, ':secret@')))).toMatch(
      /^PostgreSQL 不接受该账号或口令。\n.*用户名/,
    );
    expect(await met(reachable(postgres.databaseUrl('missing')))).toMatch(/^PostgreSQL 中没有 .*\n.*createdb/);
    const { db, close } = connectDatabase(url, 1);
    expect(await met(loadReference(db))).toMatch(/^没有后置审批事项目录.*--setup-only/);
    await close();
    expect(await met(reachable(url))).toBe('none');
  });

  const failure = (message: string, members: object) => Object.assign(new Error(message), members);

  test('with its stack where only we can mend it, also where it is of the network of something else', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toMatch(/^TypeError.*\n\s+at /);
    expect(describeFailure(failure('no bucket', { code: 'ECONNREFUSED', $metadata: {} }))).toMatch(/\n\s+at /);
  });

  test('of a namespace that Temporal does not have by its name', () => {
    const message = 'Namespace nix was not found or otherwise could not be described: Status { code: NotFound }';
    const told = describeFailure(failure(message, { name: 'TransportError' }));
    expect(told).toMatch(/^Temporal 中没有命名空间 nix。\n.*TEMPORAL_NAMESPACE/);
  });

  test('by its cause, and of a file by its path', () => {
    const denied = failure('EACCES: permission denied', { code: 'EACCES', path: '/srv/x/api.log', syscall: 'open' });
    const told = describeFailure(new Error('could not be read', { cause: denied }));
    expect(told).toMatch(/^不能读写 \/srv\/x\/api\.log（EACCES）。\n {2}· /);
  });

  test('of an address without repeating it: it may hold a password', () => {
    const invalid = failure('Invalid URL', { code: 'ERR_INVALID_URL', input: 'postgres://x:secret@[/y' });
    expect(describeFailure(invalid)).toMatch(/^DATABASE_URL.*不正确(?!.*secret)/);
  });
});

describe('where Temporal is', () => {
  const told = (env: Record<string, string>) => {
    const { connectionOptions, namespace } = loadTemporal(env);
    return [connectionOptions.address, namespace];
  };

  test('the environment says before the profile, the profile before what is usual', () => {
    expect(told({ TEMPORAL_CONFIG_FILE: path.join(home, 'none.toml') })).toEqual(['127.0.0.1:7233', 'default']);
    expect(told(PROFILE())).toEqual(['127.0.0.1:2', 'hunan']);
    expect(told({ ...PROFILE(), TEMPORAL_ADDRESS: '', TEMPORAL_NAMESPACE: 'test' })).toEqual(['127.0.0.1:2', 'test']);
    expect(told({ ...PROFILE(), TEMPORAL_ADDRESS: NOWHERE })).toEqual([NOWHERE, 'hunan']);
  });

  test('a start with a profile brings no server of its own', () => {
    expect(parseOptions([], PROFILE()).temporalAddress).toBe('127.0.0.1:2');
    expect(parseOptions([], {}).temporalAddress).toBeNull();
  });
});

test('every setting that is wrong is named in Chinese, with what it should be', () => {
  const wrong = {
    PORT: 'x',
    LOG_LEVEL: 'loud',
    COOKIE_SECURE: 'maybe',
    RATE_LIMIT: '0',
    SMTP_URL: 'mail',
    SMTP_FROM: '',
    TEMPORAL_UI_URL: 'ui',
    WEBHOOK_ALLOWED_CIDRS: '10',
    WEBHOOK_PORTS: '443,https',
    WEBHOOK_ALLOW_HTTP: '2',
    PAYLOAD_KEYS: 'x',
  };
  const problems = (env: Record<string, string>) => {
    try {
      loadConfig(env);
      return [];
    } catch (error) {
      return describeFailure(error).split('\n').slice(1);
    }
  };
  const told = problems(wrong);
  expect(told).toHaveLength(Object.keys(wrong).length + 1);
  for (const name of ['DATABASE_URL', ...Object.keys(wrong)]) {
    expect(told).toContainEqual(expect.stringMatching(new RegExp(`^ {2}${name}[.\\d]*：\\P{ASCII}+`, 'u')));
  }
  expect(told.join()).not.toMatch(/Invalid|无效/);
  const url = 'postgres://127.0.0.1/x';
  expect(problems({ DATABASE_URL: url, S3_BUCKET: 'x' })).toEqual([expect.stringContaining('S3_ACCESS_KEY_ID')]);
  expect(problems({ DATABASE_URL: url })).toEqual([]);
});
