/** domain/worklist/case-filter.ts as SQL conditions: for lists, and for the figures that lead to them. */
import { and, eq, gt, gte, inArray, isNull, lt, lte, not, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { endOfDay, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { NO_DEPARTMENT, type CaseConditions } from '../../domain/worklist/case-filter.ts';
import { LIMITS, WITHDRAWN, type LimitKind } from '../../domain/clock/limits.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, rungs } from '../schema.ts';
import { inRegion } from './in-region.ts';

function between(column: AnyColumn, from: LegalDate | undefined, to: LegalDate | undefined): (SQL | undefined)[] {
  return [
    from ? gte(column, new Date(startOfDay(from))) : undefined,
    to ? lt(column, new Date(endOfDay(to))) : undefined,
  ];
}

/** For a rung: no new calendar has withdrawn it. */
export const isNotWithdrawn = sql`not exists (
  select from rungs as taken where taken.case_id = ${rungs.caseId} and taken.limit_id = ${rungs.limitId}
    and taken.ladder = ${rungs.ladder} and taken.rung = ${WITHDRAWN})`;

interface BreachConditions extends Pick<CaseConditions, 'lateKind' | 'own' | 'breachedFrom' | 'breachedTo'> {
  /** Whether so few limits of the kind were breached that their breaches lead to the cases. */
  isRare?: boolean;
}

export const limitsOf = (kind: LimitKind) => keysOf(LIMITS).filter((limitId) => LIMITS[limitId].kind === kind);

/**
 * Which rungs are the breaches asked for. Withdrawn ones do not count. A limit ends with its last day, so a breach at
 * that instant belongs to that day, not to the next.
 */
export function breaches({ lateKind, own, breachedFrom: from, breachedTo: to }: BreachConditions): SQL | undefined {
  return and(
    eq(rungs.caseId, cases.caseId),
    eq(rungs.rung, 'due'),
    isNotWithdrawn,
    own ? sql`${rungs.answering} is not distinct from ${cases.departmentCode}` : undefined,
    lateKind ? inArray(rungs.limitId, limitsOf(lateKind)) : undefined,
    from ? gt(rungs.dueAt, new Date(startOfDay(from))) : undefined,
    to ? lte(rungs.dueAt, new Date(endOfDay(to))) : undefined,
  );
}

const RARE = 1000;

/** Whether breaches of the kind are so few, in all the record, that a list collects them. */
export async function areRare(db: Executor, { lateKind }: Pick<CaseConditions, 'lateKind'>): Promise<boolean> {
  if (!lateKind) return false;
  const found = db
    .select({ one: sql`1` })
    .from(rungs)
    .where(and(eq(rungs.rung, 'due'), inArray(rungs.limitId, limitsOf(lateKind))))
    .limit(RARE + 1);
  const { rows } = await db.execute<{ count: number }>(sql`select count(*)::int as count from (${found}) as found`);
  return rows[0]!.count <= RARE;
}

/**
 * Tests the case's own mark first: most cases have none, and need no search in `rungs`. Breaches of some days, and rare
 * ones, are found first, and lead to their cases. Others are looked up for each case that a list reads: `offset` keeps
 * PostgreSQL from collecting all that there ever were.
 */
const isBreached = (conditions: BreachConditions) => {
  const collected = conditions.breachedFrom || conditions.breachedTo || conditions.isRare;
  return sql`(${cases.breachedAt} is not null
    and exists (select from ${rungs} where ${breaches(conditions)} ${collected ? sql`` : sql`offset 0`}))`;
};

/** What only returned pushes have need not be searched for among all cases. */
export const RETURNED = { caseType: 'registrationPush', stage: 'returned' } as const;
const isReturned = and(eq(cases.caseType, RETURNED.caseType), eq(cases.stage, RETURNED.stage));

/** By remaining time; cases without a running limit last. The indexes of the lists have this expression. */
export const dueOrNever = sql`coalesce(${cases.dueAt}, 'infinity')`;

/** The conditions as SQL; undefined if there are none. @param isRare see `areRare`. */
export function meets(conditions: CaseConditions, legalNow: Date, isRare = false): SQL | undefined {
  const { caseType, stage, status, department, region, onlyRegion, overdue, late, own, returnReason } = conditions;
  const { lateKind, breachedFrom, breachedTo } = conditions;
  const isLate = late === true || lateKind || breachedFrom || breachedTo;
  return and(
    caseType ? eq(cases.caseType, caseType) : undefined,
    stage ? eq(cases.stage, stage) : undefined,
    status ? eq(cases.status, status) : undefined,
    department === NO_DEPARTMENT ? isNull(cases.departmentCode) : undefined,
    department && department !== NO_DEPARTMENT ? eq(cases.departmentCode, department) : undefined,
    region ? inRegion(cases.regionCode, region) : undefined,
    onlyRegion ? eq(cases.regionCode, onlyRegion) : undefined,
    overdue === true ? and(eq(cases.status, 'open'), sql`${dueOrNever} <= ${legalNow.toISOString()}`) : undefined,
    overdue === false ? sql`${dueOrNever} > ${legalNow.toISOString()}` : undefined,
    isLate ? isBreached({ lateKind, own, breachedFrom, breachedTo, isRare }) : undefined,
    late === false ? not(isBreached({ own })) : undefined,
    ...between(cases.openedAt, conditions.openedFrom, conditions.openedTo),
    ...between(cases.closedAt, conditions.closedFrom, conditions.closedTo),
    returnReason
      ? and(isReturned, sql`${cases.facts} -> 'returnReason' ->> 'reasonCode' = ${returnReason}`)
      : undefined,
  );
}
