/** Both stores keep content under its hash. S3 is tested with a real S3-compatible server if one is named. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from '../../scripts/lib/ports.ts';
import { diskStore } from '../../storage/disk.ts';
import { keyOf, type FileStore } from '../../storage/files.ts';
import { s3Store } from '../../storage/s3.ts';

const CONTENT = Buffer.from('书面材料\n');

async function expectToKeepFiles(store: FileStore): Promise<void> {
  const keys = await Promise.all(Array.from({ length: 20 }, () => store.put(CONTENT)));
  expect(new Set(keys)).toEqual(new Set([keyOf(CONTENT)]));
  const found = await store.get(keys[0]!);
  expect((await buffer(found!)).equals(CONTENT)).toBe(true);
  expect(await store.get(keyOf(Buffer.from('another')))).toBeUndefined();
  await store.remove(keys[0]!);
  expect(await store.get(keys[0]!)).toBeUndefined();
  // Removing a missing file is no error: a sweep may be repeated.
  await store.remove(keys[0]!);
}

it('on disk, whole or not at all', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'xietong-store-'));
  try {
    const store = diskStore(directory);
    await expectToKeepFiles(store);
    await store.put(CONTENT);
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual([keyOf(CONTENT)]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

// The S3 server is versitygw (Go), which serves a directory. It is named by its path, because it is not part of the
// product and CI has none.
const server = process.env['S3_TEST_SERVER'] ?? '';
if (!existsSync(server)) process.stderr.write('skipped: S3 store (set S3_TEST_SERVER to a versitygw executable)\n');

describe.skipIf(!existsSync(server))('in a bucket', () => {
  const KEYS = { accessKeyId: 'xietong', secretAccessKey: 'xietong-secret' };
  let child: ChildProcess;
  let directory: string;
  let endpoint: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'xietong-s3-'));
    await mkdir(path.join(directory, 'data'));
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    const flags = ['--access', KEYS.accessKeyId, '--secret', KEYS.secretAccessKey, '--port', `127.0.0.1:${port}`];
    child = spawn(server, [...flags, 'posix', path.join(directory, 'data')], { stdio: 'ignore' });
    const client = new S3Client({
      region: 'us-east-1',
      endpoint,
      forcePathStyle: true,
      credentials: KEYS,
      maxAttempts: 10,
    });
    await client.send(new CreateBucketCommand({ Bucket: 'xietong' }));
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  it('of a real S3-compatible server', async () => {
    const store = s3Store({ bucket: 'xietong', endpoint, region: 'us-east-1', ...KEYS });
    await expectToKeepFiles(store);
    expect(await store.put(CONTENT)).toBe(keyOf(CONTENT));
  });
});
