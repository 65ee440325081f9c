/** A file of reference data: all of its rows are judged, then what it would change is shown, or proposed to a second person. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { beginImport, endImport, keepRejections } from '../../db/intake/imports.ts';
import { findCatalogue } from '../../db/queries/catalogues.ts';
import { measuresOf } from '../../db/queries/measures.ts';
import { propose } from '../../db/reference/proposals.ts';
import { loadReferenceData } from '../../db/reference/reference.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { requiredText } from '../../domain/fields.ts';
import { applied, type Fault, type Read } from '../../domain/reference-data/content.ts';
import { differenceOf, type Difference } from '../../domain/reference-data/difference.ts';
import type { Edition } from '../../domain/reference-data/edition.ts';
import { editionFields } from '../../domain/reference-data/edition.ts';
import type { Effect } from '../../domain/reference-data/effect.ts';
import { isEdition, NOUNS, type Noun } from '../../domain/reference-data/nouns.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import { legalNow, type ApiContext } from '../context.ts';
import { RAW_LIMIT } from '../import/rejected-rows.ts';
import { parseRowFile, type Row } from '../import/row-file.ts';
import { seenColumns } from '../import/seen-columns.ts';
import { fileOf, fileQuery } from '../import/sent-file.ts';
import { effectOf } from './effect.ts';
import { REFERENCE_FILES } from './files.ts';

/** Bytes; a province's departments are less than one megabyte. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_ROWS = 50_000;
/** Registrations that are compared. */
const USUAL_SAMPLE = 1000;
const LARGEST_SAMPLE = 10_000;

export const importQuery = fileQuery.extend({
  dryRun: z.stringbool().default(false).describe('true：只逐行核对并显示差异，不提案'),
  reason: requiredText('依据', 500).optional().describe('依据：提案必填'),
  sample: z.coerce
    .number()
    .int()
    .min(0)
    .max(LARGEST_SAMPLE)
    .default(USUAL_SAMPLE)
    .describe('与最近多少件登记比较推送的变化'),
  ...editionFields,
});

type ImportQuery = z.output<typeof importQuery>;

export interface Report {
  noun: Noun;
  rows: number;
  faults: Fault[];
  rejected: number;
  /** By which the rejected rows are read and downloaded; null where there are none. */
  importId: string | null;
  unreadColumns: string[];
  difference: Difference;
  effect: Effect | null;
  /** Null where nothing was proposed. */
  proposalId: number | null;
}

interface ReadFile {
  rows: Read<unknown>[];
  /** The texts of all rows, by their lines. */
  raw: Map<number, string>;
  faults: Fault[];
  columns: readonly string[];
  unread: string[];
  filename: string | undefined;
}

/**
 * @throws Refusal input.invalid, input.empty-file for a file without rows, catalogue.version-taken, proposal.unchanged where the
 * file says what is in force.
 */
export async function importReference(
  api: ApiContext,
  request: FastifyRequest<{ Querystring: ImportQuery }>,
  { noun, account, giveWay }: { noun: Noun; account: Account; giveWay: (atMost: number) => Promise<void> },
): Promise<Report> {
  const { dryRun, reason, sample, filename: named, sheet, ...said } = request.query;
  const edition = await editionOf(api, noun, said);
  const file = await read(request, noun, { filename: named, sheet });
  const was = await loadReferenceData(api.db);
  const judged = REFERENCE_FILES[noun].judge(file.rows, was, edition);
  const { filename, unread: unreadColumns } = file;
  const faults = [...file.faults, ...judged.faults].sort((a, b) => a.line - b.line);
  const report = { noun, rows: file.raw.size, faults, rejected: 0, importId: null, unreadColumns };
  const nothing = { difference: [], effect: null, proposalId: null };
  if (faults.length > 0) return { ...report, ...nothing, ...(await keep(api, account, file, faults)) };
  if (!dryRun && reason === undefined) {
    throw new Refusal('input.invalid', '提案须写明依据', { remedy: '请填写依据（reason）后重新提交' });
  }
  const will = applied(was, judged.content, legalNow(api));
  const difference = differenceOf(was, will);
  if (difference.length === 0 && !dryRun) {
    throw new Refusal('proposal.unchanged', `文件与现行的${NOUNS[noun].title}相同，没有可提案的变更`, {
      remedy: '请核对文件；无须变更的不必提案',
    });
  }
  const effect = await effectFor(api, noun, { was, will }, difference.length === 0 ? 0 : sample, giveWay);
  if (dryRun || reason === undefined) return { ...report, difference, effect, proposalId: null };
  const version = isEdition(noun) ? edition.version : null;
  const proposal = { noun, version, filename, content: judged.content, difference, effect, reason };
  return { ...report, difference, effect, proposalId: await propose(api, account, proposal) };
}

