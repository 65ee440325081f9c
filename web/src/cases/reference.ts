/** Names behind codes. They change a few times a year. */
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client.ts';

const HOURS = 3_600_000;

interface Item {
  id: string;
  name: string;
  law: string;
  article: string;
}

export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    staleTime: HOURS,
    queryFn: ({ signal }) => get<{ version: string; items: Item[] }>('/catalogue', {}, signal),
  });
}

/** Departments of the region and of those above it. */
export function useDepartments(regionCode: string) {
  return useQuery({
    queryKey: ['departments', regionCode],
    staleTime: HOURS,
    queryFn: async ({ signal }) => {
      const { items } = await get<{ items: { code: string; name: string; regionCode: string; sector: string }[] }>(
        '/departments',
        { region: regionCode },
        signal,
      );
      return items;
    },
  });
}
