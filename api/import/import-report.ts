/** What became of an import: its summary, and its rejected rows to read or to take away and correct. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { allRejections, findImport, rejectionsAfter } from '../../db/intake/imports.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import type { ApiContext, App } from '../context.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { rejectedRows } from './rejected-rows.ts';
import { startingOf, startingSchema } from './starting.ts';

/** Rejected rows in one answer: with the longest rows, some twenty megabytes. */
const PAGE = 1000;
/** The largest number that PostgreSQL takes; no file has so many lines. */
const LAST_LINE = 2 ** 31 - 1;

const TAGS = ['成批导入'];
const params = z.object({ importId: z.uuid() });
const ERRORS = problems('auth.required', 'access.denied', 'resource.not-found');
const preParsing = requireRole(
  'registering-authority',
  'department-officer',
  'department-lead',
  'platform-administrator',
);

/** `GET /api/v1/imports/{importId}`, for import files of every kind. */
export function registerImportReport(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/api/v1/imports/:importId',
    {
      preParsing,
      schema: {
        tags: TAGS,
        operationId: 'import.read',
        summary: '导入结果汇总和未受理的行',
        params,
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
          ...ERRORS,
        },
      },
    },
    async (request) => viewImport(api, signedIn(request), request.params.importId, request.query.afterLine),
  );
  routes.get(
    '/api/v1/imports/:importId/rejections',
    {
      preParsing,
      schema: {
        tags: TAGS,
        operationId: 'import.rejections',
        summary: '未受理的行（CSV、XLSX）：原文件的各列，加原行号和原因；更正后可直接重新导入',
        params,
        querystring: z.object(tableQuery),
        response: { 200: tableAnswer, ...ERRORS },
      },
    },
    async (request, reply) => {
      const { row } = await visibleImport(api, signedIn(request), request.params.importId);
      const rows = rejectedRows(row.columns ?? [], allRejections(api.db, row.id));
      return sendTable(reply, request.query.format, { ascii: 'rejections', name: '未受理的行', rows });
    },
  );
}

/** @throws Refusal resource.not-found for another's import; administrators see those of their region. */
async function visibleImport(api: ApiContext, account: Account, importId: string) {
  const found = await findImport(api.db, importId);
  const administers =
    account.role === 'platform-administrator' && found && isWithin(found.regionCode, account.regionCode);
  if (!found || (found.row.startedBy !== account.username && !administers)) {
    throw new Refusal('resource.not-found', '没有这次导入', { remedy: '请核对导入编号' });
  }
  return found;
}

async function viewImport(api: ApiContext, account: Account, importId: string, afterLine: number) {
  const found = await visibleImport(api, account, importId);
  const rejections = await rejectionsAfter(api.db, importId, afterLine, PAGE);
  const page = rejections.slice(0, PAGE);
  const { id, finishedAt, columns: _, ...rest } = found.row;
  const nextLine = rejections.length > PAGE ? page.at(-1)!.line : null;
  const starting = await startingOf(api, id, rest.startedAt);
  return { ...rest, importId: id, finished: finishedAt !== null, starting, rejections: page, nextLine };
}
