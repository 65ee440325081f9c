import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { OVERSIGHT } from '../../domain/organs/roles.ts';
import { z } from 'zod';
import { listAudit } from '../../db/queries/audit.ts';
import { auditEntrySchema, viewAudit } from '../cases/detail.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { problems } from '../plugins/problems.ts';

const entrySchema = auditEntrySchema.extend({
  id: z.number().int(),
  caseNo: z.string().describe('登记编号、文书号或名单编号'),
  enterpriseName: z.string().nullable(),
});

export type ListedAuditEntry = z.infer<typeof entrySchema>;

/** 审计日志：只增不改 (第十九条) */
export default async function auditRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/audit',
    {
      preParsing: requireRole(...OVERSIGHT),
      schema: {
        tags: ['审计'],
        operationId: 'audit.list',
        summary: '本区域的审计日志，新的在前',
        querystring: z.object({
          caseId: z.string().max(300).optional(),
          caseNo: z.string().max(100).optional().describe('登记编号、文书号等'),
          actor: z.string().max(100).optional().describe('办理人账号；system 为系统'),
          ...idPageQuery(500),
        }),
        response: {
          200: z.object({ items: z.array(entrySchema) }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const rows = await listAudit(api.db, signedIn(request), request.query);
      const items = rows.map(({ entry, caseType, caseNo, enterpriseName }) => ({
        id: entry.id,
        caseNo,
        enterpriseName,
        ...viewAudit(entry, caseType),
      }));
      return { items };
    },
  );
}
