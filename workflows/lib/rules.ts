/**
 * The only place in workflows/ that reads the tables' rows for running cases. A running case is replayed under the newest
 * code, so these functions must answer as they did when its history was written. Titles, articles, days and ladders may
 * change at will. What is read here may change for new cases only; choose between old and new by `patched()`:
 *
 *   const row = transitionOf(caseType, action)!;
 *   return action === 'resume' && !patched('resume-settles-resumption') ? { ...row, settles: [] } : row;
 */
import { patched } from '@temporalio/workflow';
import type { DutySnapshot } from '../../domain/case/snapshot.ts';
import { reminderBehind, resumptionOf, type LimitId, type Rung } from '../../domain/clock/limits.ts';
import { isFinal, termOf, transitionOf, type Action, type Transition } from '../../domain/case-types/case-types.ts';
import type { CaseType } from '../../domain/case/id.ts';

type Row = Pick<Transition, 'from' | 'to' | 'settles' | 'article'>;

export const rowOf = (caseType: CaseType, action: Action): Row => transitionOf(caseType, action)!;

export const endsIn = (caseType: CaseType, stage: string): boolean => isFinal(caseType, stage);

export const resumedWithin = (limitId: LimitId): LimitId[] => resumptionOf(limitId);

/** The limit that the case type's rows of 中止 and 延期 concern. */
export const termIn = (caseType: CaseType): LimitId => termOf(caseType)!;

/** Where a term whose breach was taken back goes on: after the last reminder whose time has passed. */
export const beginsAfter = ({ rungs }: DutySnapshot['plan'], now: number): Rung | null => reminderBehind(rungs, now);

/**
 * Where a new term begins. Cases that began one before this rule sent all its reminders at once. The patch is asked for only
 * where it matters, so that it marks no other history. A suspended term has no days yet: its resumption counts them.
 */
export function newTermBeginsAfter({ plan, suspended }: Pick<DutySnapshot, 'plan' | 'suspended'>, now: number) {
  const behind = suspended ? null : beginsAfter(plan, now);
  return behind !== null && patched('new-term-begins-after-now') ? behind : null;
}
