import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { CaseDetail } from '../../../api/case-detail.ts';
import { get } from '../api/client.ts';
import { caseTypeOf } from './case-types.ts';

/** The case that the address names; no type where the address names none. */
export function useCaseOfAddress() {
  const { noun = '', caseId = '' } = useParams();
  const caseType = caseTypeOf(noun);
  const query = useQuery({
    queryKey: ['case', caseId],
    enabled: caseType !== undefined,
    queryFn: ({ signal }) => get<CaseDetail>(`/${noun}/${encodeURIComponent(caseId)}`, {}, signal),
  });
  return { caseType, query };
}
