/** 移出行 (第九条): a row of a list's file by which the organ that listed an enterprise takes it off. One file may hold both kinds. */
import { z } from 'zod';
import { day, labelled, optional, text } from '../../fields.ts';
import { REMOVAL_GROUNDS } from './grounds.ts';
import { listingEntrySchema, type ListingEntry } from './entry.ts';

const OPERATIONS = { list: '列入', remove: '移出' } as const;

const { partyType, list, documentNo, uscc } = listingEntrySchema.shape;

/** The fields by which the entry is found, and those of its removal. */
export const listingRemovalSchema = z
  .object({
    operation: labelled({ remove: OPERATIONS.remove }, '操作'),
    partyType,
    list,
    documentNo,
    uscc,
    authority: text('列入机关或执行法院').min(1, '缺少列入机关或执行法院，请填写').max(200),
    removedOn: day('移出日期').describe('移出日期 YYYY-MM-DD'),
    removalGround: labelled(REMOVAL_GROUNDS, '移出事由', '请更正').describe('移出事由'),
    removalNo: optional(text('移出决定文号').max(100, '移出决定文号不得超过100字')).describe('移出决定文号'),
  })
  .describe('名单移出');

export type ListingRemoval = z.output<typeof listingRemovalSchema>;
export type ListingRow = ListingEntry | ListingRemoval;

export const isRemoval = (row: ListingRow): row is ListingRemoval => 'operation' in row;

const operationOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'operation' in row ? row.operation : undefined;

const WORDS: ReadonlySet<unknown> = new Set(Object.values(OPERATIONS));

/** A row of a file: 列入 where it says nothing. Only the fields of its kind are judged. */
export const listingRowSchema = z.unknown().transform((row, context): ListingRow => {
  const operation = operationOf(row);
  const said = typeof operation === 'string' ? operation.trim() : operation;
  const isKnown =
    said === undefined || said === null || said === '' || WORDS.has(said) || said === 'list' || said === 'remove';
  if (!isKnown) {
    context.addIssue({ code: 'custom', message: '操作应为列入或移出，请更正', path: ['operation'] });
    return z.NEVER;
  }
  const removes = said === 'remove' || said === OPERATIONS.remove;
  const result = (removes ? listingRemovalSchema : listingEntrySchema).safeParse(row);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const params = issue.code === 'custom' ? issue.params : undefined;
    context.addIssue({ code: 'custom', message: issue.message, path: [...issue.path], ...(params && { params }) });
  }
  return z.NEVER;
});
