/** What a department neglects becomes a supervision case by itself, whatever the case (第十七条). */
import type { NewCase } from '../../domain/cases.ts';
import type { LimitId, Rung } from '../../domain/limits.ts';
import { openedSupervision } from '../../domain/opening.ts';
import type { SupervisionInput } from '../../domain/supervision.ts';
import type { CaseOpening } from '../../domain/cases.ts';
import { isSupervised } from './rules.ts';

/**
 * @param answering the department that answers for the limit at this instant.
 * @returns the supervision case that a rung opens; none where it only reminds, nobody answers, or the case is itself a
 * supervision.
 */
export function superviseNeglect(
  { caseId, caseType, caseNo, uscc, round, regionCode }: NewCase,
  answering: string | null,
  limitId: LimitId,
  rung: Rung,
  ladder: number,
  openedAt: number,
): CaseOpening | undefined {
  if (!isSupervised(rung) || caseType === 'supervision' || answering === null) return undefined;
  const departmentCode = answering;
  const input: SupervisionInput = {
    originCaseId: caseId,
    limitId,
    ladder,
    caseNo,
    uscc,
    round,
    departmentCode,
    regionCode,
    openedAt,
  };
  return { workflow: 'supervision', opened: openedSupervision(input), input };
}
