/** Uploads that no case took up are deleted after a day, and uploads that arrive meanwhile are not lost. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordUpload, sweepUploads } from '../../db/cases/attachments.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { attachments } from '../../db/schema.ts';
import { diskStore } from '../../storage/disk.ts';
import { keyOf, type FileStore } from '../../storage/files.ts';
import { eventually } from '../support/product.ts';
import { createTestDatabase } from '../support/servers.ts';

const CONTENT = Buffer.from('书面材料');
const sha256 = keyOf(CONTENT);
const FILE = { filename: 'a.txt', mediaType: 'text/plain', size: CONTENT.length, sha256, uploadedBy: 'x' };

let directory: string;
let files: FileStore;
let handle: DatabaseHandle;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'xietong-uploads-'));
  files = diskStore(directory);
  handle = connectDatabase(await createTestDatabase(), 4);
});
afterAll(async () => {
  await handle.close();
  await rm(directory, { recursive: true, force: true });
});

const upload = (keep = () => files.put(CONTENT)) => recordUpload(handle.db, { ...FILE, at: new Date() }, keep);
const aDayLater = () => handle.db.update(attachments).set({ recordedAt: sql`now() - interval '2 days'` });
const kept = async () => {
  const found = await files.get(sha256);
  return found && buffer(found);
};
const sweep = () => sweepUploads(handle.db, (key) => files.remove(key));

it('the content goes with the last row that refers to it', async () => {
  await upload();
  await aDayLater();
  const { id } = await upload();
  await sweep();
  expect(await kept()).toEqual(CONTENT);
  expect((await handle.db.select().from(attachments)).map((row) => row.id)).toEqual([id]);
  await aDayLater();
  await sweep();
  expect(await kept()).toBeUndefined();
});

it('a sweep waits for an upload of the same content that found it kept, and leaves it', async () => {
  await upload();
  await aDayLater();
  let swept: Promise<void> | undefined;
  await upload(async () => {
    const key = await files.put(CONTENT);
    swept = sweep();
    await eventually(
      () =>
        handle.db.execute(sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`),
      ({ rows }) => rows.length > 0,
    );
    return key;
  });
  await swept;
  expect(await kept()).toEqual(CONTENT);
});
