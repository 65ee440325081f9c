import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, type Query } from '../../api/client.ts';

export function useStatistic<T>(name: string, query: Query) {
  return useQuery({
    queryKey: ['statistics', name, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<T>(`/statistics/${name}`, query, signal),
  });
}
