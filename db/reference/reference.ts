/** The reference data in force, read once per process: regions, departments, catalogue. */
import { asc, desc } from 'drizzle-orm';
import { DEFAULT_PROVINCE, provinceOf } from '../../data/provinces.ts';
import type { Executor } from '../postgres/client.ts';
import { catalogues, departments, formerRegionCodes, regions, sanctionMeasures, sectors } from '../schema.ts';
import type { Region } from '../../domain/organs/regions.ts';
import { createReference, type Reference, type ReferenceData } from '../../domain/reference.ts';

/** @throws Error if the database was never seeded. */
export async function loadReference(db: Executor): Promise<Reference> {
  return createReference(await loadReferenceData(db));
}

/** @throws Error if the database was never seeded. */
export async function loadReferenceData(db: Executor): Promise<ReferenceData> {
  const [latest] = await db.select().from(catalogues).orderBy(desc(catalogues.recordedAt)).limit(1);
  if (!latest)
    throw new Error('没有后置审批事项目录：请先运行 npm start（只准备数据：npm start -- --setup-only）载入基础数据');
  const [measures] = await db.select().from(sanctionMeasures).orderBy(desc(sanctionMeasures.recordedAt)).limit(1);
  if (!measures) throw new Error('没有惩戒措施目录：请先运行 npm start -- --setup-only 载入基础数据');
  // No need to parse: the content was validated when it was loaded.
  const catalogue = latest.content;
  const former = await db.select().from(formerRegionCodes);
  const places = (await db.select().from(regions).orderBy(asc(regions.code))).map(regionOf);
  const root = places.find(({ level }) => level === 'province');
  return {
    province: provinceOf(root?.code ?? DEFAULT_PROVINCE),
    regions: places,
    formerCodes: Object.fromEntries(former.map((row) => [row.code, row.currentCode])),
    sectors: await db.select().from(sectors).orderBy(asc(sectors.id)),
    departments: await db.select().from(departments).orderBy(asc(departments.code)),
    catalogue,
    measures: measures.content,
  };
}

/** As the data files write it: only functional zones say what they are. */
const regionOf = ({ functionalZone, ...region }: typeof regions.$inferSelect): Region =>
  functionalZone ? { ...region, functionalZone } : region;
