/** The routes that every case type has: list, counts, one case with its reasons, and its commands for many at once. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countCases, listCases } from '../../db/queries/cases.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { MOST_COUNTED } from '../../domain/worklist/counting.ts';
import { CASE_TYPES, NOUNS } from '../../domain/case-types/case-types.ts';
import { registerCaseBatch } from './batch.ts';
import { caseParams, visibleCase } from './commands.ts';
import { caseDetailSchema, viewCaseDetail } from './detail.ts';
import { casePageSchema, caseQuery, filterOf, viewPage } from './list.ts';
import { legalNow, viewContext, type ApiContext, type App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

export function registerCaseQueries(app: App, api: ApiContext, caseType: CaseType): void {
  const noun = NOUNS[caseType];
  const tag = CASE_TYPES[caseType];
  registerCaseBatch(app, api, caseType);
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
          200: casePageSchema.extend({
            counts: z.record(z.string(), z.number().int()).describe(`按环节计数，各最多计到${MOST_COUNTED}`),
          }),
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const filter = { ...filterOf(api, request.query), caseType };
      const found = await listCases(api.db, account, filter, legalNow(api));
      return {
        ...(await viewPage(api, account, found, request.query.limit)),
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
