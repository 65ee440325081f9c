/** Pages of a list, each fetched when it is asked for; what is shown is kept fresh by live updates. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { CaseView } from '../../../api/case-view.ts';
import { get, type Query } from '../api/client.ts';

export interface CasePageAnswer {
  items: CaseView[];
  nextCursor: string | null;
}

export function usePages<T extends { items: unknown[]; nextCursor: string | null }>(
  key: string,
  path: string,
  query: Query,
) {
  const pages = useInfiniteQuery({
    queryKey: [key, path, query],
    queryFn: ({ pageParam, signal }) => get<T>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  return {
    pages,
    first: pages.data?.pages[0],
    cases: (pages.data?.pages.flatMap(({ items }) => items) ?? []) as T['items'],
  };
}
