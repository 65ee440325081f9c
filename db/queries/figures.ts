/** Counts the figures of domain/oversight/statistics.ts with the same conditions that find their lists. */
import { and, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { LOAD, type Period } from '../../domain/oversight/statistics.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, rungs } from '../schema.ts';
import { breaches, meets } from './case-filter.ts';
import { visibleTo } from './cases.ts';
import type { Actor } from '../../domain/organs/actor.ts';

/** Whose figures, and of which cases. */
export interface FigureScope {
  actor: Actor;
  conditions: CaseConditions;
  legalNow: Date;
}

type Counts<Name extends string> = Record<Name, number>;

const inScope = ({ actor, conditions, legalNow }: FigureScope) => and(visibleTo(actor), meets(conditions, legalNow));

const KEYS = {
  department: sql<string | null>`${cases.departmentCode}`,
  region: sql<string>`${cases.regionCode}`,
  caseType: sql<string>`${cases.caseType}`,
  /** One group for everything. */
  nothing: sql<string>`''`,
};

/** Counts each figure in each group. @returns key null for cases without a department. */
export async function countBy<Name extends string>(
  db: Executor,
  scope: FigureScope,
  by: keyof typeof KEYS,
  figures: Record<Name, CaseConditions>,
): Promise<{ key: string | null; counts: Counts<Name> }[]> {
  const names = keysOf(figures);
  const number = (name: Name) =>
    sql<number>`(count(*) filter (where ${meets({ own: scope.conditions.own, ...figures[name] }, scope.legalNow)}))::int`;
  const counts: Record<string, SQL<number>> = Object.fromEntries(names.map((name) => [name, number(name)]));
  const rows = await db
    .select({ key: KEYS[by].as('key'), counts })
    .from(cases)
    .where(inScope(scope))
    .groupBy(sql`key`);
  return rows.map((row) => ({ key: row.key, counts: row.counts as Counts<Name> }));
}

/** A breach at midnight belongs to the day that ended. */
const breachDay = sql`${rungs.dueAt} - interval '1 microsecond'`;

/** The day in UTC+8. */
const dayOf = (instant: SQL | AnyColumn) =>
  sql<string>`to_char((${instant}) at time zone interval '8 hours', 'YYYY-MM-DD')`;

/** Counts by day. A case counts once on each day on which a limit of it was breached. */
export async function countByDay(
  db: Executor,
  scope: FigureScope,
  figure: keyof typeof LOAD,
  period: Period,
): Promise<Map<LegalDate, number>> {
  const conditions = { own: scope.conditions.own, ...LOAD[figure].conditions(period) };
  const isIn = and(inScope(scope), meets(conditions, scope.legalNow));
  const counted = (day: SQL<string>) =>
    db.select({ day: day.as('day'), count: sql<number>`count(distinct ${cases.caseId})::int` }).from(cases);
  const query =
    figure === 'breached'
      ? counted(dayOf(breachDay)).innerJoin(rungs, breaches(conditions))
      : counted(dayOf(figure === 'opened' ? cases.openedAt : cases.closedAt));
  const rows = await query.where(isIn).groupBy(sql`day`);
  return new Map(rows.map((row) => [row.day, row.count]));
}
