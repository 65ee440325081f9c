import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { OVERSIGHT } from '../../domain/organs/roles.ts';
import { z } from 'zod';
import { listRestrictionQueries } from '../../db/queries/restriction-queries.ts';
import { restrictionsInForce } from '../../db/queries/restrictions.ts';
import { restrictionQuerySchema } from '../../domain/case-types/sanction-notice/restriction-query-body.ts';
import { Refusal } from '../../domain/errors.ts';
import { checkUscc, normaliseUscc } from '../../domain/uscc.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { problems } from '../plugins/problems.ts';
import { answerQuery, answerSchema, rowsOf } from '../restrictions/query.ts';
import { restrictionSchema, viewRestrictions } from '../views/restriction.ts';

const TAGS = ['联合惩戒'];

/** Called in the handler, so after the sign-in check. @throws Refusal uscc.invalid */
function checkedUscc(given: string): string {
  const uscc = normaliseUscc(given);
  const check = checkUscc(uscc);
  if (!check.ok) throw new Refusal('uscc.invalid', check.message, { remedy: '请核对后重新查询' });
  return uscc;
}

/** 企业受到的限制：各部门办理审批、招标、资助等事项前查询 (第九条第一款) */
export default async function restrictionRoutes(app: App, api: ApiContext) {
  registerSingle(app, api);
  registerMany(app, api);
  registerLog(app, api);
}

function registerSingle(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/enterprises/:uscc/restrictions',
    {
      schema: {
        tags: TAGS,
        operationId: 'enterprise.restrictions',
        summary: '企业现受（或某日所受）的限制措施（第九条第一款）',
        params: z.object({ uscc: z.string().max(100).describe('统一社会信用代码') }),
        querystring: z.object({
          asOf: z.iso.date('日期格式为 YYYY-MM-DD').optional().describe('某日终了时有效的限制；缺省为现在'),
        }),
        response: {
          200: z.object({ uscc: z.string(), restricted: z.boolean(), items: z.array(restrictionSchema) }),
          ...problems('uscc.invalid', 'auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const uscc = checkedUscc(request.params.uscc);
      const { asOf } = request.query;
      const rows = await restrictionsInForce(api.db, [uscc], asOf ? { day: asOf } : { now: legalNow(api) });
      const items = await viewRestrictions(api, rows);
      return { uscc, restricted: items.length > 0, items };
    },
  );
}

function registerMany(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const refusals = problems('input.invalid', 'uscc.invalid', 'auth.required');
  routes.post(
    '/api/v1/restrictions/query',
    {
      schema: {
        tags: TAGS,
        operationId: 'restriction.query',
        summary:
          '批量查询：多个企业现受（或某日所受）的限制措施，按所问的顺序答复；查询留痕（第九条第一款、第十九条第二款）',
        body: restrictionQuerySchema,
        response: { 200: answerSchema, ...refusals },
      },
    },
    async (request) => answerQuery(api, signedIn(request), request.body, false),
  );
  routes.post(
    '/api/v1/restrictions/download',
    {
      schema: {
        tags: TAGS,
        operationId: 'restriction.download',
        summary: '批量查询的结果（CSV、XLSX）；没有限制的企业也各占一行',
        querystring: z.object(tableQuery),
        body: restrictionQuerySchema,
        response: { 200: tableAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await answerQuery(api, signedIn(request), request.body, true);
      const name = `限制查询${answer.asOf}`;
      return sendTable(reply, request.query.format, { ascii: 'restrictions', name, rows: rowsOf(answer) });
    },
  );
}

const loggedSchema = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    username: z.string().describe('账号'),
    departmentCode: z.string().nullable(),
    departmentName: z.string().nullable(),
    personAsking: z.string().describe('查询人'),
    asOf: z.iso.date(),
    codes: z.array(z.string()).describe('所查询的统一社会信用代码'),
    restricted: z.number().int().describe('其中受限制的企业数'),
    downloaded: z.boolean().describe('下载的，为 true'),
  })
  .meta({ id: 'LoggedRestrictionQuery' });

export type LoggedRestrictionQuery = z.infer<typeof loggedSchema>;

function registerLog(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/restrictions/queries',
    {
      preParsing: requireRole(...OVERSIGHT),
      schema: {
        tags: TAGS,
        operationId: 'restriction.queries',
        summary: '本区域账号的批量查询记录，新的在前；只增不改（第十九条第二款）',
        querystring: z.object({
          ...idPageQuery(100),
        }),
        response: {
          200: z.object({ items: z.array(loggedSchema) }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const { departments } = api.reference;
      const logged = await listRestrictionQueries(api.db, signedIn(request), request.query);
      const items = logged.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        departmentName: departments.get(row.departmentCode ?? '')?.name ?? null,
      }));
      return { items };
    },
  );
}
