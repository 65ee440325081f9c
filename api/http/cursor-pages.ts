/** Pages of a list that are asked for one after the other, by a cursor. */
import { z } from 'zod';

const CURSOR = '上一页返回的 nextCursor';

/** Fields of a query. @param cursor what the list's own cursor is. */
export const cursorPageQuery = <Cursor extends z.ZodType>(cursor: Cursor) => ({
  cursor: cursor.optional().describe(CURSOR),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const cursorPageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('还有下一页时，作为 cursor 提交') });

/**
 * What is shown of the rows that a query found, and where the next page begins.
 * @param found the page's rows, and one row more if another page follows.
 */
export function cursorPage<Row, Item>(
  found: readonly Row[],
  limit: number,
  { show, cursorOf }: { show: (row: Row) => Item; cursorOf: (row: Row) => string },
): { items: Item[]; nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(show), nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
