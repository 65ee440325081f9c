import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiContext, App } from '../context.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_LIMIT } from '../http/public-limit.ts';
import { receiptParams, receiptProgressSchema, viewReceipt } from '../views/receipt.ts';

/** 回执查询：反映、举报，一个入口 */
export default async function receiptRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/public/receipts/:receiptNo',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: ['公众反映'],
        operationId: 'receipt.progress',
        summary: '凭回执号查询办理进度：数据更正、举报',
        security: [],
        params: receiptParams,
        response: { 200: receiptProgressSchema, ...problems('input.invalid', 'resource.not-found') },
      },
    },
    async ({ params }) => viewReceipt(api, params.receiptNo),
  );
}
