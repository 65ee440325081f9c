import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publishCalendar } from '../../db/reference/calendar-publication.ts';
import { calendarRollouts, findCalendar } from '../../db/queries/calendar.ts';
import {
  calendarPublicationSchema,
  closureSchema,
  nextVersion,
  withClosure,
} from '../../domain/clock/calendar-publication.ts';
import { Refusal } from '../../domain/errors.ts';
import type { ApiContext, App } from '../context.ts';
import { requireProvince, requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { limitCode } from '../views/codes.ts';

const TAG = '基础数据管理';

const dated = z.object({
  dueDate: z.string(),
  provisional: z.boolean(),
  rungs: z.record(z.string(), z.string()).describe('提醒、逾期记录与转督查督办的日期'),
});

const previewSchema = z
  .object({
    version: z.string(),
    affected: z.number().int().describe('届满日、“暂定”状态或督办日期将改变的在办期限数'),
    examples: z
      .array(
        z.object({
          caseId: z.string(),
          caseNo: z.string().describe('登记编号、文书号或名单编号'),
          enterpriseName: z.string().nullable(),
          limitId: limitCode,
          before: dated,
          after: dated,
        }),
      )
      .describe('其中前100个'),
  })
  .meta({ id: 'CalendarPreview' });

const rolloutSchema = z.object({
  version: z.string(),
  validThrough: z.string(),
  source: z.string(),
  reason: z.string().nullable(),
  publishedBy: z.string().nullable(),
  affected: z.number().int().nullable().describe('发布时受影响的在办期限数'),
  remaining: z.number().int().nullable().describe('送达结束时仍未更新的事项数，应为0；空为送达中'),
  finishedAt: z.iso.datetime().nullable().describe('全部在办事项重算完毕的时间'),
});

const dryRun = z.object({ dryRun: z.stringbool().default(false).describe('true：只显示影响，不发布') });
const ERRORS = ['input.invalid', 'auth.required', 'access.denied', 'calendar.rewrites-past'] as const;

/** 工作日历：载入年度通知、临时放假，重算在办事项的期限 (行政许可法第八十二条) */
export default async function adminCalendarRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const administrators = [requireRole('platform-administrator'), requireProvince];
  const answer = { 200: previewSchema.describe('影响预览'), 201: previewSchema.describe('已发布') };

  routes.post(
    '/api/v1/admin/calendars',
    {
      preParsing: administrators,
      schema: {
        tags: [TAG],
        operationId: 'calendar.publish',
        summary: '载入新的工作日历，重算全部在办事项的期限',
        querystring: dryRun,
        body: calendarPublicationSchema,
        response: { ...answer, ...problems(...ERRORS) },
      },
    },
    async (request, reply) => {
      const { calendar, reason } = request.body;
      const { dryRun: isDry } = request.query;
      const found = await publishCalendar(api, signedIn(request), () => calendar, reason, isDry);
      return reply.code(isDry ? 200 : 201).send(found);
    },
  );

  routes.post(
    '/api/v1/admin/calendars/closures',
    {
      preParsing: administrators,
      schema: {
        tags: [TAG],
        operationId: 'calendar.close',
        summary: '全省临时放假或调休：在现行日历上生成新版本',
        querystring: dryRun,
        body: closureSchema,
        response: { ...answer, ...problems(...ERRORS) },
      },
    },
    async (request, reply) => {
      const closure = request.body;
      const { dryRun: isDry } = request.query;
      const found = await publishCalendar(
        api,
        signedIn(request),
        (inForce) => withClosure(inForce, closure, nextVersion(inForce.version)),
        closure.reason,
        isDry,
      );
      return reply.code(isDry ? 200 : 201).send(found);
    },
  );

  routes.get(
    '/api/v1/admin/calendars',
    {
      preParsing: requireRole('platform-administrator', 'auditor', 'supervisor'),
      schema: {
        tags: [TAG],
        operationId: 'calendar.versions',
        summary: '工作日历的全部版本及其送达情况，新的在前',
        response: { 200: z.object({ items: z.array(rolloutSchema) }), ...problems('auth.required', 'access.denied') },
      },
    },
    async () => ({ items: await versions(api) }),
  );

  routes.get(
    '/api/v1/admin/calendars/:version',
    {
      preParsing: requireRole('platform-administrator', 'auditor', 'supervisor'),
      schema: {
        tags: [TAG],
        operationId: 'calendar.read',
        summary: '一个版本的送达情况',
        params: z.object({ version: z.string().max(40) }),
        response: {
          200: rolloutSchema.extend({ calendar: z.record(z.string(), z.unknown()).describe('日历内容') }),
          ...problems('auth.required', 'access.denied', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const { version } = request.params;
      const found = (await versions(api)).find((one) => one.version === version);
      const row = await findCalendar(api.db, version);
      if (!found) throw new Refusal('resource.not-found', '没有这个版本的日历', { remedy: '请核对版本号' });
      return { ...found, calendar: row?.content as Record<string, unknown> };
    },
  );
}

async function versions({ db }: ApiContext): Promise<z.infer<typeof rolloutSchema>[]> {
  const rows = await calendarRollouts(db);
  return rows.map(({ calendar, rollout, reason }) => ({
    version: calendar.version,
    validThrough: calendar.validThrough,
    source: (calendar.content as { source: string }).source,
    reason,
    publishedBy: rollout?.startedBy ?? null,
    affected: rollout?.affected ?? null,
    remaining: rollout?.remaining ?? null,
    finishedAt: rollout?.finishedAt?.toISOString() ?? null,
  }));
}
