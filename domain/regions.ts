/** The region tree of a province (GB/T 2260). */
import { z } from 'zod';

export const regionSchema = z.object({
  code: z.string().regex(/^\d{6}$/),
  name: z.string().min(1),
  level: z.enum(['province', 'prefecture', 'county']),
  parent: z.string().nullable(),
});

export const divisionsSchema = z.object({
  source: z.string(),
  regions: z.array(regionSchema),
  /** Codes of earlier editions, to today's. */
  formerCodes: z.record(z.string(), z.string()),
});

export type Region = z.infer<typeof regionSchema>;

export interface RegionTree {
  /** @returns undefined for a code that no edition knows; a former code resolves to its successor. */
  resolve(code: string): Region | undefined;
  /** The region itself first, then upwards to the province. */
  ancestors(code: string): Region[];
  /** Whether `code` is `outer` or lies inside it. */
  contains(outer: string, code: string): boolean;
}

export function createRegionTree(regions: readonly Region[], formerCodes: Readonly<Record<string, string>>): RegionTree {
  const byCode = new Map(regions.map((region) => [region.code, region]));
  const resolve = (code: string) => byCode.get(code) ?? byCode.get(formerCodes[code] ?? '');
  const ancestors = (code: string) => {
    const path: Region[] = [];
    for (let region = resolve(code); region; region = region.parent ? byCode.get(region.parent) : undefined) {
      path.push(region);
    }
    return path;
  };
  return {
    resolve,
    ancestors,
    contains: (outer, code) => ancestors(code).some((region) => region.code === outer),
  };
}
