/** Lists of cases: their filters, and the answer for one page. */
import { z } from 'zod';
import { cursorPage, cursorPageQuery, cursorPageSchema } from '../http/cursor-pages.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { backgroundsOf } from '../../db/queries/backgrounds.ts';
import { decodeCursor, deadlinesOf, encodeCursor, type ListedCase } from '../../db/queries/cases.ts';
import { caseConditionsSchema } from '../../domain/worklist/case-filter.ts';
import { isSearchable, TOO_SHORT } from '../../domain/worklist/search-text.ts';
import { Refusal } from '../../domain/errors.ts';
import { caseViewSchema, viewCase } from './view.ts';
import { viewContext, type ApiContext } from '../context.ts';
import { caseTypeCode } from '../views/codes.ts';

/** An unknown cursor is an error: starting anew would pass the first page off as the next. */
export const unknownCursor = () =>
  new Refusal('input.invalid', 'cursor 不是本列表返回的翻页标记', {
    remedy: '请原样提交上一页返回的 nextCursor；从头查询请不带 cursor',
  });

export const caseQuery = caseConditionsSchema.extend({
  q: z
    .string()
    .trim()
    .max(200)
    .refine((q) => q === '' || isSearchable(q), TOO_SHORT)
    .optional()
    .describe('登记编号的开头、统一社会信用代码或名称中的文字，两个字以上；公示认领的，也可为经营范围中的文字'),
  supervised: z
    .stringbool()
    .optional()
    .describe('由其他部门办理、由本部门监管的推送（第七条第二款）；机关查询的，为本区域有监管部门的推送'),
  ...cursorPageQuery(
    z
      .string()
      .max(600)
      .refine((cursor) => decodeCursor(cursor) !== undefined, 'cursor 不是本列表返回的翻页标记，请原样提交 nextCursor'),
  ),
});

export const caseTypeSchema = caseTypeCode.describe('事项类型');

/** The filters of a list across all case types. */
export const anyCaseQuery = caseQuery.extend({ caseType: caseTypeSchema.optional() });

type CaseQuery = z.infer<typeof caseQuery>;

export const casePageSchema = cursorPageSchema(caseViewSchema);
export type CasePage = z.infer<typeof casePageSchema>;

/** Replaces a former code of a region by its present one. */
export function filterOf<Query extends Partial<CaseQuery>>({ reference }: ApiContext, query: Query): Query {
  const current = (code: string | undefined) => code && (reference.regions.resolve(code)?.code ?? code);
  return { ...query, region: current(query.region), onlyRegion: current(query.onlyRegion) };
}

/** @param found the page's rows, and one row more if another page follows. */
export async function viewPage(
  api: ApiContext,
  account: Account,
  found: ListedCase[],
  limit: number,
): Promise<CasePage> {
  const page = found.slice(0, limit);
  const [deadlines, backgrounds] = await Promise.all([
    deadlinesOf(
      api.db,
      page.map((row) => row.case.caseId),
    ),
    backgroundsOf(api.db, page),
  ]);
  const context = await viewContext(api, account);
  return cursorPage(found, limit, {
    show: (row) => viewCase(row, deadlines, context, backgrounds.get(row.case.caseId)),
    cursorOf: encodeCursor,
  });
}
