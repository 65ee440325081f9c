/**
 * The only place in workflows/ that reads the tables' rows for running cases. A running case is replayed under the newest
 * code, so these functions must answer as they did when its history was written. Titles, articles, days and ladders may
 * change at will. What is read here may change for new cases only; choose between old and new by `patched()`:
 *
 *   const row = transitionOf(caseType, action)!;
 *   return action === 'resume' && !patched('resume-settles-resumption') ? { ...row, settles: [] } : row;
 */
import { resumptionOf, RUNGS, type LimitId, type Rung } from '../../domain/clock/limits.ts';
import { isFinal, termOf, transitionOf, type Action, type Transition } from '../../domain/case-types/case-types.ts';
import type { CaseType } from '../../domain/case/id.ts';

type Row = Pick<Transition, 'from' | 'to' | 'settles' | 'article'>;

export const rowOf = (caseType: CaseType, action: Action): Row => transitionOf(caseType, action)!;

export const endsIn = (caseType: CaseType, stage: string): boolean => isFinal(caseType, stage);

export const resumedWithin = (limitId: LimitId): LimitId[] => resumptionOf(limitId);

/** The limit that the case type's rows of 中止 and 延期 concern. */
export const termIn = (caseType: CaseType): LimitId => termOf(caseType)!;

export const isReminder = (rung: Rung): boolean => RUNGS[rung].effect === 'remind';
