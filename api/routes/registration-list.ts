/** 登记信息列表: the registrations that a statistic counts. For organs only: a department reads what was pushed to it. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listRegistrations } from '../../db/queries/registrations.ts';
import { usccField } from '../../domain/fields.ts';
import { filterOf } from '../cases/list.ts';
import type { ApiContext, App } from '../context.ts';
import { cursorPageSchema } from '../http/cursor-pages.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import {
  listedRegistration,
  refuseUnknownCursor,
  registrationConditions,
  registrationPage,
  registrationPageQuery,
  searchField,
} from '../views/registration-list.ts';

const pageSchema = cursorPageSchema(listedRegistration);
export type RegistrationPage = z.infer<typeof pageSchema>;

export function registerRegistrationList(app: App, api: ApiContext, tag: string): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/registrations',
    {
      preParsing: requireRole('registering-authority', 'platform-administrator', 'supervisor', 'auditor'),
      schema: {
        tags: [tag],
        operationId: 'registration.list',
        summary: '本区域的登记信息，新受理的在前',
        querystring: z.object({
          ...registrationConditions,
          uscc: usccField().optional(),
          name: searchField().optional().describe('名称中的文字，两个字以上'),
          ...registrationPageQuery,
        }),
        response: { 200: pageSchema, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const { cursor, limit, ...query } = request.query;
      const within = signedIn(request).regionCode;
      await refuseUnknownCursor(api, within, cursor);
      return registrationPage(
        await listRegistrations(api.db, { ...filterOf(api, query), within }, { before: cursor, limit }),
        limit,
      );
    },
  );
}
