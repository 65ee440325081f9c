/** A process of its own: reads one import file, or nothing, and tells how long it took and how much memory it held. */
import { createReadStream, readFileSync } from 'node:fs';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';
import { parseMegabytes } from './cpu.ts';

export interface ReadRows {
  rows: number;
  seconds: number;
  /** The most that it held, in MB. */
  peak: number;
}

const path = process.argv[2];
const began = performance.now();
let rows = 0;
if (path !== undefined) {
  for await (const row of parseRowFile(createReadStream(path), REGISTRATION_FILE, { filename: path })) {
    if (row.value === undefined) throw new Error(`第${row.line}行无效：${JSON.stringify(row.issues)}`);
    rows += 1;
  }
}
const seconds = (performance.now() - began) / 1000;
const peak = parseMegabytes(readFileSync('/proc/self/status', 'utf8'), 'VmHWM');
process.send?.({ rows, seconds, peak } satisfies ReadRows);
