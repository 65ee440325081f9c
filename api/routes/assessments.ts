import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { regionCodeField } from '../../domain/fields.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { assessMonth, type AssessmentScope } from '../../db/queries/assessment.ts';
import { assessmentRow, ASSESSMENT_COLUMNS } from '../../domain/oversight/assessment-table.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { onPage, rowPageQuery } from '../http/row-pages.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const count = z.number().int();
const share = z.object({ total: count, good: count });

const assessmentSchema = z
  .object({
    month: z.string(),
    formulaVersion: z.string().describe('考核办法版本，见 docs/assessment.md'),
    digest: z.string().describe('所依据审计日志的 SHA-256；npm run -s assess 得出同一数值'),
    departments: z.array(
      z.object({
        departmentCode: z.string(),
        departmentName: z.string(),
        score: z.number().nullable().describe('0 至 100；null 为当月没有可考核的事项'),
        shares: z.object({ statutory: share, norm: share, supervision: share, returns: share }),
        breaches: count,
        usedDays: count.describe('按时办理的事项所用工作日'),
        allowedDays: count.describe('按时办理的事项的期限工作日'),
        supervised: count,
        criticised: count,
        corrected: count,
      }),
    ),
    departmentCount: count.describe('全部部门数；departments 为其中一页'),
    regions: z.array(
      z.object({ regionCode: z.string(), departments: count, breaches: count, score: z.number().nullable() }),
    ),
  })
  .meta({ id: 'Assessment' });

export type Assessment = z.infer<typeof assessmentSchema>;

const querystring = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '月份格式为 YYYY-MM')
    // The measures took effect in November 2016.
    .refine((month) => month >= '2016-11', '办法自2016年11月起施行，此前没有考核')
    .optional()
    .describe('考核月份，默认本月'),
  region: regionCodeField().optional().describe('行政区划代码（含下级），默认本区域'),
});

const pageQuery = querystring.extend({
  ...rowPageQuery,
  order: z.enum(['code', 'score', '-score']).default('code').describe('部门按代码、得分由低到高或由高到低排列'),
});

const ERRORS = problems('input.invalid', 'auth.required', 'access.denied');

/** 考核 (第十六条) */
export default async function assessmentRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const inTurn = oneAtATime();
  // One computation at a time, whoever asks: it uses one connection at most.
  const assess = (scope: AssessmentScope) => inTurn('assessment', () => assessMonth(api.db, scope));
  // Runs before validation, so that roles without access are told so whatever the query.
  const preParsing = requireRole(
    'supervisor',
    'government',
    'auditor',
    'platform-administrator',
    'department-officer',
    'department-lead',
  );
  const about = { tags: ['考核'], querystring };
  routes.get(
    '/api/v1/assessments',
    {
      preParsing,
      schema: {
        ...about,
        querystring: pageQuery,
        operationId: 'assessment.read',
        summary: '月度考核（第十六条）：督查、审计、管理人员看本区域，部门看本部门',
        response: { 200: assessmentSchema, ...ERRORS },
      },
    },
    async (request) => {
      const { query } = request;
      const assessment = await assess(scopeOf(api, signedIn(request), query));
      const departments = onPage(inOrder(assessment.departments, query.order), query);
      return { ...assessment, departments, departmentCount: assessment.departments.length };
    },
  );
  routes.get(
    '/api/v1/assessments/export',
    {
      preParsing,
      schema: {
        ...about,
        operationId: 'assessment.export',
        summary: '月度考核表（CSV、XLSX）',
        querystring: querystring.extend(tableQuery),
        response: { 200: tableAnswer, ...ERRORS },
      },
    },
    async (request, reply) => {
      const { format, ...query } = request.query;
      const { departments, month } = await assess(scopeOf(api, signedIn(request), query));
      const rows = [ASSESSMENT_COLUMNS, ...departments.map(assessmentRow)];
      return sendTable(reply, format, { ascii: `assessment-${month}`, name: `月度考核_${month}`, rows });
    },
  );
}

type Department = Assessment['departments'][number];

/** Those without a score stand where the lowest do. */
function inOrder(departments: readonly Department[], order: z.infer<typeof pageQuery>['order']): readonly Department[] {
  if (order === 'code') return departments;
  const sign = order === 'score' ? 1 : -1;
  return departments.toSorted((a, b) => sign * ((a.score ?? -1) - (b.score ?? -1)));
}

/** @throws Refusal access.denied for a region that is not the account's. */
function scopeOf(api: ApiContext, account: Account, asked: z.infer<typeof querystring>): AssessmentScope {
  const { departmentCode, regionCode } = account;
  const { region, month = legalDateOf(legalNow(api).getTime()).slice(0, 7) } = asked;
  if (departmentCode !== null) return { month, departmentCode };
  if (region !== undefined && !isWithin(region, regionCode)) {
    throw new Refusal('access.denied', '该区域不在您的辖区内', {
      remedy: '请查询本区域，或由有权人员查询',
      article: '第十六条',
    });
  }
  return { month, regionCode: region ?? regionCode };
}
