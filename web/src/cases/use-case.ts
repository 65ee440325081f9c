import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { CaseType } from '../../../domain/case/id.ts';
import type { CaseDetail } from '../../../api/cases/detail.ts';
import { get } from '../api/client.ts';
import { caseTypeOf, NOUNS } from '../../../domain/case-types/case-types.ts';

/** One case with its details; fetches nothing while none is named. */
export function useCase(about: { caseId: string; caseType: CaseType } | undefined) {
  return useQuery({
    queryKey: ['case', about?.caseId],
    enabled: about !== undefined,
    queryFn: ({ signal }) =>
      get<CaseDetail>(`/${NOUNS[about!.caseType]}/${encodeURIComponent(about!.caseId)}`, {}, signal),
  });
}

/** The case that the address names; without a type if the noun is unknown. */
export function useCaseOfAddress() {
  const { noun = '', caseId = '' } = useParams();
  const caseType = caseTypeOf(noun);
  const query = useCase(caseType && { caseId, caseType });
  return { caseType, query };
}
