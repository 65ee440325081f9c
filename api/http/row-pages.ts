/** Pages of an answer whose rows are counted whole: a province has thousands of departments. */
import { z } from 'zod';

/** Fields of a query. */
export const rowPageQuery = {
  page: z.coerce.number().int().min(1).max(10_000).default(1).describe('第几页'),
  pageSize: z.coerce.number().int().min(1).max(200).default(50).describe('每页行数'),
};

export interface RowPage {
  page: number;
  pageSize: number;
}

export const onPage = <Row>(rows: readonly Row[], { page, pageSize }: RowPage): Row[] =>
  rows.slice((page - 1) * pageSize, page * pageSize);
