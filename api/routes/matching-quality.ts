import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { itemStatistics, keywordStatistics } from '../../db/queries/matching-quality.ts';
import type { App } from '../app.ts';
import type { ApiContext } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const share = z.number().min(0).max(1).nullable();

/** 关键词质量：回退理由和公示认领反映出的查准率、查全率 */
export default async function matchingQualityRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/statistics/matching',
    {
      preParsing: requireRole('registering-authority', 'platform-administrator', 'supervisor', 'auditor'),
      schema: {
        tags: ['统计'],
        operationId: 'statistics.matching',
        summary: '关键词的查准率（依回退理由）和事项的查全率（依公示认领）',
        response: {
          200: z.object({
            keywords: z.array(
              z.object({
                itemId: z.string(),
                keyword: z.string(),
                judged: z.number().int(),
                falseHits: z.number().int(),
                precision: share,
              }),
            ),
            items: z.array(
              z.object({ itemId: z.string(), found: z.number().int(), missed: z.number().int(), recall: share }),
            ),
          }),
          ...problems('auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      return { keywords: await keywordStatistics(api.db, account), items: await itemStatistics(api.db, account) };
    },
  );
}
