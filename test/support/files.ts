import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskStore } from '../../storage/disk.ts';
import type { FileStore } from '../../storage/files.ts';

/** A real store in a new temporary directory, which the operating system cleans up. */
export const testFiles = (): FileStore => diskStore(mkdtempSync(path.join(tmpdir(), 'xietong-files-')));
