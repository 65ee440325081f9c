/** 统计 (第十四条、第十六条): on-time rate, load, reasons of returns, counties; each figure opens the list behind it. */
import { z } from 'zod';
import { countBy, countByDay } from '../../db/queries/figures.ts';
import { countRegistrations, type RegistrationFilter } from '../../db/queries/registrations.ts';
import { NO_DEPARTMENT, type CaseConditions, type ReturnReason } from '../../domain/worklist/case-filter.ts';
import { isKeyOf, keysOf as namesOf } from '../../domain/keys.ts';
import { returnReasonCode } from '../views/codes.ts';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { COUNTIES, daysOf, LOAD, ofRegion, rate, TIMELINESS, type Period } from '../../domain/oversight/statistics.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import type { ApiContext, App } from '../context.ts';
import {
  ask,
  asQuery,
  figure,
  figureSchema,
  percent,
  periodSchema,
  rateSchema,
  registerStatistic,
  statisticQuery,
  type Asked,
  type Figure,
} from '../statistics/statistics.ts';

type Defined = Record<string, { title: string; conditions: (period: Period) => CaseConditions }>;

const titlesOf = (figures: Defined) => Object.values(figures).map(({ title }) => title);
const countsOf = (row: Record<string, Figure>, figures: Defined) =>
  namesOf(figures).map((name) => String(row[name]?.count ?? ''));

function schemaOf<F extends object>(figures: F) {
  const shape = Object.fromEntries(namesOf(figures).map((name) => [name, figureSchema]));
  return z.object(shape as Record<keyof F & string, typeof figureSchema>);
}

/** A record with the same names. */
function each<F extends object, T>(figures: F, make: (name: keyof F & string) => T) {
  return Object.fromEntries(namesOf(figures).map((name) => [name, make(name)])) as Record<keyof F & string, T>;
}

function figuresOf<F extends Defined>(defined: F, asked: Asked, own: CaseConditions, counts: Record<keyof F, number>) {
  return each(defined, (name) => figure(counts[name], asked, { ...own, ...defined[name]!.conditions(asked.period) }));
}

function sumOf<F extends object>(figures: F, rows: Record<keyof F & string, number>[]) {
  return each(figures, (name) => rows.reduce((sum, row) => sum + row[name], 0));
}

const conditionsOf = <F extends Defined>(defined: F, { period }: Asked) =>
  each(defined, (name) => defined[name]!.conditions(period));

// ── 按时率 ──

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
  by: z.enum(namesOf(BY)),
  rows: z.array(
    timelinessFigures.extend({ key: z.string().describe('代码；none 为没有承办部门的'), title: z.string() }),
  ),
  total: timelinessFigures,
});
export type Timeliness = z.infer<typeof timelinessSchema>;
const timelinessQuery = statisticQuery.extend({
  by: z.enum(namesOf(BY)).default('department').describe('按部门、区域或事项类型'),
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

/** What stands at a city's or the province's own level is told from what stands in its counties. */
function regionTitle({ regions }: ApiContext['reference'], code: string): string {
  const region = regions.resolve(code);
  return region && region.level !== 'county' ? `${region.name}（本级）` : (region?.name ?? code);
}

async function timeliness(api: ApiContext, question: Asked, by: Dimension): Promise<Timeliness> {
  // What an organ neglects is no department's: between departments each is asked for its own alone.
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
  return { ...asked.period, by, rows, total };
}

// ── 每日工作量 ──

const loadSchema = periodSchema.extend({
  rows: z.array(z.object({ day: z.string(), figures: schemaOf(LOAD) })),
  total: z.object({ figures: schemaOf(LOAD) }),
});
export type Load = z.infer<typeof loadSchema>;

async function load(api: ApiContext, asked: Asked): Promise<Load> {
  const names = namesOf(LOAD);
  const byDay = await Promise.all(names.map((name) => countByDay(api.db, asked, name, asked.period)));
  const days = daysOf(asked.period).map((day) => ({
    day,
    counts: each(LOAD, (name) => byDay[names.indexOf(name)]!.get(day) ?? 0),
  }));
  const rows = days.map(({ day, counts }) => ({
    day,
    figures: figuresOf(LOAD, { ...asked, period: { from: day, to: day } }, {}, counts),
  }));
  // Not the sum of its days: a case may be late on several.
  const [total] = await countBy(api.db, asked, 'nothing', conditionsOf(LOAD, asked));
  const counts = total?.counts ?? each(LOAD, () => 0);
  return { ...asked.period, rows, total: { figures: figuresOf(LOAD, asked, {}, counts) } };
}

// ── 回退理由 ──

const returned = z.object({ returned: figureSchema });
const rollbackReasonsSchema = periodSchema.extend({
  rows: z.array(z.object({ reasonCode: returnReasonCode, title: z.string(), figures: returned })),
  total: z.object({ figures: returned }),
});
export type RollbackReasons = z.infer<typeof rollbackReasonsSchema>;

async function rollbackReasons(api: ApiContext, asked: Asked): Promise<RollbackReasons> {
  const { from, to } = asked.period;
  // A return closes its push.
  const all: CaseConditions = { caseType: 'registrationPush', stage: 'returned', closedFrom: from, closedTo: to };
  const conditions = each(RETURN_REASONS, (returnReason: ReturnReason) => ({ ...all, returnReason }));
  const [counted] = await countBy(api.db, asked, 'nothing', { ...conditions, all });
  const rows = namesOf(RETURN_REASONS).map((reasonCode) => ({
    reasonCode,
    title: RETURN_REASONS[reasonCode],
    figures: { returned: figure(counted?.counts[reasonCode] ?? 0, asked, conditions[reasonCode]) },
  }));
  return { from, to, rows, total: { figures: { returned: figure(counted?.counts.all ?? 0, asked, all) } } };
}

// ── 各县市区 ──

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
  const accepted: RegistrationFilter = {
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
    // A city's own level is shown where it has something of its own.
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

export default async function leaderStatisticsRoutes(app: App, api: ApiContext) {
  registerStatistic(app, {
    path: 'timeliness',
    operation: 'timeliness',
    summary: '按时率',
    querystring: timelinessQuery,
    answer: timelinessSchema,
    read: (actor, query) => timeliness(api, ask(api, actor, query), query.by),
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
  registerStatistic(app, {
    path: 'rollback-reasons',
    operation: 'rollbackReasons',
    summary: '回退理由',
    querystring: statisticQuery.omit({ caseType: true }),
    answer: rollbackReasonsSchema,
    read: (actor, query) => rollbackReasons(api, ask(api, actor, query)),
    table: ({ rows, total }) => [
      ['代码', '回退理由', '回退'],
      ...[...rows, { reasonCode: '', title: '合计', ...total }].map(({ reasonCode, title, figures }) => [
        reasonCode,
        title,
        String(figures.returned.count),
      ]),
    ],
  });
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
        String(figures.registrations?.count ?? ''),
        percent(onTimeRate),
      ]),
    ],
  });
}
