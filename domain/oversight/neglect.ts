/** A limit that a department neglects becomes a supervision case automatically, in every case type (第十七条). */
import type { CaseOpening, NewCase } from '../case/case.ts';
import { LIMITS, RUNGS, type Limit, type LimitId, type Rung } from '../clock/limits.ts';
import { openedSupervision, type SupervisionInput } from '../case-types/supervision/opening.ts';

type Origin = Pick<NewCase, 'caseId' | 'caseNo' | 'uscc' | 'round'>;

/**
 * @param departmentCode the department that answers for the limit (domain/oversight/answering.ts).
 * @param term the ordinal of the limit's term, counted from 1.
 * @returns the supervision case that a rung opens, at the department's own level (第十六条：同级); undefined where the rung
 * does not open one, or no department answers that could be supervised.
 */
export function superviseNeglect(
  { caseId, caseNo, uscc, round }: Origin,
  departmentCode: string | null,
  limitId: LimitId,
  rung: Rung,
  term: number,
  openedAt: number,
): CaseOpening | undefined {
  const { unsupervised }: Limit = LIMITS[limitId];
  if (RUNGS[rung].effect !== 'supervise' || unsupervised || departmentCode === null) return undefined;
  // A department's code begins with its region's.
  const regionCode = departmentCode.slice(0, 6);
  const input: SupervisionInput = {
    originCaseId: caseId,
    limitId,
    ladder: term,
    caseNo,
    uscc,
    round,
    departmentCode,
    regionCode,
    openedAt,
  };
  return { workflow: 'supervision', opened: openedSupervision(input), input };
}
