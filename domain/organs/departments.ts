/** Departments (a sector in a region), and the search for the department that an approval item is sent to (第七条第二款). */
import { z } from 'zod';
import { isHeading, REGION_LEVELS, type Region, type RegionLevel, type RegionTree } from './regions.ts';
import { REGISTRATION_SECTOR } from './registering-authority.ts';

/** A part of department codes, and these of case ids. */
export const SECTOR_CODE = /^[a-z]+(-[a-z]+)*$/;

const sectorSchema = z.object({
  id: z.string().regex(SECTOR_CODE),
  name: z.string().min(1),
  /** Levels at which some organ has the sector's duty, whatever the organ is called. */
  levels: z.array(z.enum(REGION_LEVELS)).min(1),
  /** Why these levels. */
  basis: z.string().min(1),
});

/** `data/departments`: the sectors and the levels at which each has a department. */
export const sectorsSchema = z
  .object({ source: z.string().min(1), sectors: z.array(sectorSchema).min(1) })
  .superRefine(({ sectors }, context) => {
    const refuse = (message: string) => context.addIssue(message);
    const ids = new Set(sectors.map((sector) => sector.id));
    if (ids.size !== sectors.length) refuse('部门类别重复');
    if (!ids.has(REGISTRATION_SECTOR)) refuse(`缺少登记机关（${REGISTRATION_SECTOR}）`);
  });

export type Sector = z.infer<typeof sectorSchema>;

export interface Department {
  /** `430103-agriculture` */
  code: string;
  sector: string;
  regionCode: string;
  name: string;
  /** A retired department keeps its name and its cases, and nothing more is pushed to it. */
  retiredAt?: Date | null;
}

export const departmentCode = (regionCode: string, sector: string): string => `${regionCode}-${sector}`;

/** A department for every sector in every region of its levels. Names are neutral: official names differ by place. */
export function buildDepartments(sectors: readonly Sector[], regions: readonly Region[]): Department[] {
  const places = regions.filter((region) => !isHeading(region));
  return places.flatMap((region) =>
    sectors
      .filter((sector) => sector.levels.includes(region.level))
      .map((sector) => ({
        code: departmentCode(region.code, sector.id),
        sector: sector.id,
        regionCode: region.code,
        name: `${region.name}${sector.name}${sector.id === REGISTRATION_SECTOR ? '' : '主管部门'}`,
      })),
  );
}

interface Route {
  department: Department;
  /** True where the level that was asked for has no such department, and one above was found. */
  fallback: boolean;
  /** Codes that were looked for and do not exist, lowest level first; empty without fall-back. */
  tried: string[];
}

export interface Router {
  /**
   * The approving or supervising department of the registration's own level (第七条第二款：同级审批（行业主管）部门), else the
   * nearest above. Former region codes are understood.
   * @param level the level to begin at instead, where the law names one; a registration above it begins at its own.
   * @returns undefined where no level has one: an unknown sector or region.
   */
  route(sectorId: string, regionCode: string, level?: RegionLevel): Route | undefined;
  /** The organ that registers enterprises of the region and rules on rollbacks. @returns undefined for an unknown region. */
  registeringAuthority(regionCode: string): Department | undefined;
}

export function createRouter(departments: readonly Department[], tree: RegionTree): Router {
  const byCode = new Map(departments.map((department) => [department.code, department]));

  function route(sectorId: string, regionCode: string, level?: RegionLevel): Route | undefined {
    const tried: string[] = [];
    const path = tree.ancestors(regionCode);
    const from = Math.max(
      path.findIndex((region) => region.level === level),
      0,
    );
    for (const region of path.slice(from)) {
      const code = departmentCode(region.code, sectorId);
      const department = byCode.get(code);
      if (department) return { department, fallback: tried.length > 0, tried };
      tried.push(code);
    }
    return undefined;
  }

  return { route, registeringAuthority: (regionCode) => route(REGISTRATION_SECTOR, regionCode)?.department };
}
