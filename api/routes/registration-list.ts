/** 登记信息列表: the registrations that a statistic counts. For organs only: a department reads what was pushed to it. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isListed, listRegistrations } from '../../db/queries/registrations.ts';
import { daySchema } from '../../domain/worklist/case-filter.ts';
import { isSearchable, TOO_SHORT } from '../../domain/worklist/search-text.ts';
import { labelled, usccField } from '../../domain/fields.ts';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS } from '../../domain/registration/words.ts';
import { filterOf, unknownCursor } from '../cases/list.ts';
import type { ApiContext, App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { registrationEvent, registrationKind } from '../views/codes.ts';

const regionCode = z.string().regex(/^\d{6}$/, '行政区划代码为6位数字');

const registrationPageSchema = z.object({
  items: z.array(
    z.object({
      registrationNo: z.string(),
      uscc: z.string(),
      name: z.string(),
      kind: registrationKind,
      event: registrationEvent,
      regionCode: z.string(),
      registeredOn: z.string(),
      acceptedAt: z.iso.datetime(),
    }),
  ),
  nextCursor: z.string().nullable().describe('还有下一页时，作为 cursor 提交'),
});
export type RegistrationPage = z.infer<typeof registrationPageSchema>;

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
          region: regionCode.optional().describe('行政区划代码（含下级）'),
          onlyRegion: regionCode.optional().describe('行政区划代码（不含下级）'),
          acceptedFrom: daySchema.optional().describe('受理之日起'),
          acceptedTo: daySchema.optional().describe('受理之日止'),
          uscc: usccField().optional(),
          name: z
            .string()
            .trim()
            .max(200)
            .refine(isSearchable, TOO_SHORT)
            .optional()
            .describe('名称中的文字，两个字以上'),
          event: labelled(REGISTRATION_EVENTS, '登记事项', '请更正').optional().describe('登记事项'),
          kind: labelled(REGISTRATION_KINDS, '主体类型', '请更正').optional().describe('主体类型'),
          cursor: z.string().max(64).optional().describe('上一页返回的 nextCursor'),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: registrationPageSchema, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const { cursor, limit, ...query } = request.query;
      const within = signedIn(request).regionCode;
      if (cursor !== undefined && !(await isListed(api.db, within, cursor))) throw unknownCursor();
      const filter = { ...filterOf(api, query), within };
      const found = await listRegistrations(api.db, filter, cursor, limit);
      const items = found.slice(0, limit).map((row) => ({ ...row, acceptedAt: row.acceptedAt.toISOString() }));
      return { items, nextCursor: found.length > limit ? (items.at(-1)?.registrationNo ?? null) : null };
    },
  );
}
