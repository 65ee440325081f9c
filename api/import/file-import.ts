/** Import files over HTTP: text is read while it arrives; answered row by row. Rejected rows can be fetched later. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Account } from '../../db/queries/accounts.ts';
import type { ApiContext, App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { parseRowFile, type RowFormat } from './row-file.ts';
import { importRows, type AcceptRows, type RowImport } from './row-import.ts';
import { seenColumns } from './seen-columns.ts';
import { registerTemplate } from './template-route.ts';
import { streamedText } from '../http/streaming.ts';
import { fileOf, fileQuery, FILE_TYPES, takeFiles, type FileQuery } from './sent-file.ts';

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
  registerTemplate(app, { path, tag, operationId, preParsing, templates: format.templates });
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
          querystring: fileQuery,
          response: {
            200: { description: '每行一个结果', content: { 'application/x-ndjson': { schema: streamedText } } },
            ...problems(
              'input.invalid',
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
        const importId = randomUUID();
        const order = { importId, account: signedIn(request), giveWay: scope.giveWay };
        const lines = await answerLines(api, request, order, { format, accept });
        return reply
          .header('location', `/api/v1/imports/${importId}`)
          .type('application/x-ndjson; charset=utf-8')
          .send(lines);
      },
    );
  });
}

async function answerLines<T>(
  api: ApiContext,
  request: FastifyRequest<{ Querystring: FileQuery }>,
  order: Pick<RowImport<T>, 'importId' | 'account' | 'giveWay'>,
  { format, accept }: Pick<FileImport<T>, 'format' | 'accept'>,
): Promise<Readable> {
  const file = await fileOf(request, request.query);
  const columns = seenColumns();
  const parsed = parseRowFile(file.stream, format, { ...file, onColumns: columns.add });
  // Read the first row before the answer begins: an unreadable file is refused as a whole.
  const rows = resume(await parsed.next(), parsed);
  const onFailure = (err: unknown) => request.log.error({ err }, 'import failed');
  const about = { ...order, rows, columns, filename: file.filename, accept: accept(order.account) };
  const answer = Readable.from(ndjson(importRows(api, about, onFailure)), { highWaterMark: RESULTS_AHEAD });
  // Also closes the file where the answer ends before its first line was asked for.
  answer.once('close', () => void parsed.return(undefined));
  return answer;
}

async function* resume<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

async function* ndjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
