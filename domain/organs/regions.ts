/** The region tree of a province: province, prefectures, counties (GB/T 2260 中华人民共和国行政区划代码). */
import { z } from 'zod';
import { regionCodeField } from '../fields.ts';

export const REGION_LEVELS = ['province', 'prefecture', 'county'] as const;

export type RegionLevel = (typeof REGION_LEVELS)[number];

const regionCode = regionCodeField();

export const regionSchema = z.object({
  code: regionCode,
  name: z.string().min(1),
  level: z.enum(REGION_LEVELS),
  /** The region directly above; null for the province. */
  parent: z.string().nullable(),
  /** 功能区 (开发区, 高新区): of a county's level, with organs of its own; GB/T 2260 does not have it. */
  functionalZone: z.boolean().optional(),
});

/** `data/divisions`: today's regions, and the codes that some of them carried in earlier editions. */
export const divisionsSchema = z
  .object({
    source: z.string().min(1),
    regions: z.array(regionSchema).min(1),
    /** Code of an earlier edition → today's code. */
    formerCodes: z.record(regionCode, z.string()),
  })
  .superRefine(({ regions, formerCodes }, context) => {
    const refuse = (message: string) => context.addIssue(message);
    const levels = new Map<string | null, RegionLevel>(regions.map((region) => [region.code, region.level]));
    if (levels.size !== regions.length) refuse('行政区划代码重复');
    for (const { code, level, parent } of regions) {
      // Each parent is exactly one level up, which also rules out circles.
      if (levels.get(parent) !== REGION_LEVELS[REGION_LEVELS.indexOf(level) - 1])
        refuse(`${code}的上级${parent ?? '（空）'}不存在或级别不符`);
    }
    for (const [former, current] of Object.entries(formerCodes)) {
      if (levels.has(former)) refuse(`${former}是现行代码，不能作旧代码`);
      if (!levels.has(current)) refuse(`旧代码${former}对应的${current}不是现行代码`);
    }
  });

export type Region = z.infer<typeof regionSchema>;

/** What the list of regions puts between a province and counties of no prefecture: no place with organs of its own. */
export const isHeading = ({ name }: Pick<Region, 'name'>): boolean =>
  /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/.test(name);

/** Every function takes former codes as well as today's, and answers with today's. */
export interface RegionTree {
  /** Sorted by code, so that each region stands after the one that it lies in. */
  all: Region[];
  /** @returns undefined for a code that no edition knows. */
  resolve(code: string): Region | undefined;
  /** The region itself first, then upwards to the province; empty for an unknown code. */
  ancestors(code: string): Region[];
  /** Whether `code` is `ancestorCode` or lies inside it; false where either is unknown. */
  contains(ancestorCode: string, code: string): boolean;
  /** @returns undefined for an unknown code. */
  levelOf(code: string): RegionLevel | undefined;
  /** The region's own code first, then all inside it, parents before children; empty for an unknown code. */
  subtreeCodes(code: string): string[];
}

/** @param regions as `divisionsSchema` accepts them: each parent one level up, no circle. */
export function createRegionTree(
  regions: readonly Region[],
  formerCodes: Readonly<Record<string, string>>,
): RegionTree {
  const byCode = new Map<string | null | undefined, Region>(regions.map((region) => [region.code, region]));
  const successors = new Map(Object.entries(formerCodes));

  const resolve = (code: string) => byCode.get(code) ?? byCode.get(successors.get(code));
  const ancestors = (code: string) => {
    const path: Region[] = [];
    for (let region = resolve(code); region; region = byCode.get(region.parent)) path.push(region);
    return path;
  };
  const subtree = (region: Region): string[] => [
    region.code,
    ...regions.filter((child) => child.parent === region.code).flatMap(subtree),
  ];

  return {
    all: [...regions].sort((a, b) => a.code.localeCompare(b.code)),
    resolve,
    ancestors,
    contains: (ancestorCode, code) => ancestors(code).some((region) => region === resolve(ancestorCode)),
    levelOf: (code) => resolve(code)?.level,
    subtreeCodes(code) {
      const region = resolve(code);
      return region ? subtree(region) : [];
    },
  };
}
