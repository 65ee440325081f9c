/** An account's tasks: domain/worklist/tasks.ts as SQL conditions. */
import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import type { CaseType } from '../../domain/case/id.ts';
import type { RequirementId } from '../../domain/case-types/case-types.ts';
import { MOST_COUNTED } from '../../domain/worklist/counting.ts';
import { offersTo, turnsOf, type Turn } from '../../domain/worklist/tasks.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, deadlines } from '../schema.ts';
import type { Branch } from './case-pages.ts';
import { listWhere, type CaseFilter, type ListedCase } from './cases.ts';
import { inRegion } from './in-region.ts';
import { isCounty } from '../../domain/organs/region-code.ts';
import type { Actor } from '../../domain/organs/actor.ts';

/** Requirements of a task's action that depend on the case's facts. */
const isReviewed = sql`${cases.facts} ->> 'internalReview' = 'true'`;

const isOfCourt = sql`${cases.facts} ->> 'list' = 'court-debtor'`;

const HOLDS: Partial<Record<RequirementId, (actor: Actor) => SQL>> = {
  'not-the-applicant': ({ username }) => sql`${cases.facts} ->> 'appliedBy' is distinct from ${username}`,
  'is-event': () => sql`${cases.facts} ? 'event'`,
  'internal-review': () => isReviewed,
  'no-internal-review': () => sql`(${isReviewed}) is not true`,
  'extension-requested': () => sql`${cases.facts} -> 'extension' ->> 'state' = 'requested'`,
  'another-person': ({ username }) => sql`${cases.facts} -> 'extension' ->> 'requestedBy' is distinct from ${username}`,
  'not-criticised': () => sql`${cases.facts} -> 'criticised' is null`,
  'no-criticism-pending': () =>
    sql`coalesce(${cases.facts} -> 'criticism' ->> 'state', '') not in ('proposed', 'heard')`,
  'hearing-open': () => sql`${cases.facts} -> 'criticism' ->> 'state' = 'proposed'`,
  heard: () => sql`${cases.facts} -> 'criticism' ->> 'state' = 'heard'`,
  uninvolved: ({ username }) =>
    and(
      sql`${cases.facts} ->> 'acceptedBy' is distinct from ${username}`,
      sql`${cases.facts} ->> 'proposedBy' is distinct from ${username}`,
    )!,
  'of-court': () => isOfCourt,
  'not-of-court': () => sql`(${isOfCourt}) is not true`,
  'appeal-pending': () => sql`${cases.facts} -> 'appeal' ->> 'state' = 'pending'`,
};

function holds(id: RequirementId, actor: Actor): SQL {
  const condition = HOLDS[id];
  if (!condition) throw new Error(`${id} cannot be asked of rows`);
  return condition(actor);
}

type Demand = readonly RequirementId[];

/** Drops demands that include all of another action's: the smaller set decides. */
function leastDemands(demands: Demand[]): Demand[] {
  const isMore = (more: Demand, less: Demand) => less.length < more.length && less.every((id) => more.includes(id));
  const least = demands.filter((demand) => !demands.some((other) => isMore(demand, other)));
  return [...new Map(least.map((demand) => [demand.join(), demand])).values()];
}

function placeOf(performer: Turn['deed']['performer'], { departmentCode, regionCode }: Actor): SQL {
  if (performer === 'holder') return eq(cases.departmentCode, departmentCode ?? '');
  return performer === 'sameLevel' ? eq(cases.regionCode, regionCode) : inRegion(cases.regionCode, regionCode);
}

