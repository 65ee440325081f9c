/** A process of its own: reads one import file, or nothing, and tells what processor time it took and how much memory it held. */
import { createReadStream, readFileSync } from 'node:fs';
import { REGISTRATION_FILE } from '../../api/import/registration-file.ts';
import { parseRowFile } from '../../api/import/row-file.ts';
import { parseMegabytes } from './cpu.ts';

export interface ReadRows {
  rows: number;
  /** Of the processor, all threads: what else the machine does lengthens the time, but hardly this. */
  seconds: number;
  /** The most that it held, in MB. */
  peak: number;
}

const path = process.argv[2];
const began = process.cpuUsage();
let rows = 0;
if (path !== undefined) {
  for await (const row of parseRowFile(createReadStream(path), REGISTRATION_FILE, { filename: path })) {
    if (row.value === undefined) throw new Error(`第${row.line}行无效：${JSON.stringify(row.issues)}`);
    rows += 1;
  }
}
const { user, system } = process.cpuUsage(began);
const seconds = (user + system) / 1e6;
const peak = parseMegabytes(readFileSync('/proc/self/status', 'utf8'), 'VmHWM');
process.send?.({ rows, seconds, peak } satisfies ReadRows);
