/** What the list says about the enterprise, and the measures that the case's department may take. */
import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '../../../api/cases/view.ts';
import type { ListingContent } from '../../../api/routes/listing-content.ts';
import { get } from '../api/client.ts';
import { NOUNS } from '../../../domain/case-types/case-types.ts';

export function useListing({ caseId, caseType }: Pick<CaseView, 'caseId' | 'caseType'>, enabled = true) {
  return useQuery({
    queryKey: ['case', caseId, 'listing'],
    enabled,
    queryFn: ({ signal }) =>
      get<ListingContent>(`/${NOUNS[caseType]}/${encodeURIComponent(caseId)}/listing`, {}, signal),
  });
}
