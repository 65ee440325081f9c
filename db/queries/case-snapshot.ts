/**
 * Cases as the database holds them: enough to start their workflows, at first or after Temporal lost its data or someone
 * terminated them.
 */
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { legalDateOf, type LegalDate, type WorkCalendar } from '../../domain/clock/calendar.ts';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { RecordedStep } from '../../domain/case/recorded-step.ts';
import { STEPS_CARRIED, type Begun, type CaseSnapshot, type DutySnapshot } from '../../domain/case/snapshot.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { reminderBehind, rungOrder, WITHDRAWN, type Rung } from '../../domain/clock/limits.ts';
import { planRunning } from '../../domain/clock/running-limit.ts';
import type { Executor } from '../postgres/client.ts';
import type { CaseRow } from '../cases/steps.ts';
import { KEPT_FACTS } from '../cases/kept-facts.ts';
import { auditLog, cases, deadlines, rungs } from '../schema.ts';
import { calendarOfEdition, editionInForce } from './calendar.ts';

export async function snapshotOf(tx: Executor, caseId: string, clock: Clock): Promise<CaseSnapshot> {
  const [standing] = await standingsOf(tx, [caseId]);
  return snapshotFrom(tx, standing!, clock, Date.now());
}

/**
 * The states in which workflows of open cases begin. Cases whose first step is not written yet have none.
 * @param now engine time, epoch ms.
 * @returns `closed`: those of them that are closed, and must not begin again.
 */
export async function beginningsOf(
  tx: Executor,
  caseIds: readonly string[],
  clock: Clock,
  now = Date.now(),
): Promise<{ begun: Begun; closed: Set<string> }> {
  const begun: Begun = {};
  const closed = new Set<string>();
  if (caseIds.length === 0) return { begun, closed };
  for (const standing of await standingsOf(tx, caseIds)) {
    const { caseId, status, step } = standing.row;
    if (status === 'closed') closed.add(caseId);
    else if (step > 0) begun[caseId] = await snapshotFrom(tx, standing, clock, now);
  }
  return { begun, closed };
}

/** The states in which the follow-up cases of a step begin. @param at engine time of the step, epoch ms. */
export async function begunOf(
  tx: Executor,
  followUps: readonly CaseOpening[],
  clock: Clock,
  at: number,
): Promise<Begun> {
  const caseIds = followUps.map(({ opened }) => opened.caseId);
  return (await beginningsOf(tx, caseIds, clock, at)).begun;
}

/** What the database holds of a case, limit by limit and, within a limit, rung by rung of its present term. */
type Standing = Awaited<ReturnType<typeof readStandings>>[number] & { duties: Duty[] };

interface Duty {
  limit: typeof deadlines.$inferSelect;
  fired: Rung[];
}

/** One statement for all of them, because a case's start and each first command ask for this. */
function readStandings(tx: Executor, caseIds: readonly string[]) {
  const { caseId, stage, status, step, departmentCode, facts } = cases;
  const inForce = editionInForce(tx).as('in_force');
  return tx
    .select({
      row: { caseId, stage, status, step, departmentCode, facts },
      limit: deadlines,
      rung: rungs.rung,
      acts: sql<number>`(
        select count(*)::int from ${auditLog} where ${auditLog.caseId} = ${caseId} and ${auditLog.token} like 'act:%')`,
      steps: sql<RecordedLegally[]>`(
        select coalesce(json_agg(last order by last.step), '[]') from (
          select token, action, actor, floor(extract(epoch from at) * 1000)::float8 as at, step from ${auditLog}
          where ${auditLog.caseId} = ${caseId} and ${auditLog.step} > 0 order by ${auditLog.step} desc limit ${STEPS_CARRIED}
        ) as last)`,
      version: inForce.version,
      recordedAt: inForce.recordedAt,
    })
    .from(cases)
    .leftJoin(deadlines, eq(deadlines.caseId, caseId))
    .leftJoin(
      rungs,
      and(
        eq(rungs.caseId, caseId),
        eq(rungs.limitId, deadlines.limitId),
        eq(rungs.ladder, deadlines.ladder),
        ne(rungs.rung, WITHDRAWN),
      ),
    )
    .leftJoin(inForce, sql`true`)
    .where(inArray(caseId, [...caseIds]))
    .orderBy(asc(caseId), asc(deadlines.limitId));
}

async function standingsOf(tx: Executor, caseIds: readonly string[]): Promise<Standing[]> {
  const found = new Map<string, Standing>();
  for (const read of await readStandings(tx, caseIds)) {
    const { row, limit, rung } = read;
    const standing = found.get(row.caseId) ?? { ...read, duties: [] };
    found.set(row.caseId, standing);
    if (!limit) continue;
    let duty = standing.duties.find((one) => one.limit.limitId === limit.limitId);
    if (!duty) standing.duties.push((duty = { limit, fired: [] }));
    if (rung !== null && rung !== WITHDRAWN) duty.fired.push(rung);
  }
  return [...found.values()];
}

/** A step as the log has it, at legal time in epoch ms. */
interface RecordedLegally extends RecordedStep {
  step: number;
}

async function snapshotFrom(tx: Executor, standing: Standing, clock: Clock, now: number): Promise<CaseSnapshot> {
  const { row, duties, acts, steps, version, recordedAt } = standing;
  const edition = version === null || recordedAt === null ? null : { version, recordedAt };
  const calendar = duties.length === 0 ? undefined : await calendarOfEdition(tx, edition);
  const today = legalDateOf(clock.toLegal(now));
  return {
    stage: row.stage,
    departmentCode: row.departmentCode,
    facts: toldFacts(row.facts),
    acts,
    clocks: calendar ? duties.map((duty) => dutyFrom(duty, { calendar, clock, today, now })) : [],
    steps: steps.map(({ step: _, at, ...recorded }) => ({ ...recorded, at: clock.toEngine(at) })),
  };
}

/** People's texts never leave the database. */
const toldFacts = (facts: CaseRow['facts']) =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !KEPT_FACTS.some((kept) => kept === key)));

interface Reckoning {
  calendar: WorkCalendar;
  clock: Clock;
  today: LegalDate;
  now: number;
}

function dutyFrom({ limit, fired }: Duty, { calendar, clock, today, now }: Reckoning): DutySnapshot {
  const { limitId, ladder, settledAt, suspendedAt } = limit;
  const plan = planRunning(calendar, limit, clock, today);
  // A reminder that passed while no workflow ran is not sent late. Breach and supervision are caught up with. A suspended
  // limit gets other days when it is resumed.
  const passed = suspendedAt === null ? reminderBehind(plan.rungs, now) : null;
  const behind = passed === null ? fired : [...fired, passed];
  return {
    limitId,
    plan,
    settled: settledAt !== null,
    suspended: suspendedAt !== null,
    fired: behind.toSorted((a, b) => rungOrder(a) - rungOrder(b)).at(-1) ?? null,
    ladder,
  };
}
