import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { listCases } from '../../db/queries/cases.ts';
import { anyCaseQuery, casePageSchema, filterOf, viewPage } from '../cases/list.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

/** 各类事项：统计数字背后的清单 */
export default async function caseRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/cases',
    {
      schema: {
        tags: ['事项'],
        operationId: 'cases.list',
        summary: '各类事项，剩余时间最少的在前',
        querystring: anyCaseQuery,
        response: { 200: casePageSchema, ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const found = await listCases(api.db, account, filterOf(api, request.query), legalNow(api));
      return viewPage(api, account, found, request.query.limit);
    },
  );
}
