/** The reference data in force, read once per process: regions, departments, catalogue. */
import { desc } from 'drizzle-orm';
import { createRouter, type Department } from '../../domain/organs/departments.ts';
import { createRegionTree, type Region } from '../../domain/organs/regions.ts';
import type { SanctionMeasures } from '../../domain/organs/sanction-measures.ts';
import { createMatcher, type Catalogue, type CatalogueItem, type MatchResult } from '../../domain/scope/matching.ts';
import type { Database } from '../postgres/client.ts';
import { catalogues, departments, formerRegionCodes, regions, sanctionMeasures } from '../schema.ts';

export interface Reference {
  regions: ReturnType<typeof createRegionTree>;
  router: ReturnType<typeof createRouter>;
  departments: ReadonlyMap<string, Department>;
  match: (scope: string) => MatchResult;
  items: ReadonlyMap<string, CatalogueItem>;
  catalogueVersion: string;
  /** 惩戒措施目录 (第九条). */
  measures: SanctionMeasures;
}

/** @throws Error where the database was never seeded. */
export async function loadReference(db: Database): Promise<Reference> {
  const [latest] = await db.select().from(catalogues).orderBy(desc(catalogues.recordedAt)).limit(1);
  if (!latest)
    throw new Error('没有后置审批事项目录：请先运行 npm start（只准备数据：npm start -- --setup-only）载入基础数据');
  const [measures] = await db.select().from(sanctionMeasures).orderBy(desc(sanctionMeasures.recordedAt)).limit(1);
  if (!measures) throw new Error('没有惩戒措施目录：请先运行 npm start -- --setup-only 载入基础数据');
  // Validated when they were loaded into the tables.
  const catalogue = latest.content as Catalogue;
  const former = await db.select().from(formerRegionCodes);
  return createReference({
    regions: await db.select().from(regions),
    formerCodes: Object.fromEntries(former.map((row) => [row.code, row.currentCode])),
    departments: await db.select().from(departments),
    catalogue,
    measures: measures.content as SanctionMeasures,
  });
}

interface ReferenceData {
  regions: Region[];
  formerCodes: Record<string, string>;
  departments: Department[];
  catalogue: Catalogue;
  measures: SanctionMeasures;
}

/** From rows or, where there is no database, from the files in `data/`. */
export function createReference(data: ReferenceData): Reference {
  const { catalogue } = data;
  const tree = createRegionTree(data.regions, data.formerCodes);
  return {
    regions: tree,
    router: createRouter(
      data.departments.filter(({ retiredAt }) => !retiredAt),
      tree,
    ),
    departments: new Map(data.departments.map((row) => [row.code, row])),
    match: createMatcher(catalogue),
    items: new Map(catalogue.items.map((item) => [item.id, item])),
    catalogueVersion: catalogue.version,
    measures: data.measures,
  };
}
