import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptRecordEvent } from '../../db/intake/record-events.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { recordEventSchema } from '../../domain/publicity/record-event-body.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const acceptedSchema = z.object({
  result: z.enum(['accepted', 'duplicate']).describe('duplicate：同一变动已归集，不重复立项'),
  recordId: z.string(),
  caseId: z.string().describe('归集公示事项'),
  stage: z.string().describe('所在环节；internalReview：待本部门另一人审核，同意后才归集'),
  late: z.boolean().describe('超过变动决定之日起7个工作日：照常受理，逾期记录保留'),
});

/** 信息的变动：变更、延续、注销、撤销、撤回、修复 (第五条第一款) */
export default async function recordEventRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/records/:recordId/events',
    {
      preParsing: requireRole('department-officer', 'department-lead'),
      schema: {
        tags: [CASE_TYPES.publication],
        operationId: 'record.submitEvent',
        summary: '归集一条已公示信息的变动：变更、延续、注销、撤销、撤回、修复；期限自变动决定之日起算',
        params: z.object({ recordId: z.string().max(64) }),
        body: recordEventSchema,
        response: {
          200: acceptedSchema.describe('同一变动已归集过'),
          201: acceptedSchema.describe('已受理'),
          ...problems(
            'input.invalid',
            'auth.required',
            'access.denied',
            'resource.not-found',
            'record.unpublished',
            'record.withdrawn',
            'record.event-unfit',
            'record.event-exists',
            'record.not-publishable',
            'calendar.insufficient',
          ),
        },
      },
    },
    async (request, reply) => {
      const outcome = await acceptRecordEvent(api, signedIn(request), request.params.recordId, request.body);
      return reply.code(outcome.result === 'accepted' ? 201 : 200).send(outcome);
    },
  );
}
