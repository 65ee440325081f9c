/** Departments: a sector in a region; and the way from an approval item to the one that must be told (第七条第二款). */
import { z } from 'zod';
import type { Region, RegionTree } from './regions.ts';

export const sectorSchema = z.object({
  id: z.string().regex(/^[a-z-]+$/),
  name: z.string().min(1),
  /** Levels at which the sector has a department of its own. */
  levels: z.array(z.enum(['province', 'prefecture', 'county'])).min(1),
  /** Why these levels. */
  basis: z.string().min(1),
});

export const sectorsSchema = z.object({ source: z.string(), sectors: z.array(sectorSchema) });

export type Sector = z.infer<typeof sectorSchema>;

export interface Department {
  /** `430103-agriculture` */
  code: string;
  sector: string;
  regionCode: string;
  name: string;
}

export const departmentCode = (regionCode: string, sector: string): string => `${regionCode}-${sector}`;

/** Every sector in every region of its levels. Names are neutral, because official names differ from place to place. */
export function buildDepartments(sectors: readonly Sector[], regions: readonly Region[]): Department[] {
  return regions.flatMap((region) =>
    sectors
      .filter((sector) => sector.levels.includes(region.level))
      .map((sector) => ({
        code: departmentCode(region.code, sector.id),
        sector: sector.id,
        regionCode: region.code,
        name: `${region.name}${sector.name}部门`,
      })),
  );
}

export interface Route {
  department: Department;
  /** Departments that do not exist on the way up; empty where the same level has one. */
  tried: string[];
}

export interface Router {
  /** The department of the same level, else the nearest above. @returns undefined where no level has one. */
  route(sector: string, regionCode: string): Route | undefined;
}

export function createRouter(departments: readonly Department[], tree: RegionTree): Router {
  const byCode = new Map(departments.map((department) => [department.code, department]));
  return {
    route(sector, regionCode) {
      const tried: string[] = [];
      for (const region of tree.ancestors(regionCode)) {
        const code = departmentCode(region.code, sector);
        const department = byCode.get(code);
        if (department) return { department, tried };
        tried.push(code);
      }
      return undefined;
    },
  };
}
