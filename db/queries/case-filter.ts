/** domain/worklist/case-filter.ts as SQL conditions: for lists, and for the figures that lead to them. */
import {
  and,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  isNull,
  like,
  lt,
  lte,
  not,
  or,
  sql,
  type AnyColumn,
  type SQL,
} from 'drizzle-orm';
import { endOfDay, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { NO_DEPARTMENT, type CaseConditions } from '../../domain/worklist/case-filter.ts';
import { LIMITS, WITHDRAWN, type LimitKind } from '../../domain/clock/limits.ts';
import { keysOf } from '../../domain/keys.ts';
import { cases, enterprises, registrations, rungs } from '../schema.ts';
import { inRegion } from './in-region.ts';

/** Escapes LIKE's wildcards in what a person typed. */
export const literal = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

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

type BreachConditions = Pick<CaseConditions, 'lateKind' | 'own' | 'breachedFrom' | 'breachedTo'>;

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

/** Tests the case's own mark first: most cases have none, and need no search in `rungs`. */
const isBreached = (conditions: BreachConditions) =>
  sql`(${cases.breachedAt} is not null and exists (select from ${rungs} where ${breaches(conditions)}))`;

/** The conditions as SQL; undefined if there are none. */
export function meets(conditions: CaseConditions, legalNow: Date): SQL | undefined {
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
    overdue === true ? and(eq(cases.status, 'open'), lte(cases.dueAt, legalNow)) : undefined,
    overdue === false ? or(isNull(cases.dueAt), gt(cases.dueAt, legalNow)) : undefined,
    isLate ? isBreached({ lateKind, own, breachedFrom, breachedTo }) : undefined,
    late === false ? not(isBreached({ own })) : undefined,
    ...between(cases.openedAt, conditions.openedFrom, conditions.openedTo),
    ...between(cases.closedAt, conditions.closedFrom, conditions.closedTo),
    returnReason ? sql`${cases.facts} -> 'returnReason' ->> 'reasonCode' = ${returnReason}` : undefined,
  );
}

/** Characters that numbers and credit codes have and few names have: letters, digits, the bracket around a year. */
const OF_NUMBERS = /[0-9A-Za-z〔]/;

/**
 * The business scope of a pool entry's enterprise: departments search it for their own (第七条). A lookup by key for each
 * row is cheap, because the pool is small beside all registrations.
 */
const poolScope = sql`case when ${cases.caseType} = 'poolEntry'
  then (select ${registrations.scope} from ${registrations} where ${registrations.registrationNo} = ${cases.caseNo}) end`;

/**
 * Searches a matter's number or a credit code by its beginning, a name or a pool entry's scope by any part. What looks
 * like a number is searched with one condition for each, because a condition on two tables joined by `or` can use no
 * index. Words of names occur in so many rows that reading the list in its order finds the first page sooner.
 */
export function mentions(text: string): SQL | undefined {
  const [beginning, part] = [`${literal(text)}%`, `%${literal(text)}%`];
  if (!OF_NUMBERS.test(text)) {
    return or(like(cases.caseNo, beginning), ilike(enterprises.name, part), ilike(poolScope, part));
  }
  return sql`${cases.caseId} in (
    select case_id from cases where case_no like ${beginning}
    union all select case_id from cases where uscc = ${text.toUpperCase()}
    union all select case_id from cases where uscc in (select uscc from enterprises where name ilike ${part}))`;
}
