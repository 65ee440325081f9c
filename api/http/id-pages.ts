/** Pages of a list whose rows are numbered, the newest first: each asked for by the last number of the one before. */
import { z } from 'zod';

/** Fields of a query. @param most rows of a page; `usual` where the query says nothing. */
export const idPageQuery = (most: number, usual = 100) => ({
  before: z.coerce.number().int().positive().optional().describe('上一页最后一条的 id'),
  limit: z.coerce.number().int().min(1).max(most).default(usual),
});
