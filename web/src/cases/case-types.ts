/** The case types as the console names them in addresses: the API's nouns. */
import type { CaseType } from '../../../domain/case/id.ts';

export const NOUNS = {
  registrationPush: 'pushes',
  poolEntry: 'pool-entries',
  rollback: 'rollbacks',
  publication: 'publications',
  correction: 'corrections',
  complaint: 'complaints',
  listing: 'listings',
  sanctionNotice: 'sanction-notices',
  sanctionLifting: 'sanction-liftings',
  supervision: 'supervisions',
} as const satisfies Record<CaseType, string>;

export const nounOf = (caseType: string): string => NOUNS[caseType as CaseType];

export function caseTypeOf(noun: string): CaseType | undefined {
  return (Object.keys(NOUNS) as CaseType[]).find((type) => NOUNS[type] === noun);
}

export const casePath = ({ caseType, caseId }: { caseType: string; caseId: string }) =>
  `/${nounOf(caseType)}/${encodeURIComponent(caseId)}`;
