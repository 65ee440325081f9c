/** 惩戒措施目录 (第九条): which department may restrict what, for which list, and on what basis. Versioned data. */
import { z } from 'zod';
import type { Router } from './departments.ts';
import { DISHONESTY_LISTS, type DishonestyList } from '../publicity/dishonesty-lists.ts';
import { keysOf } from '../keys.ts';
import { itemIdField } from '../scope/item-id.ts';

/** 法释〔2013〕17号第六条: the domains in which a listed enterprise is restricted. */
export const DOMAINS = ['政府采购', '招标投标', '行政审批', '政府扶持', '融资信贷', '市场准入', '资质认定'] as const;

const lists = keysOf(DISHONESTY_LISTS);

const measureSchema = z.object({
  id: itemIdField('措施编号'),
  lists: z.array(z.enum(lists)).min(1),
  domain: z.enum(DOMAINS),
  /** A sector of the record (`sectors`). */
  sector: z.string().min(1),
  measure: z.string().min(1),
  basis: z.string().min(1),
});

export const sanctionMeasuresSchema = z
  .object({
    version: z.string().min(1),
    source: z.string().min(1),
    /** Whether the table is official or a reconstruction, in words. */
    standing: z.string().min(1),
    measures: z.array(measureSchema).min(1),
  })
  .refine(({ measures }) => new Set(measures.map(({ id }) => id)).size === measures.length, '措施编号重复');

export type Measure = z.infer<typeof measureSchema>;
export type SanctionMeasures = z.infer<typeof sanctionMeasuresSchema>;

/** A department that a listing concerns, and the measures that it may take. */
export interface ConcernedDepartment {
  departmentCode: string;
  measureIds: string[];
}

/** The departments of the enterprise's own level, else the nearest above, as registrations are pushed (第七条第二款). */
export function concernedDepartments(
  measures: readonly Measure[],
  router: Pick<Router, 'route'>,
  list: DishonestyList,
  regionCode: string,
): ConcernedDepartment[] {
  const found = new Map<string, string[]>();
  for (const measure of measures) {
    if (!measure.lists.includes(list)) continue;
    const code = router.route(measure.sector, regionCode)?.department.code;
    if (code) found.set(code, [...(found.get(code) ?? []), measure.id]);
  }
  return [...found].map(([departmentCode, measureIds]) => ({ departmentCode, measureIds }));
}
