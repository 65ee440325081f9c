/**
 * Imports a file of registrations, records or other rows: read as a stream, accepted in batches, one result a row in the
 * file's order. Each batch is one transaction. Sending a file again, also after a broken upload, changes nothing that was
 * accepted.
 */
import { beginImport, endImport, keepRejections } from '../../db/intake/imports.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { ERROR_CODES } from '../../domain/errors.ts';
import { legalNow, type ApiContext } from '../context.ts';
import { asRefusal } from '../plugins/problems.ts';
import { RAW_LIMIT } from './rejected-rows.ts';
import type { Row } from './row-file.ts';
import type { SeenColumns } from './seen-columns.ts';
import { startingOf, type Starting } from './starting.ts';

/** Rows in a transaction: enough for throughput, few enough that no person's request waits long behind them. */
export const IMPORT_BATCH = 40;
interface Outcome {
  result: 'accepted' | 'duplicate' | 'rejected';
}

/** Takes in a batch of valid rows in one transaction. @returns one outcome for each value, in order. */
export type AcceptRows<T> = (values: T[], importId: string) => Promise<Outcome[]>;

export interface RowResult extends Outcome {
  line: number;
  registrationNo?: string;
  documentNo?: string;
  caseIds?: string[];
  /** Published without a case: no approval is touched. */
  published?: boolean;
  caseId?: string;
  items?: string[];
  late?: boolean;
  code?: string;
  remedy?: string;
  message?: string;
  errors?: { path: string; message: string }[];
}

export interface ImportSummary {
  importId: string;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Names of columns that were not read, e.g. those of natural persons. Absent if all were read. */
  unreadColumns?: string[];
  /** The standards whose columns were read, e.g. 双公示标准（2018年）. Absent where the file has columns of none. */
  columnSets?: string[];
  failure?: string;
  /** Absent where PostgreSQL is away. */
  starting?: Starting;
}

export interface RowImport<T> {
  importId: string;
  account: Account;
  rows: AsyncIterable<Row<T>>;
  filename: string | undefined;
  /** Grow while rows are read. */
  columns: Omit<SeenColumns, 'add'>;
  accept: AcceptRows<T>;
  /** Waits between two batches while people are served, for some ms at most. */
  giveWay: (atMost: number) => Promise<void>;
}

/** Error codes that mean that the sender's connection was lost. */
const BROKEN_OFF = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'FST_MP_PREMATURE_CLOSE']);
const INTERRUPTED = '连接中断，其余各行未处理。请重新上传同一文件，已受理的不会重复';

/**
 * @param onFailure logs unexpected errors: the answer has begun, so no error handler sees them.
 * @yields each row's result, then the summary, which comes last also if the file broke off.
 */
export async function* importRows<T>(
  api: ApiContext,
  { importId, account, rows, filename, columns, accept, giveWay }: RowImport<T>,
  onFailure: (error: unknown) => void = () => undefined,
): AsyncGenerator<RowResult | { summary: ImportSummary }> {
  const summary: ImportSummary = { importId, accepted: 0, duplicate: 0, rejected: 0 };
  const startedAt = legalNow(api);
  const { username: startedBy } = account;
  await beginImport(api.db, { id: importId, filename, startedBy, startedAt, columns: columns.names });
  let failure: string | undefined = INTERRUPTED;
  try {
    for await (const batch of batches(rows, IMPORT_BATCH)) {
      const began = performance.now();
      const results = await acceptBatch(api, accept, batch, importId);
      for (const { result } of results) summary[result] += 1;
      yield* results;
      // A bounded part of the time, so that a busy office does not stop a file.
      await giveWay(2 * (performance.now() - began));
    }
    failure = undefined;
  } catch (error) {
    failure = failureOf(error, onFailure);
  } finally {
    // Also reached if the receiver went away: the generator is then ended at a `yield`.
    if (failure !== undefined) summary.failure = failure;
    if (columns.unread.size > 0) summary.unreadColumns = [...columns.unread];
    if (columns.sets.size > 0) summary.columnSets = [...columns.sets];
    const { accepted, duplicate, rejected } = summary;
    const end = { accepted, duplicate, rejected, failure, finishedAt: legalNow(api), columns: columns.names };
    // A failure to write the summary to the database must not keep it from the sender.
    await endImport(api.db, importId, end).catch(onFailure);
    const starting = await startingOf(api, importId, startedAt).catch(onFailure);
    if (starting) summary.starting = starting;
  }
  yield { summary };
}

function failureOf(error: unknown, onFailure: (error: unknown) => void): string {
  if (BROKEN_OFF.has(String((error as { code?: unknown } | null)?.code))) return INTERRUPTED;
  const refusal = asRefusal(error);
  if (ERROR_CODES[refusal.code].status >= 500) onFailure(error);
  return [refusal.message, refusal.remedy].filter(Boolean).join('。');
}

async function acceptBatch<T>(
  api: ApiContext,
  accept: AcceptRows<T>,
  batch: Row<T>[],
  importId: string,
): Promise<RowResult[]> {
  const valid = batch.flatMap((row) => (row.value === undefined ? [] : [row.value]));
  const outcomes = (await accept(valid, importId)).values();
  const results = batch.map((row): RowResult => {
    if (row.value !== undefined) return { line: row.line, ...outcomes.next().value! };
    const errors = row.issues?.map(({ path, message }) => ({ path, message }));
    return {
      line: row.line,
      result: 'rejected',
      code: row.issues?.[0]?.code ?? 'input.invalid',
      message: errors?.map((e) => e.message).join('；'),
      errors,
    };
  });
  await keepRejections(api.db, rejectedOf(batch, results, importId));
  return results;
}

function rejectedOf(batch: Row<unknown>[], results: RowResult[], importId: string) {
  return results.flatMap((result, index) => {
    if (result.result !== 'rejected') return [];
    const { line, ...problem } = result;
    // PostgreSQL's text cannot hold NUL.
    const raw = (batch[index]?.raw ?? '').slice(0, RAW_LIMIT).replaceAll('\0', '\uFFFD');
    return [{ importId, line, raw, problem }];
  });
}

async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
