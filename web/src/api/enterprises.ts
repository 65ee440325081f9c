/** Enterprises by a part of their name or by their credit code. */
import { useQuery } from '@tanstack/react-query';
import type { RegistrationKind } from '../../../domain/registration/words.ts';
import { get } from './client.ts';

export interface Enterprise {
  uscc: string;
  name: string;
  kind: RegistrationKind;
  cancelledOn: string | null;
}

/** Shorter texts are not looked for. */
export const LEAST = 2;

export function useEnterprises(q: string, limit: number) {
  return useQuery({
    queryKey: ['enterprises', q, limit],
    enabled: q.length >= LEAST,
    queryFn: ({ signal }) => get<{ items: Enterprise[] }>('/public/enterprises', { q, limit }, signal),
  });
}
