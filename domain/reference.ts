/** The reference data that a process works with: regions, departments, the catalogue, and the matcher made from it. */
import { createRouter, type Department, type Sector } from './organs/departments.ts';
import type { Province } from './organs/province.ts';
import { createRegionTree, type Region } from './organs/regions.ts';
import type { SanctionMeasures } from './organs/sanction-measures.ts';
import { createMatcher, type Catalogue, type CatalogueItem, type MatchResult } from './scope/matching.ts';

export interface Reference {
  province: Province;
  regions: ReturnType<typeof createRegionTree>;
  router: ReturnType<typeof createRouter>;
  /** 行业, by their codes. */
  sectors: ReadonlyMap<string, Sector>;
  departments: ReadonlyMap<string, Department>;
  match: (scope: string) => MatchResult;
  items: ReadonlyMap<string, CatalogueItem>;
  catalogueVersion: string;
  /** 惩戒措施目录 (第九条). */
  measures: SanctionMeasures;
}

/** Everything that a reference is made from. */
export interface ReferenceData {
  province: Province;
  regions: Region[];
  formerCodes: Record<string, string>;
  sectors: Sector[];
  departments: Department[];
  catalogue: Catalogue;
  measures: SanctionMeasures;
}

/** @param data rows of the database or, where there is none, the files in `data/`. */
export function createReference(data: ReferenceData): Reference {
  const { catalogue } = data;
  const tree = createRegionTree(data.regions, data.formerCodes);
  return {
    province: data.province,
    regions: tree,
    router: createRouter(
      data.departments.filter(({ retiredAt }) => !retiredAt),
      tree,
    ),
    sectors: new Map(data.sectors.map((row) => [row.id, row])),
    departments: new Map(data.departments.map((row) => [row.code, row])),
    match: createMatcher(catalogue),
    items: new Map(catalogue.items.map((item) => [item.id, item])),
    catalogueVersion: catalogue.version,
    measures: data.measures,
  };
}
