/** 首次装载 of one file: read once for its hash, then chunk by chunk; the next chunk is judged while PostgreSQL takes the one before. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { csvFile } from '../../../api/http/csv.ts';
import { rejectedRows } from '../../../api/import/rejected-rows.ts';
import { readFileRecords } from '../../../api/import/row-file.ts';
import type { FileRecord } from '../../../api/import/rows/records.ts';
import { seenColumns } from '../../../api/import/seen-columns.ts';
import { Load, type Progress } from '../../../db/first-load/load.ts';
import { allRejections, findColumns } from '../../../db/intake/imports.ts';
import { connectDatabase, type Database } from '../../../db/postgres/client.ts';
import { loadClock } from '../../../db/reference/clock-setting.ts';
import { loadReference } from '../../../db/reference/reference.ts';
import { legalDateOf } from '../../../domain/clock/calendar.ts';
import { FIRST_LOADER, type FirstLoadKind } from '../../../domain/first-load/kinds.ts';
import { SetupError } from '../../../runtime/setup-error.ts';
import { formatOf, judge, keptText, stagedOf, type JudgeContext, type Judged } from './judge.ts';

/** Rows of a transaction, and characters of their text: what is held in memory, and what a kill costs. */
const CHUNK = { rows: 5000, characters: 8_000_000 };

export interface LoadOptions {
  kind: FirstLoadKind;
  file: string;
  /** Of a workbook. */
  sheet?: string | undefined;
  department?: string | undefined;
  /** Who answers for it. Absent: nobody with an account. */
  account?: string | undefined;
  /** Rows of a transaction, other than usual. */
  chunk?: number | undefined;
  /** Called after each chunk. */
  onProgress?: (progress: Progress) => void;
  tell?: (text: string) => void;
}

export interface LoadReport extends Progress {
  /** Loaded before, by an earlier run that came to the end: nothing was read. */
  isRepeated: boolean;
  /** Rows that earlier runs of this file had done. */
  resumedAfter: number;
  unreadColumns: string[];
  /** The refused rows as a table. Absent if there are none. */
  rejections?: string;
}

/** @throws SetupError where another load runs; Refusal for a file that cannot be read. */
export async function firstLoad(databaseUrl: string, options: LoadOptions): Promise<LoadReport> {
  const fileHash = await hashOf(options);
  const handle = connectDatabase(databaseUrl, 3);
  try {
    const load = await Load.begin(handle);
    if (!load) {
      throw new SetupError('已有一个首次装载在进行。', ['请待其结束后再运行；数据库中的装载进度不受影响']);
    }
    try {
      return await loadFile(handle.db, load, options, fileHash);
    } finally {
      await load.end();
    }
  } finally {
    await handle.close();
  }
}

async function hashOf({ file, sheet, kind, department }: LoadOptions): Promise<string> {
  const hash = createHash('sha256').update([kind, sheet ?? '', department ?? ''].join('\n'));
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function loadFile(db: Database, load: Load, options: LoadOptions, fileHash: string): Promise<LoadReport> {
  const { kind, file, account = FIRST_LOADER, tell = () => undefined } = options;
  const clock = await loadClock(db);
  const now = () => clock.legal(Date.now());
  const begun = await load.open({ kind, fileHash, filename: path.basename(file) }, account, now());
  const more = { isRepeated: begun.finished, resumedAfter: begun.rows, unreadColumns: [] };
  if (begun.finished) return { ...begun, ...more };
  const reference = await loadReference(db);
  const today = legalDateOf(now().getTime());
  const columns = seenColumns();
  const { catalogueVersion, measures } = reference;
  const context = {
    importId: begun.importId,
    acceptedBy: account,
    catalogueVersion,
    measuresVersion: measures.version,
    now: now(),
  };
  await loadChunks(load, options, {
    begun,
    columns,
    context,
    judging: { db, reference, today, department: options.department },
  });
  const report = await load.finish(columns.names, now(), tell);
  const rejections = report.refused > 0 ? await writeRejections(db, file, report) : undefined;
  return { ...report, ...more, unreadColumns: [...columns.unread], ...(rejections && { rejections }) };
}

interface Reading {
  begun: Progress;
  columns: ReturnType<typeof seenColumns>;
  context: Parameters<Load['take']>[2];
  judging: JudgeContext;
}

async function loadChunks(
  load: Load,
  options: LoadOptions,
  { begun, columns, context, judging }: Reading,
): Promise<void> {
  const { kind, file, sheet, chunk = CHUNK.rows, onProgress } = options;
  const read = readFileRecords(createReadStream(file, { highWaterMark: 1024 * 1024 }), formatOf(kind), {
    filename: file,
    maxBytes: Infinity,
    onColumns: columns.add,
    ...(sheet !== undefined && { sheet }),
  });
  let writing: Promise<void> = Promise.resolve();
  for await (const records of chunksOf(read, { ...CHUNK, rows: chunk }, begun.rows)) {
    const judged = await judge(kind, judging, records);
    await writing;
    writing = write(judged, records);
    // Awaited with the next chunk; until then a failure waits there.
    writing.catch(() => undefined);
  }
  await writing;

  async function write({ lines, refused }: Judged, records: readonly FileRecord[]): Promise<void> {
    const texts = new Map(records.map(({ line, raw }) => [line, raw]));
    const rawOf = (line: number) => keptText(kind, texts.get(line) ?? '');
    const progress = await load.take(stagedOf(kind), { lines, refused, rows: records.length, rawOf }, context);
    onProgress?.(progress);
  }
}

/** @param skipped rows of the file that were done before. */
async function* chunksOf(
  read: AsyncIterable<FileRecord>,
  most: typeof CHUNK,
  skipped: number,
): AsyncGenerator<FileRecord[]> {
  let chunk: FileRecord[] = [];
  let characters = 0;
  let left = skipped;
  for await (const record of read) {
    if (left > 0) {
      left -= 1;
      continue;
    }
    chunk.push(record);
    characters += record.raw.length;
    if (chunk.length < most.rows && characters < most.characters) continue;
    yield chunk;
    chunk = [];
    characters = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** Beside the file, written anew from the database: a kill cannot leave pieces of it that count. */
async function writeRejections(db: Database, file: string, { importId }: Progress): Promise<string> {
  const target = `${file}.rejected.csv`;
  const names = (await findColumns(db, importId)) ?? [];
  await pipeline(csvFile(rejectedRows(names, allRejections(db, importId))), createWriteStream(target));
  return target;
}
