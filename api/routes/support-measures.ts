import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { enterSupportMeasure } from '../../db/intake/support-measures.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { supportMeasureEntrySchema } from '../../domain/case-types/support-measure/entry.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const enteredSchema = z.object({
  result: z.enum(['entered', 'duplicate']).describe('duplicate：同一扶持已录入，不重复立项'),
  caseId: z.string(),
});

/** 小微企业扶持：录入、审批、公示 (第十条) */
export default async function supportMeasureRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/support-measures',
    {
      preParsing: requireRole('department-officer', 'department-lead'),
      schema: {
        tags: [CASE_TYPES.supportMeasure],
        operationId: 'supportMeasure.enter',
        summary: '录入一项对小型、微型企业的扶持；由本部门另一人审批后公示于企业名下',
        body: supportMeasureEntrySchema,
        response: {
          200: enteredSchema.describe('同一扶持已录入过'),
          201: enteredSchema.describe('已录入'),
          ...problems(
            'input.invalid',
            'department.unknown',
            'auth.required',
            'access.denied',
            'resource.not-found',
            'support-measure.exists',
          ),
        },
      },
    },
    async (request, reply) => {
      const outcome = await enterSupportMeasure(api, signedIn(request), request.body);
      return reply.code(outcome.result === 'entered' ? 201 : 200).send(outcome);
    },
  );
  registerCaseQueries(app, api, 'supportMeasure');
  registerCaseCommands(app, api, 'supportMeasure');
}
