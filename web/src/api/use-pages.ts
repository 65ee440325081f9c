/** Pages of a list, each fetched on demand; live updates keep them fresh. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get, type Query } from './client.ts';

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
    items: (pages.data?.pages.flatMap(({ items }) => items) ?? []) as T['items'],
  };
}
