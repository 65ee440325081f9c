/** What a case's holder neglects becomes a supervision case of its own (第十七条). */
import type { LimitId } from '../../domain/limits.ts';
import { openedSupervision } from '../../domain/opening.ts';
import type { SupervisionInput } from '../../domain/supervision.ts';
import type { CaseFile } from './case-file.ts';

export function superviseNeglected(file: CaseFile, limitIds: readonly LimitId[]): void {
  const { caseId, caseNo, uscc, round, departmentCode, regionCode } = file.opened;
  for (const limitId of limitIds) {
    file.superviseBy(limitId, (openedAt) => {
      const input: SupervisionInput = {
        originCaseId: caseId,
        limitId,
        caseNo,
        uscc,
        round,
        // Only a case that a department holds has limits that are supervised.
        departmentCode: departmentCode ?? '',
        regionCode,
        openedAt,
      };
      return { workflow: 'supervision', opened: openedSupervision(input), input };
    });
  }
}
