/** Which cases a query shows, by its key: so that a change of others does not fetch it anew. */
import type { QueryKey } from '@tanstack/react-query';
import { parseCaseId, type CaseType } from '../../../domain/case/id.ts';
import { CASE_TYPE_IDS, caseTypeOf } from '../../../domain/case-types/case-types.ts';

const OF_RECORDS: readonly CaseType[] = ['publication', 'correction'];

/** By which an enterprise's parts change, by the last member of their key. */
const OF_ENTERPRISES: Record<string, readonly CaseType[]> = {
  name: ['registrationPush', 'poolEntry'],
  records: OF_RECORDS,
  restrictions: ['listing', 'sanctionNotice', 'sanctionLifting'],
};

/** Case types that what was asked for is about; none where it is about no cases. */
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
      // A supervision tells how far the matter is that it came of.
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
