import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { OVERSIGHT } from '../../domain/organs/roles.ts';
import { z } from 'zod';
import type { Account } from '../../db/queries/accounts.ts';
import { itemStatistics, keywordStatistics } from '../../db/queries/matching-quality.ts';
import type { ApiContext, App } from '../context.ts';
import type { TableRow } from '../http/table.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { percent } from '../statistics/statistics.ts';
import { keysOf } from '../../domain/keys.ts';

const PATH = '/api/v1/statistics/matching';
const share = z.number().min(0).max(1).nullable();
const matchingSchema = z.object({
  keywords: z.array(
    z.object({
      itemId: z.string(),
      keyword: z.string(),
      judged: z.number().int(),
      falseHits: z.number().int(),
      precision: share,
    }),
  ),
  items: z.array(z.object({ itemId: z.string(), found: z.number().int(), missed: z.number().int(), recall: share })),
});
const TABLES = { keywords: '关键词查准率', items: '事项查全率' } as const;
const exportQuery = z.object({
  of: z.enum(keysOf(TABLES)).default('keywords').describe('关键词的查准率，或事项的查全率'),
  ...tableQuery,
});

/** 关键词质量：回退理由和公示认领反映出的查准率、查全率 */
export default async function matchingQualityRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const preParsing = requireRole('registering-authority', 'government', ...OVERSIGHT);
  routes.get(
    PATH,
    {
      preParsing,
      schema: {
        tags: ['统计'],
        operationId: 'statistics.matching',
        summary: '关键词的查准率（依回退理由）和事项的查全率（依公示认领）',
        response: { 200: matchingSchema, ...problems('auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      return { keywords: await keywordStatistics(api.db, account), items: await itemStatistics(api.db, account) };
    },
  );
  routes.get(
    `${PATH}/export`,
    {
      preParsing,
      schema: {
        tags: ['统计'],
        operationId: 'statistics.exportMatching',
        summary: '关键词质量（CSV、XLSX）',
        querystring: exportQuery,
        response: {
          200: tableAnswer,
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request, reply) => {
      const { of, format } = request.query;
      const rows = await tableOf(api, signedIn(request), of);
      return sendTable(reply, format, { ascii: `matching-${of}`, name: TABLES[of], rows });
    },
  );
}

async function tableOf(api: ApiContext, account: Account, of: keyof typeof TABLES): Promise<TableRow[]> {
  const nameOf = (id: string) => api.reference.items.get(id)?.name ?? id;
  if (of === 'items') {
    const items = await itemStatistics(api.db, account);
    return [
      ['事项编号', '后置审批事项', '推送', '漏推', '查全率'],
      ...items.map(({ itemId, found, missed, recall }) => [itemId, nameOf(itemId), found, missed, percent(recall)]),
    ];
  }
  const keywords = await keywordStatistics(api.db, account);
  return [
    ['关键词', '事项编号', '后置审批事项', '已判断', '误推', '查准率'],
    ...keywords.map(({ itemId, keyword, judged, falseHits, precision }) => [
      keyword,
      itemId,
      nameOf(itemId),
      judged,
      falseHits,
      percent(precision),
    ]),
  ];
}
