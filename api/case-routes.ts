/** The routes that every case type has: list, counts, one case with its reasons, and its commands for many at once. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countCases, deadlinesOf, encodeCursor, listCases } from '../db/queries/cases.ts';
import type { App } from './app.ts';
import { registerCaseBatch } from './case-batch.ts';
import { caseParams, visibleCase, type CaseNoun } from './case-commands.ts';
import { caseDetailSchema, viewCaseDetail } from './case-detail.ts';
import { caseViewSchema, viewCase } from './case-view.ts';
import { legalNow, viewContext, type ApiContext } from './context.ts';
import { signedIn } from './plugins/auth.ts';
import { problems } from './plugins/problems.ts';

export { registerCaseCommand, registerTermCommands } from './case-commands.ts';

export const caseQuery = z.object({
  stage: z.string().max(40).optional().describe('环节'),
  status: z.enum(['open', 'closed']).optional().describe('open 在办；closed 办结'),
  department: z.string().max(60).optional().describe('承办部门代码'),
  region: z
    .string()
    .regex(/^\d{6}$/, '行政区划代码为6位数字')
    .optional()
    .describe('行政区划代码（含下级）'),
  overdue: z.stringbool().optional().describe('是否逾期'),
  q: z.string().trim().max(200).optional().describe('登记编号、统一社会信用代码或名称中的文字'),
  cursor: z.string().max(600).optional().describe('上一页返回的 nextCursor'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function registerCaseQueries(app: App, api: ApiContext, { noun, tag, caseType }: CaseNoun): void {
  registerCaseBatch(app, api, { noun, tag, caseType });
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    `/api/v1/${noun}`,
    {
      schema: {
        tags: [tag],
        operationId: `${caseType}.list`,
        summary: `${tag}列表，剩余时间最少的在前`,
        querystring: caseQuery,
        response: {
          200: z.object({
            items: z.array(caseViewSchema),
            nextCursor: z.string().nullable(),
            counts: z.record(z.string(), z.number().int()).describe('按环节计数'),
          }),
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { limit, region } = request.query;
      const filter = { ...request.query, region: region && (api.reference.regions.resolve(region)?.code ?? region) };
      const found = await listCases(api.db, account, caseType, filter, legalNow(api));
      const page = found.slice(0, limit);
      const deadlines = await deadlinesOf(
        api.db,
        page.map((row) => row.case.caseId),
      );
      const context = await viewContext(api, account);
      const last = page.at(-1);
      return {
        items: page.map((row) => viewCase(row, deadlines, context)),
        nextCursor: found.length > limit && last ? encodeCursor(last) : null,
        counts: await countCases(api.db, account, caseType),
      };
    },
  );
  routes.get(
    `/api/v1/${noun}/:caseId`,
    {
      schema: {
        tags: [tag],
        operationId: `${caseType}.read`,
        summary: `${tag}详情：为何、自何时、至何时、如何计算`,
        params: caseParams,
        response: { 200: caseDetailSchema, ...problems('auth.required', 'resource.not-found') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const row = await visibleCase(api, account, caseType, request.params.caseId);
      return viewCaseDetail(api, row, await viewContext(api, account));
    },
  );
}
