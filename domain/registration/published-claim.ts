/** What a department says as it claims a registration, published without a case or in the pool (第七条第二款). */
import { z } from 'zod';
import { LONGEST_ITEM_ID } from '../scope/item-id.ts';

export const publishedClaimSchema = z
  .object({
    itemIds: z
      .array(z.string().trim().min(1).max(LONGEST_ITEM_ID))
      .max(20)
      .optional()
      .describe('涉及的后置审批事项：认领部门认为涉及的，填编号，用于改进关键词'),
  })
  .describe('认领');

export type PublishedClaim = z.output<typeof publishedClaimSchema>;