/** @throws Refusal where an edition has no version, or one that is taken. */
async function editionOf({ db }: ApiContext, noun: Noun, { version, ...said }: Partial<Edition>): Promise<Edition> {
  const { title } = NOUNS[noun];
  if (!isEdition(noun)) return { version: '' };
  if (version === undefined) {
    throw new Refusal('input.invalid', `${title}按版本载入，请填写版本号`, {
      remedy: '请填写版本号（version）后重新提交',
    });
  }
  if (noun === 'catalogue' && !/^\d{4}\.\d+$/.test(version)) {
    throw new Refusal('input.invalid', `版本号${version}应为“年份.版次”，如2026.1`, { remedy: '请更正版本号' });
  }
  const taken =
    noun === 'catalogue' ? await findCatalogue(db, version) : (await measuresOf(db, [version])).get(version);
  if (taken) {
    throw new Refusal('catalogue.version-taken', `${title}版本${version}已存在`, { remedy: '请换用新的版本号' });
  }
  return { version, ...said };
}

async function read(
  request: FastifyRequest,
  noun: Noun,
  query: { filename: string | undefined; sheet: string | undefined },
): Promise<ReadFile> {
  const { format } = REFERENCE_FILES[noun];
  const { stream, ...file } = await fileOf(request, query);
  const columns = seenColumns();
  const found: ReadFile = {
    rows: [],
    raw: new Map(),
    faults: [],
    columns: columns.names,
    unread: [],
    filename: file.filename?.slice(0, 255),
  };
  const limits = { maxRows: MOST_ROWS, maxBytes: MOST_BYTES, onColumns: columns.add };
  for await (const row of parseRowFile(stream, format, { ...file, ...limits })) take(found, row);
  if (found.raw.size === 0) {
    throw new Refusal('input.empty-file', '文件没有可读的行', {
      remedy: '请在列名下填写内容后重新上传；模板的示例行不会导入',
    });
  }
  found.unread.push(...columns.unread);
  return found;
}

function take({ rows, raw, faults }: ReadFile, row: Row<unknown>): void {
  const { line, value, issues = [] } = row;
  raw.set(line, row.raw);
  if (value !== undefined) rows.push({ line, value });
  for (const { path, message } of issues) faults.push({ line, path, message });
}

async function effectFor(
  api: ApiContext,
  noun: Noun,
  data: { was: ReferenceData; will: ReferenceData },
  sample: number,
  giveWay: (atMost: number) => Promise<void>,
): Promise<Effect | null> {
  return NOUNS[noun].routes && sample > 0 ? effectOf(api, data, sample, giveWay) : null;
}

/** Keeps rejected rows, so that they can be taken away with their reasons and corrected, as those of other imports. */
async function keep(api: ApiContext, { username }: Account, file: ReadFile, faults: readonly Fault[]) {
  const importId = randomUUID();
  const startedAt = legalNow(api);
  const { filename } = file;
  const columns = [...file.columns];
  const messages = new Map<number, string[]>();
  for (const { line, message } of faults) messages.set(line, [...(messages.get(line) ?? []), message]);
  const rejections = [...messages].map(([line, said]) => ({
    importId,
    line,
    // PostgreSQL's text cannot hold NUL.
    raw: (file.raw.get(line) ?? '').slice(0, RAW_LIMIT).replaceAll('\0', '\uFFFD'),
    problem: { code: 'input.invalid', message: said.join('；') },
  }));
  await beginImport(api.db, { id: importId, filename, startedBy: username, startedAt, columns });
  for (let from = 0; from < rejections.length; from += 1000) {
    await keepRejections(api.db, rejections.slice(from, from + 1000));
  }
  const rejected = rejections.length;
  await endImport(api.db, importId, { accepted: 0, duplicate: 0, rejected, finishedAt: legalNow(api), columns });
  return { importId, rejected };
}
