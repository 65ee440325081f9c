import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskStore } from '../../storage/disk.ts';
import type { FileStore } from '../../storage/files.ts';

/** A real store in a directory of its own; the machine's temporary files are its own to clean. */
export const testFiles = (): FileStore => diskStore(mkdtempSync(path.join(tmpdir(), 'xietong-files-')));
