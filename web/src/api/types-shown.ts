/** Which case types a query shows, told by its key, so that changes of other types do not fetch it again. */
import type { QueryKey } from '@tanstack/react-query';
import { parseCaseId, type CaseType } from '../../../domain/case/id.ts';
import { CASE_TYPE_IDS, caseTypeOf } from '../../../domain/case-types/case-types.ts';

const OF_RECORDS: readonly CaseType[] = ['publication', 'correction'];

/** Case types that affect a part of an enterprise's page, by the last member of the query's key. */
const OF_ENTERPRISES: Record<string, readonly CaseType[]> = {
  name: ['registrationPush', 'poolEntry'],
  records: OF_RECORDS,
  restrictions: ['listing', 'sanctionNotice', 'sanctionLifting'],
};

/** The case types that a query shows; none if it shows no cases. */
export function typesShown([first, second, third]: QueryKey): readonly CaseType[] {
  switch (first) {
    case 'tasks':
    case 'statistics':
      return CASE_TYPE_IDS;
    case 'cases': {
      const type = caseTypeOf(String(second).slice(1));
      return type ? [type] : CASE_TYPE_IDS;
    }
    case 'case': {
      const type = parseCaseId(String(second))?.type;
      // A supervision shows the progress of the case that it is about, which may be of any type.
      return type === undefined || type === 'supervision' ? CASE_TYPE_IDS : [type];
    }
    case 'record':
      return OF_RECORDS;
    case 'enterprise':
      return OF_ENTERPRISES[String(third)] ?? [];
    default:
      return [];
  }
}
