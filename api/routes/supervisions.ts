import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { openSupervision } from '../../db/intake/supervisions.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { openSupervisionSchema } from '../../domain/case-types/supervision/order.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { groundsToPropose, keepDocument, refuseGroundless } from '../cases/criticism.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

/** 督查督办 (第十六条、第十七条) */
export default async function supervisionRoutes(app: App, api: ApiContext) {
  registerOpening(app, api);
  registerCaseQueries(app, api, 'supervision');
  registerCaseCommands(app, api, 'supervision', {
    proposeCriticism: {
      prepare: async (body, { case: row }) => ({ ...body, grounds: await groundsToPropose(api, row) }),
    },
    criticise: {
      async prepare(body, { case: row }) {
        await refuseGroundless(api, row);
        return body;
      },
    },
    recordCriticism: {
      async prepare(document, { case: row }, account) {
        await refuseGroundless(api, row);
        await keepDocument(api, row, account, document);
        return document;
      },
    },
  });
}

function registerOpening(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/supervisions',
    {
      preParsing: requireRole('supervisor'),
      schema: {
        tags: [CASE_TYPES.supervision],
        operationId: 'supervision.open',
        summary: '立项督办（第十七条）：针对逾期的期限，或以督办编号针对其他情形',
        body: openSupervisionSchema,
        response: {
          200: z.object({
            result: z.enum(['opened', 'duplicate']).describe('duplicate：同一督办已立项，不重复立项'),
            caseId: z.string(),
          }),
          ...problems(
            'input.invalid',
            'department.unknown',
            'auth.required',
            'access.denied',
            'resource.not-found',
            'supervision.exists',
            'supervision.not-overdue',
          ),
        },
      },
    },
    async (request) => openSupervision(api, signedIn(request), request.body),
  );
}
