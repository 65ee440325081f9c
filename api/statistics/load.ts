/** 每日工作量 (第十六条): what came in, was done and became late, day by day. */
import { z } from 'zod';
import { countBy, countByDay } from '../../db/queries/figures.ts';
import { daysOf, LOAD } from '../../domain/oversight/statistics.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ApiContext, App } from '../context.ts';
import { conditionsOf, countsOf, each, figuresOf, schemaOf, titlesOf } from './figures.ts';
import { ask, periodSchema, registerStatistic, statisticQuery, type Asked } from './statistics.ts';

const loadSchema = periodSchema.extend({
  rows: z.array(z.object({ day: z.string(), figures: schemaOf(LOAD) })),
  total: z.object({ figures: schemaOf(LOAD) }),
});
export type Load = z.infer<typeof loadSchema>;

async function load(api: ApiContext, asked: Asked): Promise<Load> {
  const names = keysOf(LOAD);
  const byDay = await Promise.all(names.map((name) => countByDay(api.db, asked, name, asked.period)));
  const days = daysOf(asked.period).map((day) => ({
    day,
    counts: each(LOAD, (name) => byDay[names.indexOf(name)]!.get(day) ?? 0),
  }));
  const rows = days.map(({ day, counts }) => ({
    day,
    figures: figuresOf(LOAD, { ...asked, period: { from: day, to: day } }, {}, counts),
  }));
  // Not the sum of the days: a case may be late on several.
  const [total] = await countBy(api.db, asked, 'nothing', conditionsOf(LOAD, asked));
  const counts = total?.counts ?? each(LOAD, () => 0);
  return { ...asked.period, rows, total: { figures: figuresOf(LOAD, asked, {}, counts) } };
}

export function registerLoad(app: App, api: ApiContext): void {
  registerStatistic(app, {
    path: 'load',
    operation: 'load',
    summary: '每日工作量',
    querystring: statisticQuery,
    answer: loadSchema,
    read: (actor, query) => load(api, ask(api, actor, query, true)),
    table: ({ rows, total }) => [
      ['日期', ...titlesOf(LOAD)],
      ...[...rows, { day: '合计', ...total }].map(({ day, figures }) => [day, ...countsOf(figures, LOAD)]),
    ],
  });
}
