/** The address of a case in the console. */
import { NOUNS } from '../../../domain/case-types/case-types.ts';
import type { CaseType } from '../../../domain/case/id.ts';

export const casePath = ({ caseType, caseId }: { caseType: CaseType; caseId: string }) =>
  `/${NOUNS[caseType]}/${encodeURIComponent(caseId)}`;
