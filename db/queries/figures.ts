/**
 * Counts the figures of domain/oversight/statistics.ts from the rollups (docs/adr/0013-rollups.md). Each figure equals the
 * length of the list that its conditions find (db/queries/case-filter.ts).
 */
import { and, sql, type SQL } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import { NO_DEPARTMENT, type CaseConditions } from '../../domain/worklist/case-filter.ts';
import { LOAD, type Period } from '../../domain/oversight/statistics.ts';
import type { TallyFigure } from '../../domain/oversight/tallies.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Executor } from '../postgres/client.ts';
import { limitsOf } from './case-filter.ts';
import { inRegion } from './in-region.ts';
import { tallied, type Tallied } from './tallied.ts';
import { regionPrefix } from '../../domain/organs/region-code.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import type { Actor } from '../../domain/organs/actor.ts';

/** Whose figures, and of which cases. */
export interface FigureScope {
  actor: Actor;
  conditions: CaseConditions;
  legalNow: Date;
}

type Counts<Name extends string> = Record<Name, number>;

/** Officials of a department count its cases, organs those of their region. */
function inScope({ actor, conditions: { department, region, caseType } }: FigureScope): SQL | undefined {
  return and(
    isOfDepartment(actor)
      ? sql`department_code = ${actor.departmentCode ?? ''}`
      : inRegion(sql`region_code`, actor.regionCode),
    department === NO_DEPARTMENT ? sql`department_code is null` : undefined,
    department && department !== NO_DEPARTMENT ? sql`department_code = ${department}` : undefined,
    region ? inRegion(sql`region_code`, region) : undefined,
    caseType ? sql`case_type = ${caseType}` : undefined,
  );
}

/** The coarsest rows that the scope can be told from. */
function toldBy({ actor, conditions }: FigureScope): Tallied['by'] {
  if (isOfDepartment(actor) || conditions.department !== undefined) return 'department';
  const isCounty = [actor.regionCode, conditions.region ?? ''].some((code) => regionPrefix(code).length > 4);
  return isCounty ? 'region' : 'prefecture';
}

/** Where a figure is found among the tallies: its rows, and which of them count. */
interface Source {
  figure: TallyFigure;
  period?: Period;
  counts: SQL | undefined;
}

/** @throws Error for conditions that no tally keeps apart. */
function sourceOf(conditions: CaseConditions, legalNow: Date): Source {
  const { own, caseType, openedFrom, openedTo, closedFrom, closedTo, breachedFrom, breachedTo, ...rest } = conditions;
  const { status, overdue, late, lateKind, stage, returnReason, ...unknown } = rest;
  const ofType = caseType ? sql`case_type = ${caseType}` : undefined;
  if (Object.keys(unknown).length === 0) {
    const isOpen = status === 'open' || overdue === true;
    if (isOpen) return { figure: 'open', counts: and(ofType, overdue ? sql`due_at <= ${legalNow}` : undefined) };
    if (openedFrom && openedTo) return { figure: 'opened', period: { from: openedFrom, to: openedTo }, counts: ofType };
    if (closedFrom && closedTo) {
      const counts = and(ofType, isLate(own ? 'own' : 'late', late, lateKind), isReturned(stage, returnReason));
      return { figure: 'closed', period: { from: closedFrom, to: closedTo }, counts };
    }
    if (breachedFrom && breachedTo) {
      // A case counts once in the period: on the first of its days that lies in it.
      const isFirst = sql`(detail is null or (detail ->> 'since')::date < ${breachedFrom})`;
      const period = { from: breachedFrom, to: breachedTo };
      return { figure: own ? 'breachedOwn' : 'breached', period, counts: and(ofType, isFirst) };
    }
  }
  throw new Error(`no tally counts cases by ${keysOf(conditions).join(', ')}`);
}

function isLate(of: 'own' | 'late', late: boolean | undefined, kind: CaseConditions['lateKind']): SQL | undefined {
  const limits = sql`detail -> ${of}`;
  if (kind) return sql`coalesce(${limits} ?| ${sql.param(limitsOf(kind))}::text[], false)`;
  if (late === undefined) return undefined;
  return late ? sql`${limits} is not null` : sql`${limits} is null`;
}

function isReturned(stage: string | undefined, reason: string | undefined): SQL | undefined {
  if (reason) return sql`detail ->> 'reason' = ${reason}`;
  return stage === 'returned' ? sql`detail -> 'reason' is not null` : undefined;
}

const KEYS = {
  department: sql<string | null>`department_code`,
  region: sql<string>`region_code`,
  caseType: sql<string>`case_type`,
  /** One group for everything. */
  nothing: sql<string>`''`,
};

/**
 * Counts each figure in each group that has, or ever had, a case.
 * @returns key null for cases without a department.
 */
export async function countBy<Name extends string>(
  db: Executor,
  scope: FigureScope,
  by: keyof typeof KEYS,
  figures: Record<Name, CaseConditions>,
): Promise<{ key: string | null; counts: Counts<Name> }[]> {
  const rowsBy = toldBy(scope);
  const told = by === 'department' || (by === 'region' && rowsBy === 'prefecture') ? by : rowsBy;
  const where = inScope(scope);
  const names = keysOf(figures);
  const sources = names.map((name) => sourceOf({ own: scope.conditions.own, ...figures[name] }, scope.legalNow));
  // Rows that several figures count are read once.
  const keyOf = ({ figure, period }: Source) => `${figure} ${period?.from} ${period?.to}`;
  const read = [...new Map(sources.map((source) => [keyOf(source), source]))];
  const rows = read.map(
    ([, { figure, period }], i) =>
      sql`select ${sql.raw(String(i))} as source, * from (${tallied({ figure, by: told, ...(period && { period }) }, where)}) as rows`,
  );
  const ever = sql`select -1 as source, * from (${tallied({ figure: 'opened', by: told }, where)}) as rows`;
  const counts = sources.map((source) => {
    const isIts = sql`source = ${sql.raw(String(read.findIndex(([key]) => key === keyOf(source))))}`;
    return sql`coalesce(sum(count) filter (where ${and(isIts, source.counts)}), 0)::int`;
  });
  const { rows: found } = await db.execute<{ key: string | null; counts: number[] }>(sql`
    select ${KEYS[by]} as key, array[${sql.join(counts, sql`, `)}] as counts
    from (${sql.join([...rows, ever], sql` union all `)}) as counted
    group by 1 having sum(count) filter (where source = -1) > 0`);
  return found.map(({ key, counts: own }) => ({
    key,
    counts: Object.fromEntries(names.map((name, i) => [name, own[i]!])) as Counts<Name>,
  }));
}

/** Counts by day. A case counts once on each day on which a limit of it was breached. */
export async function countByDay(
  db: Executor,
  scope: FigureScope,
  figure: keyof typeof LOAD,
  period: Period,
): Promise<Map<LegalDate, number>> {
  const { figure: name } = sourceOf({ own: scope.conditions.own, ...LOAD[figure].conditions(period) }, scope.legalNow);
  const byDay = { figure: name, period, by: toldBy(scope), everyDay: true };
  const { rows } = await db.execute<{ day: LegalDate; count: number }>(sql`
    select day::text as day, sum(count)::int as count from (${tallied(byDay, inScope(scope))}) as rows
    group by 1 having sum(count) <> 0`);
  return new Map(rows.map((row) => [row.day, row.count]));
}
