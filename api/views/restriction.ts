/** A restriction as departments read it (第九条第一款). */
import { z } from 'zod';
import { measuresOf } from '../../db/queries/measures.ts';
import type { RestrictionInForce } from '../../db/queries/restrictions.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import type { ApiContext } from '../context.ts';
import { dishonestyList } from './codes.ts';

export const restrictionSchema = z
  .object({
    measureId: z.string(),
    domain: z.string().nullable().describe('领域'),
    measure: z.string().nullable().describe('限制措施'),
    basis: z.string().nullable().describe('依据：措施目录所列'),
    departmentCode: z.string(),
    departmentName: z.string().nullable(),
    decidedOn: z.iso.date().describe('做出限制决定之日'),
    decisionNo: z.string().nullable().describe('限制决定文号'),
    decisionBasis: z.string().nullable().describe('决定所填的依据'),
    validFrom: z.iso.date().describe('限制自'),
    validUntil: z.iso.date().nullable().describe('限制至（含当日）；null 为至解除之日'),
    personAsking: z.string().nullable().describe('提请人；null 为早期的决定，没有填写'),
    list: dishonestyList,
    listTitle: z.string(),
    documentNo: z.string().describe('列入名单的文号'),
    authority: z.string().describe('列入机关或执行法院'),
    decidedAt: z.iso.datetime().describe('决定录入本平台的时间'),
    executedAt: z.iso.datetime().nullable(),
    liftedAt: z.iso.datetime().nullable().describe('查询过去某日的：此后解除的时间'),
    expiredAt: z.iso.datetime().nullable().describe('查询过去某日的：此后期满的时间'),
  })
  .meta({ id: 'Restriction' });

export type RestrictionView = z.infer<typeof restrictionSchema>;

/** @returns each with what the edition of measures says by which its listing was taken in. */
export async function viewRestrictions(
  { db }: Pick<ApiContext, 'db'>,
  rows: readonly RestrictionInForce[],
): Promise<(RestrictionView & { uscc: string })[]> {
  const editions = await measuresOf(
    db,
    rows.map(({ measuresVersion }) => measuresVersion),
  );
  return rows.map((row) => {
    const known = editions.get(row.measuresVersion)?.find(({ id }) => id === row.measureId);
    const { domain = null, measure = null, basis = null } = known ?? {};
    return {
      ...row,
      domain,
      measure,
      basis,
      listTitle: DISHONESTY_LISTS[row.list],
      decidedAt: row.decidedAt.toISOString(),
      executedAt: row.executedAt?.toISOString() ?? null,
      liftedAt: row.liftedAt?.toISOString() ?? null,
      expiredAt: row.expiredAt?.toISOString() ?? null,
    };
  });
}
