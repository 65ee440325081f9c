/** What a department neglects becomes a supervision case by itself, whatever the case (第十七条). */
import type { NewCase } from '../../domain/cases.ts';
import { LIMITS, RUNGS, type Limit, type LimitId, type Rung } from '../../domain/limits.ts';
import { openedSupervision } from '../../domain/opening.ts';
import type { SupervisionInput } from '../../domain/supervision.ts';
import type { FollowUp } from './follow-up.ts';

/**
 * @param holder the department that holds the case at this instant.
 * @returns the supervision case that a rung opens; none where it only reminds, nobody holds the case, the duty is an
 * organ's own, or the case is itself a supervision.
 */
export function superviseNeglect(
  { caseId, caseType, caseNo, uscc, round, regionCode }: NewCase,
  holder: string | null,
  limitId: LimitId,
  rung: Rung,
  openedAt: number,
): FollowUp | undefined {
  const { obliged }: Limit = LIMITS[limitId];
  if (RUNGS[rung].effect !== 'supervise' || caseType === 'supervision' || holder === null || obliged) return undefined;
  const departmentCode = holder;
  const input: SupervisionInput = {
    originCaseId: caseId,
    limitId,
    caseNo,
    uscc,
    round,
    departmentCode,
    regionCode,
    openedAt,
  };
  return { workflow: 'supervision', opened: openedSupervision(input), input };
}
