/** Names of codes. They change a few times a year. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Region } from '../../../domain/organs/regions.ts';
import { get } from './client.ts';

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

/** Names of items, given the ids in a case's facts. */
export function useItemNames(): (ids: unknown) => string {
  const { data } = useCatalogue();
  return (ids) =>
    (Array.isArray(ids) ? ids : [])
      .map((id) => data?.items.find((item) => item.id === id)?.name ?? String(id))
      .join('、');
}

export interface Department {
  code: string;
  name: string;
  regionCode: string;
  sector: string;
  retired: boolean;
}

const NO_REGIONS: Region[] = [];

/** The province with its prefectures and counties. */
export function useRegions() {
  const { data: regions = NO_REGIONS, isPending } = useQuery({
    queryKey: ['regions'],
    staleTime: HOURS,
    queryFn: ({ signal }) => get<{ items: Region[] }>('/regions', {}, signal),
    select: ({ items }) => items,
  });
  const byCode = useMemo(() => new Map(regions.map((region) => [region.code, region])), [regions]);
  /** Counties of several prefectures have the same names. */
  const fullNameOf = (code: string): string => {
    const region = byCode.get(code);
    if (!region) return code;
    const above = region.level === 'county' ? byCode.get(region.parent ?? '') : undefined;
    return `${above?.name ?? ''}${region.name}`;
  };
  return { regions, fullNameOf, isPending };
}

/** 行业. */
export function useSectors() {
  return useQuery({
    queryKey: ['sectors'],
    staleTime: HOURS,
    queryFn: async ({ signal }) => (await get<{ items: { id: string; name: string }[] }>('/sectors', {}, signal)).items,
  });
}

/** Departments of the region and of those above it. */
export function useDepartments(regionCode: string) {
  return useQuery({
    queryKey: ['departments', regionCode],
    staleTime: HOURS,
    enabled: regionCode !== '',
    queryFn: async ({ signal }) => {
      const { items } = await get<{ items: Department[] }>('/departments', { region: regionCode }, signal);
      return items;
    },
  });
}
