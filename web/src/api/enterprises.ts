/** Searches enterprises by a part of the name or by credit code. */
import { useQuery } from '@tanstack/react-query';
import type { RegistrationKind } from '../../../domain/registration/words.ts';
import { isSearchable } from '../../../domain/worklist/search-text.ts';
import { get } from './client.ts';

export interface Enterprise {
  uscc: string;
  name: string;
  kind: RegistrationKind;
  cancelledOn: string | null;
  /** By which it was found, where its present name does not have the part. */
  formerName: string | null;
}

export function useEnterprises(q: string, limit: number) {
  return useQuery({
    queryKey: ['enterprises', q, limit],
    enabled: isSearchable(q),
    queryFn: ({ signal }) => get<{ items: Enterprise[] }>('/public/enterprises', { q, limit }, signal),
  });
}
