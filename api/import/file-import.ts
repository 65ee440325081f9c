/** Import files over HTTP: read while they arrive, answered row by row. Rejected rows can be fetched later. */
import { Readable } from 'node:stream';
import type { preParsingAsyncHookHandler } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findImport, rejectionsAfter } from '../../db/intake/imports.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { parseRowFile, type RowFormat } from './row-file.ts';
import { COLUMNS_NAMED, importRows, type AcceptRows } from './row-import.ts';
import { startingOf, startingSchema } from './starting.ts';
import { streamedText } from '../http/streaming.ts';
import { fileOf, FILE_TYPES, takeFiles } from './sent-file.ts';

/**
 * Results that wait for a client, which may read nothing until it has sent the whole file. Some hundred bytes each, up to
 * the rows that a file may have; with less, client and server would wait for each other for ever.
 */
const RESULTS_AHEAD = 250_000;
export interface FileImport<T> {
  /** `/api/v1/registrations/import` */
  path: string;
  tag: string;
  operationId: string;
  summary: string;
  preParsing: preParsingAsyncHookHandler;
  format: RowFormat<T>;
  accept: (account: Account) => AcceptRows<T>;
}

export function registerFileImport<T>(
  app: App,
  api: ApiContext,
  { path, tag, operationId, summary, preParsing, format, accept }: FileImport<T>,
): void {
  void app.register(async (scope) => {
    await takeFiles(scope);
    scope.withTypeProvider<ZodTypeProvider>().post(
      path,
      {
        preParsing,
        config: { isBulk: true },
        schema: {
          tags: [tag],
          operationId,
          summary,
          consumes: ['multipart/form-data', ...FILE_TYPES],
          querystring: z.object({ filename: z.string().max(255).optional() }),
          response: {
            200: { description: '每行一个结果', content: { 'application/x-ndjson': { schema: streamedText } } },
            ...problems(
              'input.empty-file',
              'input.unsupported-encoding',
              'input.too-large',
              'auth.required',
              'access.denied',
            ),
          },
        },
      },
      async (request, reply) => {
        const account = signedIn(request);
        const file = await fileOf(request, request.query.filename);
        // Lines of JSON may each have names of their own.
        const unreadColumns = new Set<string>();
        const onUnread = (columns: string[]) => {
          for (const column of columns) if (unreadColumns.size < COLUMNS_NAMED) unreadColumns.add(column);
        };
        const columnSets = new Set<string>();
        const onColumnSet = (title: string) => columnSets.add(title);
        const parsed = parseRowFile(file.stream, format, { ...file, onUnread, onColumnSet })[Symbol.asyncIterator]();
        // Read the first row before the answer begins: an unreadable file is refused as a whole.
        const first = await parsed.next();
        const rows = resume(first, parsed);
        const onFailure = (err: unknown) => request.log.error({ err }, 'import failed');
        const about = {
          account,
          rows,
          filename: file.filename,
          unreadColumns,
          columnSets,
          accept: accept(account),
          giveWay: scope.giveWay,
        };
        const lines = ndjson(importRows(api, about, onFailure));
        const answer = Readable.from(lines, { highWaterMark: RESULTS_AHEAD });
        return reply.type('application/x-ndjson; charset=utf-8').send(answer);
      },
    );
  });
}

/** Rejected rows in one answer: with the longest rows, some twenty megabytes. */
const PAGE = 1000;
/** The largest number that PostgreSQL takes; no file has so many lines. */
const LAST_LINE = 2 ** 31 - 1;

/** `GET /api/v1/imports/{importId}`, for import files of every kind. */
export function registerImportReport(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/imports/:importId',
    {
      preParsing: requireRole(
        'registering-authority',
        'department-officer',
        'department-lead',
        'platform-administrator',
      ),
      schema: {
        tags: ['成批导入'],
        operationId: 'import.read',
        summary: '导入结果汇总和未受理的行',
        params: z.object({ importId: z.uuid() }),
        querystring: z.object({
          afterLine: z.coerce.number().int().min(0).max(LAST_LINE).default(0).describe('上一页返回的 nextLine'),
        }),
        response: {
          200: z.object({
            importId: z.string(),
            filename: z.string().nullable(),
            accepted: z.number().int(),
            duplicate: z.number().int(),
            rejected: z.number().int(),
            failure: z.string().nullable(),
            finished: z.boolean(),
            starting: startingSchema,
            rejections: z.array(z.object({ line: z.number().int(), raw: z.string(), problem: z.unknown() })),
            nextLine: z.number().int().nullable().describe('还有未受理的行时，作为 afterLine 提交'),
          }),
          ...problems('auth.required', 'access.denied', 'resource.not-found'),
        },
      },
    },
    async (request) => viewImport(api, signedIn(request), request.params.importId, request.query.afterLine),
  );
}

async function viewImport(api: ApiContext, account: Account, importId: string, afterLine: number) {
  const found = await findImport(api.db, importId);
  const administers =
    account.role === 'platform-administrator' && found && isWithin(found.regionCode, account.regionCode);
  if (!found || (found.row.startedBy !== account.username && !administers)) {
    throw new Refusal('resource.not-found', '没有这次导入', { remedy: '请核对导入编号' });
  }
  const rejections = await rejectionsAfter(api.db, importId, afterLine, PAGE);
  const page = rejections.slice(0, PAGE);
  const { id, finishedAt, ...rest } = found.row;
  const nextLine = rejections.length > PAGE ? page.at(-1)!.line : null;
  const starting = await startingOf(api, id, rest.startedAt);
  return { ...rest, importId: id, finished: finishedAt !== null, starting, rejections: page, nextLine };
}

async function* resume<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

async function* ndjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
