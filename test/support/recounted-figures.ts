/** The figures, counted from the cases themselves by the conditions of their lists: what the rollups are tested against. */
import { and, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { LOAD, type Period } from '../../domain/oversight/statistics.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Executor } from '../../db/postgres/client.ts';
import { cases, rungs } from '../../db/schema.ts';
import { breaches, meets } from '../../db/queries/case-filter.ts';
import { visibleTo } from '../../db/queries/cases.ts';
import type { FigureScope } from '../../db/queries/figures.ts';

type Counts<Name extends string> = Record<Name, number>;

const inScope = ({ actor, conditions, legalNow }: FigureScope) => and(visibleTo(actor), meets(conditions, legalNow));

const KEYS = {
  department: sql<string | null>`${cases.departmentCode}`,
  region: sql<string>`${cases.regionCode}`,
  caseType: sql<string>`${cases.caseType}`,
  /** One group for everything. */
  nothing: sql<string>`''`,
};

export async function recountBy<Name extends string>(
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

export async function recountByDay(
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

/** Judged hits and false ones by item and keyword, in the whole province. */
export async function recountKeywords(db: Executor) {
  const { rows } = await db.execute(sql`
    select h.item_id as "itemId", h.keyword, count(*)::int as judged,
      count(*) filter (where c.facts -> 'returnReason' ->> 'reasonCode' = 'not-in-scope')::int as "falseHits"
    from registration_hits h
    join cases c on c.case_no = h.registration_no and c.case_type = 'registrationPush'
      and c.facts ->> 'chain' = h.department_code and c.round = 1 and c.stage in ('fedBack', 'returned')
    group by h.item_id, h.keyword
    order by "falseHits" desc, judged desc, h.item_id, h.keyword`);
  return rows;
}

/** Registrations found and missed by item, in the whole province. */
export async function recountItems(db: Executor) {
  const { rows } = await db.execute(sql`
    with found as (
      select item.item_id, count(distinct c.case_no)::int as found
      from cases c, jsonb_array_elements_text(c.facts -> 'itemIds') as item(item_id)
      where c.case_type = 'registrationPush' and c.stage = 'fedBack' and c.facts ->> 'claimedFromPool' = 'false'
      group by item.item_id
    ), missed as (
      select item.item_id, count(distinct c.case_no)::int as missed
      from cases c, jsonb_array_elements_text(c.facts -> 'claimedItemIds') as item(item_id)
      where c.case_type in ('poolEntry', 'registrationPush')
      group by item.item_id
    )
    select coalesce(f.item_id, m.item_id) as "itemId", coalesce(found, 0)::int as found, coalesce(missed, 0)::int as missed
    from found f full join missed m on m.item_id = f.item_id
    order by missed desc, "itemId"`);
  return rows;
}
