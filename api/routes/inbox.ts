import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listNotices, markRead } from '../../db/queries/inbox.ts';
import { URGENCIES } from '../../domain/notices/subscription.ts';
import type { ApiContext, App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { problems } from '../plugins/problems.ts';

const noticeSchema = z.object({
  id: z.number().int(),
  caseId: z.string(),
  topic: z.string(),
  urgency: z.enum(URGENCIES).describe('info 告知；reminder 提醒；breach 逾期；supervision 督办'),
  title: z.string(),
  body: z.string(),
  article: z.string(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export type Notice = z.infer<typeof noticeSchema>;

/** 站内信：提醒、逾期、督办 */
export default async function inboxRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/api/v1/inbox',
    {
      schema: {
        tags: ['站内信'],
        operationId: 'inbox.list',
        summary: '本人可见的通知，新的在前',
        querystring: z.object({
          unread: z.stringbool().optional(),
          caseId: z.string().max(300).optional(),
          ...idPageQuery(200, 50),
        }),
        response: { 200: z.object({ items: z.array(noticeSchema) }), ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request) => {
      const rows = await listNotices(api.db, signedIn(request), request.query);
      const items = rows.map(({ notice, readAt }) => ({
        ...notice,
        at: notice.at.toISOString(),
        readAt: readAt?.toISOString() ?? null,
      }));
      return { items };
    },
  );
  routes.post(
    '/api/v1/inbox/read',
    {
      schema: {
        tags: ['站内信'],
        operationId: 'inbox.markRead',
        summary: '标为已读',
        body: z.object({ ids: z.array(z.number().int().positive()).min(1).max(500) }),
        response: { 200: z.object({ read: z.number().int() }), ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request) => ({ read: await markRead(api.db, signedIn(request), request.body.ids) }),
  );
}
