/** 发布公示：不涉及审批的登记信息，供各部门查询、下载、认领 (第七条第二、三款) */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { claimPublished } from '../../db/intake/published.ts';
import { listPublished, pagesOfPublished, type PublishedFilter } from '../../db/queries/published.ts';
import { labelled } from '../../domain/fields.ts';
import { DEPARTMENT } from '../../domain/organs/roles.ts';
import { PUBLISHED_STANDINGS } from '../../domain/registration/published.ts';
import { publishedClaimSchema } from '../../domain/registration/published-claim.ts';
import { checkItems } from '../cases/named-items.ts';
import { commandResultSchema } from '../cases/commands.ts';
import { filterOf } from '../cases/list.ts';
import type { ApiContext, App } from '../context.ts';
import { cursorPageSchema } from '../http/cursor-pages.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { REGISTRATION_HEADER, registrationCells } from '../import/registration-table.ts';
import type { TableRow } from '../http/table.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { publishedStanding } from '../views/codes.ts';
import {
  listedRegistration,
  refuseUnknownCursor,
  registrationConditions,
  registrationPage,
  registrationPageQuery,
  searchField,
} from '../views/registration-list.ts';

const TAG = '登记信息公示';
const PATH = '/api/v1/published-registrations';

const query = z.object({
  q: searchField().optional().describe('登记编号的开头、统一社会信用代码，或名称、经营范围中的文字，两个字以上'),
  standing: labelled(PUBLISHED_STANDINGS, '认领与否', '请更正').optional().describe('认领与否；缺省为全部'),
  ...registrationConditions,
});

const pageSchema = cursorPageSchema(
  listedRegistration.extend({
    acceptedAt: z.iso.datetime().describe('公示时间'),
    scope: z.string().describe('经营范围'),
    published: publishedStanding.describe('认领与否；由哪个部门认领不公开'),
  }),
);
export type PublishedPage = z.infer<typeof pageSchema>;

export default async function publishedRegistrationRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    PATH,
    {
      schema: {
        tags: [TAG],
        operationId: 'publishedRegistration.list',
        summary: '本区域公示的、不涉及审批的登记信息，新公示的在前；没有期限，认领后立案',
        querystring: query.extend(registrationPageQuery),
        response: { 200: pageSchema, ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request) => {
      const { cursor, limit, ...asked } = request.query;
      const within = signedIn(request).regionCode;
      await refuseUnknownCursor(api, within, cursor);
      return registrationPage(
        await listPublished(api.db, { ...filterOf(api, asked), within }, { before: cursor, limit }),
        limit,
      );
    },
  );

  routes.get(
    `${PATH}/download`,
    {
      schema: {
        tags: [TAG],
        operationId: 'publishedRegistration.download',
        summary: '下载公示的登记信息（CSV、XLSX）',
        querystring: query.extend(tableQuery),
        response: { 200: tableAnswer, ...problems('input.invalid', 'auth.required') },
      },
    },
    async (request, reply) => {
      const { format, ...asked } = request.query;
      const rows = fileRows(api, { ...filterOf(api, asked), within: signedIn(request).regionCode });
      return sendTable(reply, format, { ascii: 'published-registrations', name: '登记信息公示', rows });
    },
  );

  routes.post(
    `${PATH}/:registrationNo/claim`,
    {
      preParsing: requireRole(...DEPARTMENT),
      schema: {
        tags: [TAG],
        operationId: 'publishedRegistration.claim',
        summary: '认领公示的登记信息，先认领者承办（第七条第二款）',
        params: z.object({ registrationNo: z.string().max(64) }),
        headers: idempotencyHeader,
        body: publishedClaimSchema,
        response: {
          200: commandResultSchema.describe('由此产生的推送'),
          ...problems(
            'input.invalid',
            'auth.required',
            'access.denied',
            'resource.not-found',
            'department.unknown',
            'pool.already-claimed',
            'idempotency.key-reused',
          ),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { registrationNo } = request.params;
      checkItems(api, request.body.itemIds);
      return claimPublished(api, account, { registrationNo, body: request.body, key: keyOf(request) });
    },
  );
}

/** Reads page by page: what a province has published is never held in memory whole. */
async function* fileRows(api: ApiContext, filter: PublishedFilter): AsyncGenerator<TableRow> {
  yield [...REGISTRATION_HEADER, '公示时间', '认领与否'];
  for await (const page of pagesOfPublished(api.db, filter)) {
    for (const row of page) yield [...registrationCells(row), row.acceptedAt, PUBLISHED_STANDINGS[row.published]];
  }
}