function groups<T>(all: T[], keyOf: (one: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return [...found.values()];
}

/** Cases in a stage that meet the demands of one of its actions: all cases, if an action demands nothing. */
function inStage(ofStage: Turn[], actor: Actor): SQL {
  const { caseType, stage } = ofStage[0]!;
  const demands = leastDemands(ofStage.map(({ deed }) => deed.requires ?? []));
  const met = demands.map((demand) => and(...demand.map((id) => holds(id, actor))));
  return and(eq(cases.caseType, caseType), eq(cases.stage, stage), or(...met))!;
}

/** One for each place, because the indexes lead to places: what a department holds, what its region has to decide. */
const branchesOf = (turns: Turn[], actor: Actor): Branch[] =>
  groups(turns, ({ deed }) => deed.performer).map((inPlace) => {
    const { performer } = inPlace[0]!.deed;
    const stages = groups(inPlace, ({ caseType, stage }) => `${caseType} ${stage}`);
    return {
      where: and(placeOf(performer, actor), or(...stages.map((ofStage) => inStage(ofStage, actor)))),
      status: 'open',
      isNarrow: performer === 'holder' || performer === 'sameLevel' || isCounty(actor.regionCode),
    };
  });

function anyOf(turns: Turn[], actor: Actor): SQL {
  const places = branchesOf(turns, actor).map(({ where }) => where);
  return and(eq(cases.status, 'open'), places.length > 0 ? or(...places) : sql`false`)!;
}

/** The cases that wait for the actor. */
export const tasksOf = (actor: Actor): SQL => anyOf(turnsOf(actor.role), actor);

/** The most urgent first; cases without a running limit (suspended, or not yet begun) last. */
export const listTasks = (
  db: Executor,
  actor: Actor,
  { due, ...filter }: CaseFilter & { due?: Ends },
  horizon: Horizon,
): Promise<ListedCase[]> => {
  const branches = branchesOf(turnsOf(actor.role), actor).map(({ where, ...branch }) => ({
    ...branch,
    where: and(where, due && endsBy(due, horizon)),
  }));
  return branches.length > 0 ? listWhere(db, branches, filter, horizon.now) : Promise.resolve([]);
};

interface Horizon {
  now: Date;
  /** 24:00 of today, and of the second working day from now. */
  today: Date;
  within2: Date;
}

type Ends = 'today' | 'within2';

/** Counts any limit that still runs: a breached norm must not hide a statutory limit after it. */
function endsBy(ends: Ends, horizon: Horizon): SQL {
  const [now, end] = [horizon.now.toISOString(), horizon[ends].toISOString()];
  // A case's own date is that of its first limit. If it is later than the end, no limit ends before.
  return sql`${cases.dueAt} <= ${end} and exists (
    select from ${deadlines} where ${deadlines.caseId} = ${cases.caseId} and ${deadlines.settledAt} is null
      and ${deadlines.suspendedAt} is null and ${deadlines.dueAt} > ${now} and ${deadlines.dueAt} <= ${end})`;
}

interface TaskCount {
  caseType: CaseType;
  stage: string;
  todo: number;
  dueToday: number;
  dueWithin2: number;
  overdue: number;
}

/** Numbers of tasks by case type and stage. */
export async function countTasks(db: Executor, actor: Actor, horizon: Horizon): Promise<TaskCount[]> {
  const number = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  return db
    .select({
      caseType: cases.caseType,
      stage: cases.stage,
      todo: sql<number>`count(*)::int`,
      dueToday: number(endsBy('today', horizon)),
      dueWithin2: number(endsBy('within2', horizon)),
      overdue: number(sql`${cases.dueAt} <= ${horizon.now.toISOString()}`),
    })
    .from(cases)
    .where(tasksOf(actor))
    .groupBy(cases.caseType, cases.stage)
    .orderBy(cases.caseType, cases.stage);
}

/** The number of cases offered to the account's region, which are not its tasks; up to MOST_COUNTED. */
export async function countClaimable(db: Executor, actor: Actor): Promise<number> {
  const offered = db
    .select({ caseId: cases.caseId })
    .from(cases)
    .where(anyOf(offersTo(actor.role), actor))
    .limit(MOST_COUNTED);
  return db.$count(offered.as('offered'));
}
