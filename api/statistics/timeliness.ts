/** 按时率 (第十六条): how much was done in time, by department, region or case type. */
import { z } from 'zod';
import { countBy } from '../../db/queries/figures.ts';
import { isKeyOf, keysOf } from '../../domain/keys.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { ofRegion, rate, TIMELINESS } from '../../domain/oversight/statistics.ts';
import { NO_DEPARTMENT, type CaseConditions } from '../../domain/worklist/case-filter.ts';
import type { ApiContext, App } from '../context.ts';
import { onPage, rowPageQuery } from '../http/row-pages.ts';
import { conditionsOf, countsOf, figuresOf, regionTitle, schemaOf, sumOf, titlesOf } from './figures.ts';
import { ask, percent, periodSchema, rateSchema, registerStatistic, statisticQuery, type Asked } from './statistics.ts';

const BY = { department: '部门', region: '区域', caseType: '事项类型' } as const;
type Dimension = keyof typeof BY;

const timelinessFigures = z.object({
  figures: schemaOf(TIMELINESS),
  onTimeRate: rateSchema.describe(
    '按时率：各期限（含办理时限）均未逾期的占办结的比例，按部门统计时只计由承办部门负责的期限；null 为没有办结的',
  ),
  statutoryOnTimeRate: rateSchema.describe('法定期限按时率：法定期限未逾期的占办结的比例'),
});
const timelinessSchema = periodSchema.extend({
  by: z.enum(keysOf(BY)),
  rows: z.array(
    timelinessFigures.extend({ key: z.string().describe('代码；none 为没有承办部门的'), title: z.string() }),
  ),
  rowCount: z.number().int().describe('全部行数；rows 为其中一页'),
  total: timelinessFigures.describe('全部行的合计'),
});
export type Timeliness = z.infer<typeof timelinessSchema>;
const timelinessQuery = statisticQuery.extend({
  by: z.enum(keysOf(BY)).default('department').describe('按部门、区域或事项类型'),
  ...rowPageQuery,
});

const ROW_OF: Record<Dimension, (key: string) => CaseConditions> = {
  department: (key) => ({ department: key }),
  region: ofRegion,
  caseType: (key) => (isKeyOf(CASE_TYPES, key) ? { caseType: key } : {}),
};

function titleOf({ reference }: ApiContext, by: Dimension, key: string): string {
  if (by === 'caseType') return isKeyOf(CASE_TYPES, key) ? CASE_TYPES[key] : key;
  if (by === 'region') return regionTitle(reference, key);
  return key === NO_DEPARTMENT ? '没有承办部门（公示、裁定等）' : (reference.departments.get(key)?.name ?? key);
}

async function timeliness(api: ApiContext, question: Asked, by: Dimension): Promise<Timeliness> {
  // Compare departments only on limits they answer for, not on those of organs.
  const own = by === 'department' ? true : question.conditions.own;
  const asked = { ...question, conditions: { ...question.conditions, own } };
  const counted = await countBy(api.db, asked, by, conditionsOf(TIMELINESS, asked));
  const shown = (row: CaseConditions, counts: (typeof counted)[number]['counts']) => ({
    figures: figuresOf(TIMELINESS, asked, row, counts),
    onTimeRate: rate(counts.closedOnTime, counts.closed),
    statutoryOnTimeRate: rate(counts.closed - counts.closedLateStatutory, counts.closed),
  });
  const rows = counted.map(({ key, counts }) => {
    const code = key ?? NO_DEPARTMENT;
    return { key: code, title: titleOf(api, by, code), ...shown(ROW_OF[by](code), counts) };
  });
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  const total = shown(
    {},
    sumOf(
      TIMELINESS,
      counted.map(({ counts }) => counts),
    ),
  );
  return { ...asked.period, by, rows, rowCount: rows.length, total };
}

export function registerTimeliness(app: App, api: ApiContext): void {
  registerStatistic(app, {
    path: 'timeliness',
    operation: 'timeliness',
    summary: '按时率',
    querystring: timelinessQuery,
    answer: timelinessSchema,
    read: (actor, query) => timeliness(api, ask(api, actor, query), query.by),
    page: (answer, query) => ({ ...answer, rows: onPage(answer.rows, query) }),
    table: ({ by, rows, total }) => [
      ['代码', BY[by], ...titlesOf(TIMELINESS), '按时率', '法定期限按时率'],
      ...[...rows, { key: '', title: '合计', ...total }].map(
        ({ key, title, figures, onTimeRate, statutoryOnTimeRate }) => [
          key,
          title,
          ...countsOf(figures, TIMELINESS),
          percent(onTimeRate),
          percent(statutoryOnTimeRate),
        ],
      ),
    ],
  });
}
