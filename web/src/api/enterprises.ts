/** Searches enterprises by a part of the name or by credit code. */
import { useQuery } from '@tanstack/react-query';
import type { RegistrationKind } from '../../../domain/registration/words.ts';
import { get } from './client.ts';

export interface Enterprise {
  uscc: string;
  name: string;
  kind: RegistrationKind;
  cancelledOn: string | null;
}

/** Characters: shorter texts are not searched. */
export const LEAST = 2;

export function useEnterprises(q: string, limit: number) {
  return useQuery({
    queryKey: ['enterprises', q, limit],
    enabled: q.length >= LEAST,
    queryFn: ({ signal }) => get<{ items: Enterprise[] }>('/public/enterprises', { q, limit }, signal),
  });
}
