/** Addresses of cases, as the pages of officials have them. */
import { parseCaseId, type CaseType } from '../case/id.ts';
import { NOUNS } from './case-types.ts';

export const casePath = ({ caseType, caseId }: { caseType: CaseType; caseId: string }) =>
  `/${NOUNS[caseType]}/${encodeURIComponent(caseId)}`;

/** @param console the console's own address. @returns undefined for what has no page. */
export function caseAddress(console: string, caseId: string): string | undefined {
  const caseType = parseCaseId(caseId)?.type;
  return caseType && new URL(casePath({ caseType, caseId }), console).href;
}
