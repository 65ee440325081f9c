/** 各县市区 (第十六条): registrations and cases of each county, and of the cities' and the province's own level. */
import { z } from 'zod';
import { countBy } from '../../db/queries/figures.ts';
import { countRegistrations, type RegistrationFilter } from '../../db/queries/registrations.ts';
import { COUNTIES, ofRegion, rate } from '../../domain/oversight/statistics.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import type { ApiContext, App } from '../context.ts';
import { conditionsOf, countsOf, each, figuresOf, regionTitle, schemaOf, sumOf, titlesOf } from './figures.ts';
import {
  ask,
  asQuery,
  figureSchema,
  percent,
  periodSchema,
  rateSchema,
  registerStatistic,
  statisticQuery,
  type Asked,
  type Figure,
} from './statistics.ts';

const countyFigures = z.object({
  figures: schemaOf(COUNTIES).extend({
    registrations: figureSchema.nullable().describe('登记信息；部门不统计，为 null'),
  }),
  onTimeRate: rateSchema,
});
const countiesSchema = periodSchema.extend({
  rows: z.array(
    countyFigures.extend({
      regionCode: z.string(),
      title: z.string(),
      level: z.string().describe('county、prefecture（市本级）、province（省本级）'),
      prefecture: z.string().nullable().describe('所属市州'),
    }),
  ),
  total: countyFigures,
});
export type Counties = z.infer<typeof countiesSchema>;

async function counties(api: ApiContext, asked: Asked): Promise<Counties> {
  const { actor, conditions, period } = asked;
  const { regions } = api.reference;
  const counted = new Map(
    (await countBy(api.db, asked, 'region', conditionsOf(COUNTIES, asked))).map(({ key, counts }) => [key, counts]),
  );
  const accepted = {
    within: actor.regionCode,
    region: conditions.region,
    acceptedFrom: period.from,
    acceptedTo: period.to,
  };
  const registered = conditions.department ? undefined : await countRegistrations(api.db, accepted);
  const none = each(COUNTIES, () => 0);
  const shown = (own: CaseConditions, counts: typeof none, registrations: number) => ({
    figures: {
      ...figuresOf(COUNTIES, asked, own, counts),
      registrations: registered ? registrationFigure(registrations, accepted, own) : null,
    },
    onTimeRate: rate(counts.closedOnTime, counts.closed),
  });
  const codes = regions.subtreeCodes(conditions.region ?? actor.regionCode);
  const rows = codes.flatMap((code) => {
    const { level, parent } = regions.resolve(code)!;
    const [counts, registrations] = [counted.get(code), registered?.get(code)];
    // A city's own level is shown only if it has registrations or cases of its own.
    if (level !== 'county' && !counts && !registrations) return [];
    const prefecture = level === 'county' && parent ? (regions.resolve(parent)?.name ?? null) : null;
    const about = { regionCode: code, title: regionTitle(api.reference, code), level, prefecture };
    return [{ ...about, ...shown(ofRegion(code), counts ?? none, registrations ?? 0) }];
  });
  const registrations = [...(registered?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  return { ...period, rows, total: shown({}, sumOf(COUNTIES, [...counted.values()]), registrations) };
}

function registrationFigure(count: number, { within: _, ...filter }: RegistrationFilter, own: CaseConditions): Figure {
  return { count, list: { noun: 'registrations', query: asQuery({ ...filter, ...own }) } };
}

export function registerCounties(app: App, api: ApiContext): void {
  registerStatistic(app, {
    path: 'counties',
    operation: 'counties',
    summary: '各县市区',
    querystring: statisticQuery,
    answer: countiesSchema,
    read: (actor, query) => counties(api, ask(api, actor, query)),
    table: ({ rows, total }) => [
      ['行政区划代码', '区域', ...titlesOf(COUNTIES), '登记信息', '按时率'],
      ...[...rows, { regionCode: '', title: '合计', ...total }].map(({ regionCode, title, figures, onTimeRate }) => [
        regionCode,
        title,
        ...countsOf(figures as Record<string, Figure>, COUNTIES),
        figures.registrations?.count ?? null,
        percent(onTimeRate),
      ]),
    ],
  });
}
