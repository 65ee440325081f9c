/** Files in a directory, with a subdirectory for two characters of the key, so that no directory grows large. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { keyOf, type FileStore } from './files.ts';

export function diskStore(directory: string): FileStore {
  const pathOf = (key: string) => path.join(directory, key.slice(0, 2), key);
  return {
    async put(content) {
      const key = keyOf(content);
      const target = pathOf(key);
      if (await exists(target)) return key;
      await mkdir(path.dirname(target), { recursive: true });
      // Written to another name, flushed, then renamed: even after a power cut the file is complete or absent.
      const aside = `${target}.${randomUUID()}`;
      try {
        await writeThrough(aside, content);
        await rename(aside, target);
      } catch (error) {
        // Remove the unfinished file, e.g. if the disk is full.
        await rm(aside, { force: true });
        throw error;
      }
      return key;
    },
    async get(key) {
      const target = pathOf(key);
      return (await exists(target)) ? createReadStream(target) : undefined;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

async function writeThrough(name: string, content: Buffer): Promise<void> {
  const file = await open(name, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
