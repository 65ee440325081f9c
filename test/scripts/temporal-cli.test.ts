import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentProgress } from '../../scripts/lib/progress.ts';
import { resolveTemporalCli } from '../../scripts/lib/temporal-cli.ts';
import { resolveTestServer } from '../../scripts/lib/test-server.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'xietong-cli-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function executable(...parts: string[]): Promise<string> {
  const file = path.join(home, ...parts);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\necho temporal version 1.5.1\n');
  await chmod(file, 0o755);
  return file;
}

const offline = () => Promise.reject(new Error('没有网络'));
const noGo = () => Promise.reject(new Error('编译失败'));
const env = (more: Record<string, string> = {}) => ({
  PATH: path.join(home, 'path'),
  XIETONG_CACHE: path.join(home, 'cache'),
  ...more,
});

test('TEMPORAL_CLI wins over PATH, PATH over the cache', async () => {
  const cached = await executable('cache', 'bin', 'temporal');
  expect(await resolveTemporalCli(silentProgress, { env: env() })).toBe(cached);
  const onPath = await executable('path', 'temporal');
  expect(await resolveTemporalCli(silentProgress, { env: env() })).toBe(onPath);
  const given = await executable('given', 'temporal');
  expect(await resolveTemporalCli(silentProgress, { env: env({ TEMPORAL_CLI: given }) })).toBe(given);
});

test('a TEMPORAL_CLI that does not exist is an error, not a reason to look elsewhere', async () => {
  await executable('path', 'temporal');
  const missing = path.join(home, 'nowhere');
  await expect(resolveTemporalCli(silentProgress, { env: env({ TEMPORAL_CLI: missing }) })).rejects.toThrow(missing);
});

test('without internet it is compiled once, then taken from the cache', async () => {
  let compiled = 0;
  const goInstall = (workDir: string) => {
    compiled += 1;
    return executable(path.relative(home, workDir), 'bin', 'temporal');
  };
  const sources = { env: env(), download: offline, goInstall };
  const first = await resolveTemporalCli(silentProgress, sources);
  expect(await resolveTemporalCli(silentProgress, sources)).toBe(first);
  expect(compiled).toBe(1);
  expect(await readdir(path.dirname(first))).toEqual(['temporal']);
});

describe('two first starts at once', () => {
  const notes: string[] = [];
  const progress = { ...silentProgress, note: (text: string) => void notes.push(text) };
  let compiled: number;
  const compile = (workDir: string) => {
    compiled += 1;
    return executable(path.relative(home, workDir), 'bin', 'temporal');
  };
  const bin = () => path.join(home, 'cache', 'bin');
  const start = (goInstall = compile) =>
    resolveTemporalCli(progress, { env: env(), download: offline, goInstall, lookEveryMs: 10 });
  /** Begins the second start while the first one compiles; resolves when the second waits. */
  const secondWaits = async () => {
    const second = start();
    await expect.poll(() => notes).toContainEqual(expect.stringMatching(`${process.pid}.*等待`));
    return { second };
  };

  beforeEach(() => {
    notes.length = 0;
    compiled = 0;
  });

  test('compile once: the second says whom it waits for, and takes what the first one made', async () => {
    let second: Promise<string> | undefined;
    const first = await start(async (workDir) => {
      ({ second } = await secondWaits());
      return compile(workDir);
    });
    expect(await second).toBe(first);
    expect(compiled).toBe(1);
    expect(await readdir(bin())).toEqual(['temporal']);
  });

  test('where the first fails, the second tries itself', async () => {
    let second: Promise<string> | undefined;
    const first = start(async () => {
      ({ second } = await secondWaits());
      throw new Error('编译失败');
    });
    await expect(first).rejects.toThrow('编译失败');
    expect(await second).toBe(path.join(bin(), 'temporal'));
    expect(compiled).toBe(1);
    expect(await readdir(bin())).toEqual(['temporal']);
  });

  test('one that was killed holds up nobody, whether or not another program has its number now', async () => {
    const killed = spawn(process.execPath, ['-e', '']);
    await once(killed, 'exit');
    for (const holder of [`${killed.pid}\nnode scripts/start.ts`, `${process.pid}\nnode scripts/start.ts`, '']) {
      await rm(bin(), { recursive: true, force: true });
      await mkdir(bin(), { recursive: true });
      await writeFile(path.join(bin(), 'temporal.lock'), holder);
      await start();
      expect(await readdir(bin())).toEqual(['temporal']);
    }
    expect(compiled).toBe(3);
  });
});

test('a download that is no executable never reaches the cache', async () => {
  const download = async (workDir: string) => {
    const file = path.join(workDir, 'temporal');
    await writeFile(file, '<html>登录</html>');
    return file;
  };
  await expect(resolveTemporalCli(silentProgress, { env: env(), download, goInstall: noGo })).rejects.toThrow(
    '没有可用的 Temporal',
  );
  expect(await readdir(path.join(home, 'cache', 'bin'))).toEqual([]);
});

test('the last error names every remedy', async () => {
  const failure = resolveTemporalCli(silentProgress, { env: env(), download: offline, goInstall: noGo });
  await expect(failure).rejects.toMatchObject({
    message: expect.stringContaining('编译失败'),
    remedies: expect.arrayContaining([
      expect.stringContaining('TEMPORAL_CLI'),
      expect.stringContaining('Go'),
      expect.stringContaining('TEMPORAL_ADDRESS'),
      expect.stringContaining('docker compose'),
    ]),
  });
});

test('the time-skipping server comes from its variable, the cache, or Maven; else there is a reason', async () => {
  const nothing = await resolveTestServer({ env: env(), download: offline, maven: noGo });
  expect(nothing).toMatchObject({ path: null, reason: expect.stringContaining('TEMPORAL_TEST_SERVER') });
  const maven = async (workDir: string) =>
    path.dirname(await executable(path.relative(home, workDir), 'home', 'temporal-test-server'));
  const built = await resolveTestServer({ env: env(), download: offline, maven });
  expect(await resolveTestServer({ env: env(), download: offline, maven: noGo })).toEqual(built);
  const given = await executable('given', 'server');
  expect(await resolveTestServer({ env: env({ TEMPORAL_TEST_SERVER: given }) })).toEqual({ path: given });
});
