/**
 * One page of cases in the order of remaining time. Each kind of list reads an index in this order and stops when its page
 * is full, however many cases there are. A condition joined by `or`, or one for open and closed cases, would be read whole
 * and sorted: it is asked as branches instead, each by its index, and the first of all are the page.
 */
import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { STAGES } from '../../domain/case-types/case-types.ts';
import { addDays, type LegalDate } from '../../domain/clock/calendar.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { isCounty } from '../../domain/organs/region-code.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import type { Executor } from '../postgres/client.ts';
import { cases } from '../schema.ts';
import { dueOrNever, RETURNED } from './case-filter.ts';
import { inRegion } from './in-region.ts';

type Status = 'open' | 'closed';

/** Some of a list's cases. */
export interface Branch {
  where: SQL | undefined;
  /** Absent: open and closed ones. */
  status?: Status;
  /** Whether the cases are those of one department or county, so few that an index by place leads to them. */
  isNarrow: boolean;
}

/**
 * What an account may see. Officials of a department: their department's cases, and the pool of their region. Organs: the
 * cases of their region. Nobody sees another department's case.
 */
export function visibleBranches(actor: Actor): Branch[] {
  const here = inRegion(cases.regionCode, actor.regionCode);
  const isNarrow = isCounty(actor.regionCode);
  if (!isOfDepartment(actor)) return [{ where: here, isNarrow }];
  const own = eq(cases.departmentCode, actor.departmentCode ?? '');
  const pool = and(eq(cases.caseType, 'poolEntry'), here);
  return [
    { where: own, isNarrow: true },
    { where: pool, status: 'open', isNarrow },
  ];
}

/**
 * 监管: pushes that another department holds and whose enterprise this one supervises (第七条第二款). They are read singly or asked
 * for; lists of what an account works on have its own cases only.
 */
export function supervisedBranches(actor: Actor): Branch[] {
  // As in the index: PostgreSQL uses it only where the condition says the same.
  const isSupervised = sql`${cases.facts} ? 'supervisedBy'`;
  const here = inRegion(cases.regionCode, actor.regionCode);
  if (!isOfDepartment(actor)) return [{ where: and(isSupervised, here), isNarrow: isCounty(actor.regionCode) }];
  const byOwn = sql`${cases.facts} -> 'supervisedBy' ? ${actor.departmentCode ?? ''}`;
  return [{ where: and(eq(cases.caseType, 'registrationPush'), isSupervised, byOwn), isNarrow: true }];
}

interface Place {
  due: string;
  caseId: string;
}

interface Asked {
  conditions: CaseConditions;
  where: SQL | undefined;
  after: Place | undefined;
  limit: number;
}

/** @returns a condition that only the cases of the page meet. */
export function onPage(db: Executor, branches: readonly Branch[], { where, after, limit, ...asked }: Asked): SQL {
  const conditions = asked.conditions.returnReason ? { ...RETURNED, ...asked.conditions } : asked.conditions;
  const isPast = after && sql`(${dueOrNever}, ${cases.caseId}) > (${after.due}::timestamptz, ${after.caseId})`;
  const picks = branches.flatMap((branch) =>
    statusesOf(branch, conditions).map((status) => {
      const condition = and(branch.where, eq(cases.status, status), where, isPast);
      if (isNarrow(branch, conditions)) return pick(db, condition, limit);
      const { caseType } = conditions;
      if (caseType) return byStage(db, condition, { ...conditions, caseType }, limit);
      const days = daysOf(conditions);
      return days ? byDay(db, condition, days, limit) : pick(db, condition, limit);
    }),
  );
  if (picks.length === 0) return sql`false`;
  const [only] = picks;
  if (picks.length === 1 && only) return sql`${cases.caseId} in (select case_id from ${only} as page)`;
  return sql`${cases.caseId} in (
    select case_id from (${sql.join(
      picks.map((one) => sql`select * from ${one} as branch`),
      // Not `union all`: a case that two branches have counts once.
      sql` union `,
    )}) as page order by due, case_id limit ${limit})`;
}

function statusesOf(branch: Branch, { status, overdue, closedFrom, closedTo }: CaseConditions): Status[] {
  const isClosed = closedFrom !== undefined || closedTo !== undefined;
  const implied = overdue === true ? 'open' : isClosed ? 'closed' : undefined;
  const asked = status ?? implied;
  if (branch.status && asked && branch.status !== asked) return [];
  const one = branch.status ?? asked;
  return one ? [one] : ['open', 'closed'];
}

const isNarrow = (branch: Branch, { department, region, onlyRegion }: CaseConditions) =>
  branch.isNarrow || department !== undefined || onlyRegion !== undefined || (region !== undefined && isCounty(region));

function pick(db: Executor, where: SQL | undefined, limit: number): SQL {
  const first = db
    .select({ caseId: cases.caseId, due: sql`${dueOrNever}`.as('due') })
    .from(cases)
    .where(where)
    .orderBy(dueOrNever, asc(cases.caseId))
    .limit(limit);
  return sql`(${first})`;
}

interface Days {
  column: typeof cases.openedAt | typeof cases.closedAt;
  from: LegalDate;
  to: LegalDate;
}

/** Of longer periods, the order of all cases soon gives a page. */
const MOST_DAYS = 400;

/** The days on which the cases were closed or opened, if the list is one of such days. */
function daysOf({ closedFrom, closedTo, openedFrom, openedTo }: CaseConditions): Days | undefined {
  const days = [
    { column: cases.closedAt, from: closedFrom, to: closedTo },
    { column: cases.openedAt, from: openedFrom, to: openedTo },
  ];
  for (const { column, from, to } of days) {
    if (from !== undefined && to !== undefined && addDays(from, MOST_DAYS) > to) return { column, from, to };
  }
  return undefined;
}

/** Day by day, because the cases of a month would be collected and sorted. */
function byDay(db: Executor, where: SQL | undefined, { column, from, to }: Days, limit: number): SQL {
  const ofDay = and(sql`legal_day(${column}) = asked.day`, where);
  return sql`(select picked.* from (
      select day::date from generate_series(${from}::timestamp, ${to}::timestamp, interval '1 day') as day) as asked,
    lateral ${pick(db, ofDay, limit)} as picked order by due, case_id limit ${limit})`;
}

/** For many cases of one type: stage by stage, because stages of few cases would be searched for among all. */
function byStage(
  db: Executor,
  where: SQL | undefined,
  { caseType, stage }: CaseConditions & { caseType: CaseType },
  limit: number,
): SQL {
  if (stage !== undefined) return pick(db, where, limit);
  const stages = Object.keys(STAGES[caseType]);
  const ofStage = and(eq(cases.caseType, caseType), sql`${cases.stage} = asked.stage`, where);
  return sql`(select picked.* from unnest(${sql.param(stages)}::text[]) as asked (stage),
    lateral ${pick(db, ofStage, limit)} as picked order by due, case_id limit ${limit})`;
}
