/** What all statistics share: scope, period, the list behind each figure, answers as JSON and as a file. */
import { z } from 'zod';
import { regionCodeField } from '../../domain/fields.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { FigureScope } from '../../db/queries/figures.ts';
import { addDays, dayNumber, legalDateOf } from '../../domain/clock/calendar.ts';
import { daySchema, NO_DEPARTMENT, type CaseConditions } from '../../domain/worklist/case-filter.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import type { Period } from '../../domain/oversight/statistics.ts';
import { caseTypeSchema, filterOf } from '../cases/list.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import type { TableRow } from '../http/table.ts';
import { sendTable, tableAnswer, tableQuery, type TableFormat } from '../http/table-file.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

export const figureSchema = z
  .object({
    count: z.number().int(),
    list: z
      .object({
        noun: z.enum(['cases', 'registrations']).describe('GET /api/v1/{noun}'),
        query: z.record(z.string(), z.string()),
      })
      .describe('数字背后的清单'),
  })
  .meta({ id: 'Figure' });
export type Figure = z.infer<typeof figureSchema>;

export const rateSchema = z.number().min(0).max(1).nullable().describe('按时率；null 为没有办结的');

export const statisticQuery = z.object({
  from: daySchema.optional().describe('起始日期（含），默认截止日期前30日起'),
  to: daySchema.optional().describe('截止日期（含），默认今日'),
  region: regionCodeField().optional().describe('行政区划代码（含下级），默认本区域'),
  caseType: caseTypeSchema.optional(),
});
export type StatisticQuery = z.infer<typeof statisticQuery>;

export const periodSchema = z.object({ from: z.string(), to: z.string() });

/** The question that a statistic answers. */
export interface Asked extends FigureScope {
  actor: Account;
  period: Period;
}

/** A leap year: the most days that a chart by day can show. */
const MOST_DAYS = 366;
const RECENT_DAYS = 30;

/**
 * Departments read their own figures, organs those of their region.
 * Without a period, the last thirty days: a month's first days would say nothing.
 * @param byDay whether each day has a row.
 * @throws Refusal input.invalid, access.denied
 */
export function ask(api: ApiContext, actor: Account, query: StatisticQuery, byDay = false): Asked {
  const now = legalNow(api);
  const { from, to, region, caseType } = filterOf(api, query);
  if (region !== undefined && !isWithin(region, actor.regionCode)) {
    throw new Refusal('access.denied', '该区域不在您的辖区内', {
      remedy: '请查询本区域，或由有权人员查询',
      article: '第十六条',
    });
  }
  const last = to ?? legalDateOf(now.getTime());
  const first = from ?? addDays(last, 1 - RECENT_DAYS);
  const length = dayNumber(last) - dayNumber(first) + 1;
  if (length < 1) throw new Refusal('input.invalid', '起始日期晚于截止日期', { remedy: '请更正日期' });
  if (byDay && length > MOST_DAYS) {
    throw new Refusal('input.invalid', `按日统计不得超过${MOST_DAYS}天`, { remedy: '请缩短期间' });
  }
  const department = isOfDepartment(actor) ? (actor.departmentCode ?? NO_DEPARTMENT) : undefined;
  const conditions = { department, region, caseType, ...(department !== undefined && { own: true }) };
  return { actor, period: { from: first, to: last }, conditions, legalNow: now };
}

/** A figure with the list behind it: the conditions asked for, and those of the figure. */
export function figure(count: number, { conditions }: Pick<Asked, 'conditions'>, own: CaseConditions): Figure {
  return { count, list: { noun: 'cases', query: asQuery({ ...conditions, ...own }) } };
}

export function asQuery(conditions: CaseConditions): Record<string, string> {
  const stated = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return Object.fromEntries(stated.map(([key, value]) => [key, String(value)]));
}

/** A share between 0 and 1 in percent; empty if there is none. */
export const percent = (share: number | null) => (share === null ? '' : `${(share * 100).toFixed(1)}%`);

interface Statistic<Query extends StatisticQuery, Answer extends Period> {
  /** The path's last segment. */
  path: string;
  /** The operation's name after `statistics.`; the file's operation is `export` and this name. */
  operation: string;
  summary: string;
  querystring: z.ZodObject & z.ZodType<Query>;
  answer: z.ZodType<Answer>;
  read: (actor: Account, query: Query) => Promise<Answer>;
  /** The part of the answer that is told; the file has all of it. Absent: all. */
  page?: (answer: Answer, query: Query) => Answer;
  /** The header and rows of the file. */
  table: (answer: Answer) => TableRow[];
}

/** Registers the route of a statistic and that of its file. */
export function registerStatistic<Query extends StatisticQuery, Answer extends Period>(
  app: App,
  {
    path,
    operation,
    summary,
    querystring,
    answer: answerSchema,
    read,
    page = (all) => all,
    table,
  }: Statistic<Query, Answer>,
): void {
  const tags = ['统计'];
  const errors = problems('input.invalid', 'auth.required', 'access.denied');
  app.get(
    `/api/v1/statistics/${path}`,
    {
      schema: {
        tags,
        querystring,
        operationId: `statistics.${operation}`,
        summary: `${summary}：部门看本部门，其他看本区域`,
        response: { 200: answerSchema, ...errors },
      },
    },
    async (request) => page(await read(signedIn(request), request.query as Query), request.query as Query),
  );
  app.get(
    `/api/v1/statistics/${path}/export`,
    {
      schema: {
        tags,
        querystring: querystring.extend(tableQuery),
        operationId: `statistics.export${operation[0]!.toUpperCase()}${operation.slice(1)}`,
        summary: `${summary}（CSV、XLSX）`,
        response: { 200: tableAnswer, ...errors },
      },
    },
    async (request, reply) => {
      const { format, ...query } = request.query as Query & { format: TableFormat };
      const answer = await read(signedIn(request), query as unknown as Query);
      const period = `${answer.from}_${answer.to}`;
      return sendTable(reply, format, {
        ascii: `${path}_${period}`,
        name: `${summary}_${period}`,
        rows: table(answer),
      });
    },
  );
}
