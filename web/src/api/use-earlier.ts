/** A log, the latest entries first: one page, and earlier ones on demand. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { get, type Query } from './client.ts';

const PAGE = 100;

export function useEarlier<T extends { id: number }>(key: string, path: string, query: Query = {}) {
  const pages = useInfiniteQuery({
    queryKey: [key, query],
    queryFn: ({ pageParam, signal }) => get<{ items: T[] }>(path, { ...query, before: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ items }) => (items.length === PAGE ? items.at(-1)?.id : undefined),
  });
  return { pages, rows: pages.data?.pages.flatMap(({ items }) => items) };
}
