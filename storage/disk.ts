/** Files in a directory, two characters of the key a level: no directory grows large. */
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
      // Whole or not at all, even through a power cut: written aside, flushed, then renamed.
      const aside = `${target}.${randomUUID()}`;
      try {
        await writeThrough(aside, content);
        await rename(aside, target);
      } catch (error) {
        // A full disk is not made fuller.
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
