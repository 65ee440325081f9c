import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataDir } from '../../scripts/lib/data-dir-lock.ts';
import { assertPortFree, freePort } from '../../scripts/lib/ports.ts';
import { runningPostmaster, startPostgres } from '../../scripts/lib/postgres.ts';
import { isAlive, stopPid } from '../../scripts/lib/processes.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-data-'));
  // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
  await chmod(dataDir, 0o711);
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test.each([
  ['is a file', 'file', '它是一个文件'],
  ['is below a file', 'file/data', '它的上级是一个文件'],
])('a data directory that %s is refused with the cause and the option', async (_, name, cause) => {
  await writeFile(path.join(dataDir, 'file'), '');
  await expect(lockDataDir(path.join(dataDir, name))).rejects.toMatchObject({
    message: `数据目录 ${path.join(dataDir, name)} 不能使用：${cause}。`,
    remedies: [expect.stringContaining('--data-dir')],
  });
});

describe('one launcher per data directory', () => {
  test('a second launcher is told who holds it', async () => {
    const lock = await lockDataDir(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toThrow(`进程 ${process.pid}`);
    lock.release();
    const next = await lockDataDir(dataDir);
    expect(next.recovered).toBe(false);
    next.release();
  });

  test('the lock of a launcher that was killed, or whose number another program has now, is taken over', async () => {
    await writeFile(path.join(dataDir, 'launcher.pid'), `${process.pid}\nnode scripts/start.ts`);
    const lock = await lockDataDir(dataDir);
    expect(lock.recovered).toBe(true);
    lock.release();
  });
});

test('a busy port is told with the option that changes it', async () => {
  const port = await freePort();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  await expect(assertPortFree(port, 'API', '--port')).rejects.toMatchObject({
    message: expect.stringContaining(String(port)),
    remedies: expect.arrayContaining([expect.stringContaining(`--port ${port + 1}`)]),
  });
  await new Promise((resolve) => holder.close(resolve));
  await assertPortFree(port, 'API', '--port');
});

test('a process that ignores SIGTERM is gone after the grace period', async () => {
  const stubborn = spawn(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
  ]);
  await new Promise((resolve) => stubborn.stdout.once('data', resolve));
  const pid = stubborn.pid ?? 0;
  await stopPid(pid, 'SIGTERM', 300);
  expect(isAlive(pid)).toBe(false);
});

describe('PostgreSQL after a kill -9', () => {
  const options = async () => ({
    dataDir: path.join(dataDir, 'postgres'),
    port: await freePort(),
    logFile: path.join(dataDir, 'postgres.log'),
  });

  async function query(connectionString: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  }

  test('what was committed is there when the server itself was killed', async () => {
    const first = await startPostgres(await options());
    await query(first.databaseUrl('postgres'), `create table t as select '市场监管'::text as name`);
    process.kill(first.pid, 'SIGKILL');
    const second = await startPostgres(await options());
    try {
      expect(await query(second.databaseUrl('postgres'), 'select name from t')).toEqual([{ name: '市场监管' }]);
    } finally {
      await second.stop();
    }
  });

  test('the server of a killed launcher is recognised and ended, and the next one takes its place', async () => {
    const orphan = await startPostgres(await options());
    expect(runningPostmaster(orphan.dataDir)).toBe(orphan.pid);
    const next = await startPostgres(await options());
    try {
      expect(isAlive(orphan.pid)).toBe(false);
      expect(runningPostmaster(next.dataDir)).toBe(next.pid);
    } finally {
      await next.stop();
    }
    expect(runningPostmaster(next.dataDir)).toBeNull();
  });

  test('a pid file whose number belongs to another program now is no reason to end that program', async () => {
    const first = await startPostgres(await options());
    await first.stop();
    await writeFile(path.join(first.dataDir, 'postmaster.pid'), `${process.pid}\n${first.dataDir}\n`);
    const second = await startPostgres(await options());
    expect(second.pid).not.toBe(process.pid);
    await second.stop();
  });
});
