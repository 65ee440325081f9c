/** What the record holds against a department under supervision (第十六条): breaches, and orders that it left unanswered. */
import { and, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { UNANSWERED_ORDER, type Ground } from '../../domain/case-types/supervision/criticism.ts';
import { LIMITS, type LimitId } from '../../domain/clock/limits.ts';
import { isKeyOf } from '../../domain/keys.ts';
import type { Executor } from '../postgres/client.ts';
import { auditLog, cases, deadlines, rungs } from '../schema.ts';
import { isNotWithdrawn } from './case-filter.ts';

type Supervision = Pick<typeof cases.$inferSelect, 'caseId' | 'parentCaseId' | 'departmentCode' | 'facts'>;

/**
 * Breaches that no calendar has withdrawn, and limits that have passed unanswered: of the case that is supervised, as far as
 * the department answers for them, and of the supervision itself.
 * @param now legal time. @returns none where nothing is held against the department.
 */
export async function criticismGrounds(db: Executor, supervision: Supervision, now: Date): Promise<Ground[]> {
  const { caseId, parentCaseId, departmentCode, facts } = supervision;
  const limitId = facts['limitId'];
  const places: { caseId: string; limitIds: readonly LimitId[] }[] = [{ caseId, limitIds: UNANSWERED_ORDER }];
  if (parentCaseId !== null && typeof limitId === 'string' && isKeyOf(LIMITS, limitId))
    places.push({ caseId: parentCaseId, limitIds: [limitId] });
  const breached = await db
    .select({ limitId: rungs.limitId, term: rungs.ladder, dueAt: rungs.dueAt })
    .from(rungs)
    .where(
      and(
        or(...places.map((place) => and(eq(rungs.caseId, place.caseId), inArray(rungs.limitId, [...place.limitIds])))),
        eq(rungs.rung, 'due'),
        eq(rungs.answering, departmentCode ?? ''),
        isNotWithdrawn,
      ),
    );
  // The breach of a limit that has just passed is written some minutes later.
  const isOfPlace = places.map((place) =>
    and(eq(deadlines.caseId, place.caseId), inArray(deadlines.limitId, [...place.limitIds])),
  );
  const passed = await db
    .select({ limitId: deadlines.limitId, term: deadlines.ladder, dueAt: deadlines.dueAt })
    .from(deadlines)
    .innerJoin(cases, eq(cases.caseId, deadlines.caseId))
    .where(
      and(
        or(...isOfPlace),
        eq(cases.departmentCode, departmentCode ?? ''),
        isNull(deadlines.settledAt),
        isNull(deadlines.suspendedAt),
        lte(deadlines.dueAt, now),
      ),
    );
  const grounds = [...breached, ...passed].map(({ limitId: of, term, dueAt }) => ({
    limitId: of,
    term,
    // A limit ends at 24:00, which is the first instant of the next day.
    dueDate: legalDateOf(dueAt.getTime() - 1),
  }));
  return [...new Map(grounds.map((ground) => [keyOf(ground), ground])).values()];
}

const keyOf = ({ limitId, term }: Ground) => `${limitId} ${term}`;

/** The grounds of `some` that are not among `others`. A term has one ground, even where a calendar moves its last day. */
export function groundsWithout(some: readonly Ground[], others: readonly Ground[]): Ground[] {
  const known = new Set(others.map(keyOf));
  return some.filter((ground) => !known.has(keyOf(ground)));
}

/** The legal time at which the department was last heard: its statement, or the end of the term for it. */
export async function heardAt(db: Executor, caseId: string): Promise<Date | undefined> {
  const isHearing: SQL = inArray(auditLog.action, ['stateOpinion', 'endHearing']);
  const [row] = await db
    .select({ at: sql<Date>`max(${auditLog.at})`.mapWith(auditLog.at) })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), isHearing));
  return row?.at ?? undefined;
}
