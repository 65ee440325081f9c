/** Where attachments' bytes are kept. The key is the SHA-256 of the content, so storing it again changes nothing. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export interface FileStore {
  /** @returns the key. */
  put(content: Buffer): Promise<string>;
  /** @returns undefined if there is no such file. */
  get(key: string): Promise<Readable | undefined>;
  remove(key: string): Promise<void>;
}

export const keyOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
