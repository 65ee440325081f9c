import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { regionCodeField } from '../../domain/fields.ts';
import { calendarVersions, currentCalendar } from '../../db/queries/calendar.ts';
import { addWorkingDays, explainDeadline } from '../../domain/clock/deadlines.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import { regionSchema } from '../../domain/organs/regions.ts';
import type { ApiContext, App } from '../context.ts';
import { problems } from '../plugins/problems.ts';
import { regionLevel, rungCode, scopeSection } from '../views/codes.ts';
import { qualifierSchema } from '../views/qualifier.ts';

const TAG = '基础数据';
const date = z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期');

/** 基础数据：区划、部门、目录、期限、日历 */
export default async function referenceRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    '/api/v1/regions',
    {
      schema: {
        tags: [TAG],
        operationId: 'region.list',
        summary: '行政区划（GB/T 2260）：省、市州、县区（功能区在内），上级在前',
        security: [],
        response: { 200: z.object({ items: z.array(regionSchema) }), ...problems() },
      },
    },
    async () => ({ items: api.reference.regions.all }),
  );

  routes.get(
    '/api/v1/sectors',
    {
      schema: {
        tags: [TAG],
        operationId: 'sector.list',
        summary: '行业：部门代码中区划代码之后的部分，及其名称和职责',
        security: [],
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                levels: z.array(regionLevel).describe('设置层级'),
                basis: z.string().describe('职责说明'),
              }),
            ),
          }),
          ...problems(),
        },
      },
    },
    async () => ({ items: [...api.reference.sectors.values()] }),
  );

  routes.get(
    '/api/v1/departments',
    {
      schema: {
        tags: [TAG],
        operationId: 'department.list',
        summary: '部门：本区域及其上级',
        security: [],
        querystring: z.object({ region: regionCodeField() }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                code: z.string(),
                sector: z.string(),
                regionCode: z.string(),
                name: z.string(),
                retired: z.boolean().describe('已撤销：不再向其推送'),
              }),
            ),
          }),
          ...problems('input.invalid'),
        },
      },
    },
    async (request) => {
      const covering = new Set(api.reference.regions.ancestors(request.query.region).map((region) => region.code));
      const items = [...api.reference.departments.values()].filter((d) => covering.has(d.regionCode));
      return { items: items.map((department) => ({ ...department, retired: Boolean(department.retiredAt) })) };
    },
  );

  routes.get(
    '/api/v1/limits',
    {
      schema: {
        tags: [TAG],
        operationId: 'limit.list',
        summary: '期限：法定期限与办理时限，及其提醒、逾期、督办阶梯',
        security: [],
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                title: z.string(),
                workingDays: z.number().int(),
                kind: z.enum(['statutory', 'norm']),
                article: z.string(),
                ladder: z.array(z.object({ rung: rungCode, title: z.string() })),
              }),
            ),
          }),
          ...problems(),
        },
      },
    },
    async () => ({
      items: Object.entries(LIMITS).map(([id, limit]) => ({
        id,
        ...limit,
        ladder: limit.ladder.map((rung) => ({ rung, title: RUNGS[rung].title })),
      })),
    }),
  );

  routes.get(
    '/api/v1/deadlines',
    {
      schema: {
        tags: [TAG],
        operationId: 'deadline.compute',
        summary: '计算期限并逐日说明',
        security: [],
        querystring: z.object({ start: date, days: z.coerce.number().int().min(1).max(1000) }),
        response: {
          200: z.object({
            due: z.string(),
            provisional: z.boolean(),
            calendarVersion: z.string(),
            days: z.array(
              z.object({
                date: z.string(),
                working: z.boolean(),
                reason: z.string(),
                count: z.number().int().nullable(),
                provisional: z.boolean(),
              }),
            ),
          }),
          ...problems('input.invalid', 'calendar.insufficient'),
        },
      },
    },
    async ({ query: { start, days } }) => {
      const calendar = await currentCalendar(api.db);
      return { ...addWorkingDays(calendar, start, days), days: explainDeadline(calendar, start, days) };
    },
  );

  routes.get(
    '/api/v1/calendars',
    {
      schema: {
        tags: [TAG],
        operationId: 'calendar.list',
        summary: '工作日历的版本',
        security: [],
        response: {
          200: z.object({
            current: z.string(),
            items: z.array(z.object({ version: z.string(), validThrough: z.string() })),
          }),
          ...problems(),
        },
      },
    },
    async () => {
      const items = await calendarVersions(api.db);
      return { current: (await currentCalendar(api.db)).version, items };
    },
  );

  routes.get(
    '/api/v1/catalogue',
    {
      schema: {
        tags: [TAG],
        operationId: 'catalogue.read',
        summary: '后置审批事项目录（在用版本）',
        security: [],
        response: {
          200: z.object({ version: z.string(), items: z.array(z.record(z.string(), z.unknown())) }),
          ...problems(),
        },
      },
    },
    async () => ({
      version: api.reference.catalogueVersion,
      items: [...api.reference.items.values()].map((item) => ({ ...item })),
    }),
  );

  routes.post(
    '/api/v1/catalogue/try',
    {
      schema: {
        tags: [TAG],
        operationId: 'catalogue.try',
        summary: '试匹配：经营范围命中哪些事项，及其依据',
        body: z.object({ scope: z.string().max(20_000, '经营范围不得超过20000字') }),
        response: {
          200: z.object({
            catalogueVersion: z.string(),
            items: z.array(z.string()).describe('须经审批的事项；依限定只须备案或者无须办理的见 hits'),
            hits: z.array(
              z.object({
                itemId: z.string(),
                keyword: z.string(),
                clause: z.string(),
                start: z.number().int(),
                end: z.number().int(),
                section: scopeSection.nullable(),
                qualifier: qualifierSchema.optional().describe('经营范围中的限定，因此只须备案或者无须办理'),
              }),
            ),
          }),
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async ({ body }) => api.reference.match(body.scope),
  );
}
