import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { enterCreditRepair } from '../../db/intake/credit-repairs.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { creditRepairEntrySchema } from '../../domain/case-types/credit-repair/entry.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { registerListingContent } from './listing-content.ts';

const enteredSchema = z.object({
  result: z.enum(['entered', 'duplicate']).describe('duplicate：同一申请已录入，不重复立项'),
  caseId: z.string(),
});

/** 信用修复：申请、受理、决定 (第九条第一款) */
export default async function creditRepairRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/credit-repairs',
    {
      preParsing: requireRole('registering-authority', 'department-officer', 'department-lead'),
      schema: {
        tags: [CASE_TYPES.creditRepair],
        operationId: 'creditRepair.enter',
        summary: '录入企业的信用修复申请；由列入机关受理，一人拟定、另一人决定',
        body: creditRepairEntrySchema,
        response: {
          200: enteredSchema.describe('同一申请已录入过'),
          201: enteredSchema.describe('已录入'),
          ...problems(
            'input.invalid',
            'calendar.insufficient',
            'auth.required',
            'access.denied',
            'resource.not-found',
            'attachment.unknown',
            'listing.court-only',
            'listing.minimum-publicity',
            'case.closed',
            'credit-repair.pending',
            'credit-repair.exists',
          ),
        },
      },
    },
    async (request, reply) => {
      const outcome = await enterCreditRepair(api, signedIn(request), request.body);
      return reply.code(outcome.result === 'entered' ? 201 : 200).send(outcome);
    },
  );
  registerCaseQueries(app, api, 'creditRepair');
  registerListingContent(app, api, 'creditRepair');
  registerCaseCommands(app, api, 'creditRepair');
}
