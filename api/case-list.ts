/** Lists of cases: by what they are filtered, and a page of one as it is read. */
import { z } from 'zod';
import type { Account } from '../db/queries/accounts.ts';
import { deadlinesOf, encodeCursor, type CaseFilter, type ListedCase } from '../db/queries/cases.ts';
import { caseViewSchema, viewCase } from './case-view.ts';
import { viewContext, type ApiContext } from './context.ts';

export const caseQuery = z.object({
  stage: z.string().max(40).optional().describe('环节'),
  status: z.enum(['open', 'closed']).optional().describe('open 在办；closed 办结'),
  department: z.string().max(60).optional().describe('承办部门代码'),
  region: z
    .string()
    .regex(/^\d{6}$/, '行政区划代码为6位数字')
    .optional()
    .describe('行政区划代码（含下级）'),
  overdue: z.stringbool().optional().describe('是否逾期'),
  q: z.string().trim().max(200).optional().describe('登记编号、统一社会信用代码或名称中的文字'),
  cursor: z.string().max(600).optional().describe('上一页返回的 nextCursor'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

type CaseQuery = z.infer<typeof caseQuery>;

export const casePageSchema = z.object({
  items: z.array(caseViewSchema),
  nextCursor: z.string().nullable().describe('还有下一页时，作为 cursor 提交'),
});
export type CasePage = z.infer<typeof casePageSchema>;

/** A former code of a region means its present one. */
export function filterOf<Query extends CaseQuery>({ reference }: ApiContext, query: Query): Query & CaseFilter {
  const { region } = query;
  return { ...query, region: region && (reference.regions.resolve(region)?.code ?? region) };
}

/** @param found one more than the limit where more follow. */
export async function viewPage(
  api: ApiContext,
  account: Account,
  found: ListedCase[],
  limit: number,
): Promise<CasePage> {
  const page = found.slice(0, limit);
  const deadlines = await deadlinesOf(
    api.db,
    page.map((row) => row.case.caseId),
  );
  const context = await viewContext(api, account);
  const last = page.at(-1);
  return {
    items: page.map((row) => viewCase(row, deadlines, context)),
    nextCursor: found.length > limit && last ? encodeCursor(last) : null,
  };
}
