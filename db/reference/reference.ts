/** The reference data in force, read once per process: regions, departments, catalogue. */
import { desc } from 'drizzle-orm';
import { DEFAULT_PROVINCE, provinceOf } from '../../data/provinces.ts';
import type { Database } from '../postgres/client.ts';
import { catalogues, departments, formerRegionCodes, regions, sanctionMeasures } from '../schema.ts';
import { createReference, type Reference } from '../../domain/reference.ts';

/** @throws Error if the database was never seeded. */
export async function loadReference(db: Database): Promise<Reference> {
  const [latest] = await db.select().from(catalogues).orderBy(desc(catalogues.recordedAt)).limit(1);
  if (!latest)
    throw new Error('没有后置审批事项目录：请先运行 npm start（只准备数据：npm start -- --setup-only）载入基础数据');
  const [measures] = await db.select().from(sanctionMeasures).orderBy(desc(sanctionMeasures.recordedAt)).limit(1);
  if (!measures) throw new Error('没有惩戒措施目录：请先运行 npm start -- --setup-only 载入基础数据');
  // No need to parse: the content was validated when it was loaded.
  const catalogue = latest.content;
  const former = await db.select().from(formerRegionCodes);
  const places = await db.select().from(regions);
  const root = places.find(({ level }) => level === 'province');
  return createReference({
    province: provinceOf(root?.code ?? DEFAULT_PROVINCE),
    regions: places,
    formerCodes: Object.fromEntries(former.map((row) => [row.code, row.currentCode])),
    departments: await db.select().from(departments),
    catalogue,
    measures: measures.content,
  });
}
