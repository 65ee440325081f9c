/**
 * Writes the first steps of new cases with their rows, in a few statements for a whole batch: limits with their plans, audit
 * log, notices, cases that follow. The workflows then begin from there and write nothing.
 */
import { inArray, sql } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { firstChanges, OPEN, openedContent, type FirstStep } from '../../domain/case/first-step.ts';
import { firstStepOf } from '../../domain/case-types/first-steps.ts';
import type { SanctionLiftingFacts } from '../../domain/case-types/sanction-lifting/opening.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import { SYSTEM } from '../../domain/organs/actor.ts';
import { storeNotices } from '../notices/store-notices.ts';
import { chunksOf } from '../postgres/chunks.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import type { Executor } from '../postgres/client.ts';
import { currentCalendar, holdCalendar } from '../queries/calendar.ts';
import { limitsInForce } from '../queries/limits.ts';
import { auditLog, complaintReports, deadlines, departments, enterprises } from '../schema.ts';
import { auditActor } from './audit-actor.ts';
import { auditLimits, beginTerm, firstDue, longestDue, type AuditedLimit } from './deadline-rows.ts';
import { noticeOfStep } from './notice-rows.ts';

type NewDeadline = ReturnType<typeof beginTerm>['term'] &
  Pick<typeof deadlines.$inferSelect, 'limitId' | 'kind' | 'pauses' | 'settledAt' | 'suspendedAt'>;

/** A first step, counted and ready to be written. */
export interface PlannedStep {
  opening: CaseOpening;
  first: FirstStep;
  /** Legal time. */
  at: Date;
  limits: NewDeadline[];
  audited: AuditedLimit[];
  /** When the first running limit ends; legal time. */
  dueAt: Date | null;
}

/**
 * Counts the first steps of cases by the calendar in force, which no publication replaces before the transaction ends.
 * @returns the steps by case id. A case that had missed a limit before its opening has none here: its breach is a step of
 *   its own, so its workflow writes both.
 */
export async function planFirstSteps(
  tx: Executor,
  openings: readonly CaseOpening[],
  clock: Clock,
): Promise<Map<string, PlannedStep>> {
  const planned = new Map<string, PlannedStep>();
  if (openings.length === 0) return planned;
  await holdCalendar(tx);
  const calendar = await currentCalendar(tx);
  const firsts = openings.map((opening) => ({ opening, first: firstStepOf(opening, opening.opened.openedAt) }));
  const inForce = await limitsInForce(
    tx,
    firsts.flatMap(({ first }) => first.limits.map(idOf)),
  );
  for (const { opening, first } of firsts) {
    const { opened } = opening;
    const at = clock.legal(opened.openedAt);
    const { changes, atRest } = firstChanges(first.limits, opened.openedAt);
    const limits = changes.flatMap((change): NewDeadline[] => {
      if (change.change !== 'arm') return [];
      const { limitId } = change;
      const limit = inForce.get(limitId)!;
      const { term } = beginTerm(calendar, limit, change, clock);
      const settledAt = atRest.includes(limitId) ? at : null;
      return [{ limitId, kind: limit.kind, ...term, pauses: [], settledAt, suspendedAt: null }];
    });
    if (limits.some(({ settledAt, dueAt }) => settledAt && dueAt <= at)) continue;
    planned.set(opened.caseId, {
      opening,
      first,
      at,
      limits,
      audited: auditLimits(calendar, opened, limits, changes, at),
      dueAt: firstDue(limits),
    });
  }
  return planned;
}

const idOf = (limit: FirstStep['limits'][number]): LimitId => (typeof limit === 'string' ? limit : limit.limitId);

/** Writes first steps whose cases' rows are inserted in the same transaction. @returns the cases that follow from them. */
export async function writeFirstSteps(
  tx: Executor,
  steps: readonly PlannedStep[],
  clock: Clock,
): Promise<CaseOpening[]> {
  const terms = steps.flatMap(({ opening: { opened }, limits }) =>
    limits.map((limit) => ({ caseId: opened.caseId, ...limit })),
  );
  for (const some of chunksOf(terms)) await tx.execute(insertRows(deadlines, some));
  for (const some of chunksOf(steps)) await tx.execute(insertRows(auditLog, some.map(auditOf)));
  await storeNotices(tx, clock, await noticesOf(tx, steps));
  return steps.flatMap(({ first }) => first.followUps);
}

const auditOf = ({ opening: { opened }, first, at, audited }: PlannedStep) => ({
  caseId: opened.caseId,
  step: 1,
  token: OPEN,
  at,
  ...auditActor(SYSTEM),
  action: OPEN,
  article: first.article,
  before: null,
  after: { ...openedContent(opened), ...(audited.length > 0 && { limits: audited }) },
});

async function noticesOf(tx: Executor, steps: readonly PlannedStep[]) {
  const telling = steps.filter(({ first }) => first.notify.length > 0);
  const enterpriseNames = await namesOf(
    telling.flatMap(({ opening }) => opening.opened.uscc ?? []),
    (usccs) =>
      tx
        .select({ key: enterprises.uscc, name: enterprises.name })
        .from(enterprises)
        .where(inArray(enterprises.uscc, usccs)),
  );
  const traderNames = await namesOf(
    telling.flatMap(({ opening: { opened } }) => (opened.uscc === null ? [opened.caseNo] : [])),
    (receipts) =>
      tx
        .select({ key: complaintReports.receiptNo, name: sql<string>`coalesce(${complaintReports.traderName}, '')` })
        .from(complaintReports)
        .where(inArray(complaintReports.receiptNo, receipts)),
  );
  const codes = telling.flatMap(({ opening: { opened } }) => [opened.departmentCode, restrictedBy(opened.facts)]);
  const departmentNames = await namesOf(
    codes.filter((code) => code !== null && code !== undefined),
    (some) =>
      tx
        .select({ key: departments.code, name: departments.name })
        .from(departments)
        .where(inArray(departments.code, some)),
  );
  return telling.flatMap(({ opening: { opened }, first, at, limits }) => {
    const facts = {
      enterpriseName: enterpriseNames.get(opened.uscc ?? '') ?? traderNames.get(opened.caseNo) ?? opened.caseNo,
      uscc: opened.uscc,
      departmentName: departmentNames.get(opened.departmentCode ?? '') ?? null,
      dueDate: longestDue(limits),
      inPlaceOf: departmentNames.get(restrictedBy(opened.facts) ?? ''),
    };
    return first.notify.map((request) => noticeOfStep({ ...opened, step: 1 }, request, at, facts));
  });
}

const restrictedBy = (facts: SanctionLiftingFacts): string | undefined => facts.restrictedBy;

async function namesOf(
  keys: readonly string[],
  read: (keys: string[]) => Promise<{ key: string; name: string }[]>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunksOf([...new Set(keys)])) {
    for (const { key, name } of await read(some)) found.set(key, name);
  }
  return found;
}
